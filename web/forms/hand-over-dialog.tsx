import { useState } from 'react'
import { useWorkItemChange, type WorkItem } from '../api/work-items.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

/** Gives a work item to the team that can answer it. */
export const HandOverDialog = ({
  refOfItem,
  item,
  close,
}: {
  readonly refOfItem: string
  readonly item: Pick<WorkItem, 'key' | 'team'>
  readonly close: () => void
}) => {
  const texts = useTexts()
  const change = useWorkItemChange(refOfItem)
  const before = item.team?.id ?? null
  const [team, setTeam] = useState<{ readonly id: string; readonly name: string } | null>(item.team)
  const send = (): void => {
    if (team === null) return
    change.mutate(
      { set: { team: team.id } },
      {
        onSuccess: () => {
          tell({
            text: texts.hand.done(team.name),
            tone: 'good',
            undo: { label: texts.forms.undo, run: () => change.mutate({ set: { team: before } }) },
          })
          close()
        },
      },
    )
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.hand.title(item.key)}
      send={send}
      sendLabel={texts.hand.send}
      isSending={change.isPending}
      error={change.error}
      isReady={team !== null && team.id !== before}
    >
      <PickRecord
        noun="teams"
        label={texts.fields.team}
        about={texts.hand.about}
        value={team?.id ?? null}
        choose={(_id, record) => setTeam(record)}
      />
    </FormDialog>
  )
}
