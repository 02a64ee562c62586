import { Radio, Stack, Textarea } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type Conflict, useSettleAlike } from '../api/connections.ts'
import { useSettle } from '../api/sync.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { shownValue } from '../parts/shown-value.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'

interface About {
  readonly conflict: Conflict
  readonly field: string
  readonly close: () => void
}

/** Neither side is right: what both shall show instead. */
export const OtherValue = ({ conflict, field, close }: About) => {
  const { waits, why } = useTexts()
  const settling = useSettle()
  const [value, setValue] = useState(shownValue(conflict.hub) ?? '')
  return (
    <FormDialog
      isOpen
      close={close}
      title={`${field}: ${waits.own}`}
      send={() =>
        toTheEnd(settling, { id: conflict.id, choice: 'value', value: value === '' ? null : value }, () => {
          close()
          tell({ text: why.settled, tone: 'good' })
        })
      }
      sendLabel={waits.own}
      isSending={settling.isPending}
      error={settling.error}
    >
      <Textarea
        label={waits.ownValue}
        autosize
        minRows={2}
        maxLength={100_000}
        data-autofocus
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** Many records ask the same question: one answer, after one has seen how many there are. */
export const SettleAll = ({ conflict, field, close }: About) => {
  const { waits, why } = useTexts()
  const counting = useSettleAlike()
  const settling = useSettleAlike()
  const [choice, setChoice] = useState<'hub' | 'tool' | 'base'>('hub')
  const { mutate } = counting
  useEffect(() => mutate({ id: conflict.id, choice: 'hub', dryRun: true }), [mutate, conflict.id])
  const count = counting.data?.count ?? null
  return (
    <FormDialog
      isOpen
      close={close}
      title={waits.alikeTitle}
      send={() =>
        toTheEnd(settling, { id: conflict.id, choice }, ({ settled, refused }) => {
          close()
          tell({
            text: waits.alikeDone(settled.length, refused.length),
            tone: refused.length === 0 ? 'good' : 'warn',
          })
        })
      }
      sendLabel={waits.alikeDo(count ?? 0)}
      isSending={settling.isPending || counting.isPending}
      error={settling.error ?? counting.error}
      isReady={count !== null && count > 0}
    >
      <Stack gap="sm">
        <p className="plain" role="status">
          {count === null ? '…' : waits.alikeAbout(count, field, conflict.connection)}
        </p>
        <Radio.Group
          label={waits.conflictsAbout}
          value={choice}
          onChange={(word) => setChoice(word === 'tool' || word === 'base' ? word : 'hub')}
        >
          <Stack gap={6} mt={6}>
            <Radio value="hub" label={conflict.overwritten ? waits.letGo : why.takeHere} />
            <Radio value="tool" label={conflict.overwritten ? waits.giveBack : why.takeThere} />
            {conflict.overwritten ? null : <Radio value="base" label={waits.takeBase} />}
          </Stack>
        </Radio.Group>
      </Stack>
    </FormDialog>
  )
}
