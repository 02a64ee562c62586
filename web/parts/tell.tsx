import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { newKey } from '../api/client.ts'

const COLOURS = { good: 'teal', warn: 'orange', bad: 'red' } as const
const SHOWN_MS = { good: 5_000, warn: 5_000, bad: 12_000 } as const

interface Told {
  readonly text: string
  readonly tone: keyof typeof COLOURS
  /** Takes back what was just done. */
  readonly undo?: { readonly label: string; readonly run: () => void }
}

/** A short word at the edge of the screen; read out by screen readers. */
export const tell = ({ text, tone, undo }: Told): void => {
  const id = newKey()
  const takeBack = (): void => {
    notifications.hide(id)
    undo?.run()
  }
  notifications.show({
    id,
    role: tone === 'bad' ? 'alert' : 'status',
    color: COLOURS[tone],
    autoClose: SHOWN_MS[tone],
    message: (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <span>{text}</span>
        {undo === undefined ? null : (
          <Button variant="subtle" onClick={takeBack}>
            {undo.label}
          </Button>
        )}
      </Group>
    ),
  })
}
