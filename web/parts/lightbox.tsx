import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../texts/texts.tsx'
import { Icon } from './icons.tsx'
import styles from './lightbox.module.css'

export interface Picture {
  readonly name: string
  readonly address: string
}

/** Pictures one after the other, as large as the screen lets them be. Arrows go on, Escape closes. */
export const Lightbox = ({
  pictures,
  first,
  close,
}: {
  readonly pictures: readonly Picture[]
  readonly first: number
  readonly close: () => void
}) => {
  const { upload } = useTexts()
  const [at, setAt] = useState(first)
  const shown = pictures[at] ?? pictures[0]
  if (shown === undefined) return null
  const go = (step: number): void => setAt((at + step + pictures.length) % pictures.length)
  const steps = { ArrowRight: 1, ArrowLeft: -1 } as const
  return (
    <Modal
      opened
      onClose={close}
      size="min(1100px, 96vw)"
      title={shown.name}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowRight' || event.key === 'ArrowLeft' ? steps[event.key] : 0
        if (step !== 0 && pictures.length > 1) go(step)
      }}
    >
      <img className={styles.picture} src={shown.address} alt={shown.name} />
      <Group justify="space-between" mt="sm" gap="xs">
        {pictures.length === 1 ? (
          <span />
        ) : (
          <Group gap="xs">
            <Button variant="default" px={8} aria-label={upload.previous} onClick={() => go(-1)}>
              ←
            </Button>
            <Button variant="default" px={8} aria-label={upload.next} onClick={() => go(1)}>
              →
            </Button>
            <span className="quiet" role="status">
              {upload.of(at + 1, pictures.length)}
            </span>
          </Group>
        )}
        <Button
          component="a"
          variant="default"
          href={shown.address}
          download={shown.name}
          leftSection={<Icon name="file" />}
        >
          {upload.download}
        </Button>
      </Group>
    </Modal>
  )
}
