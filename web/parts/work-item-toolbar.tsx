import { Button, Menu, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { WORK_ITEM_MOVES } from '../../src/domain/work-item.ts'
import { useExpedite } from '../api/board.ts'
import { useSelf } from '../api/session.ts'
import { useWorkItemChange, useWorkItemStep, type WorkItem, type WorkItemStep } from '../api/work-items.ts'
import { HandOverDialog } from '../forms/hand-over-dialog.tsx'
import { PutOffDialog } from '../forms/put-off-dialog.tsx'
import { VerdictDialog } from '../forms/verdict-dialog.tsx'
import { WorkItemDialog } from '../forms/work-item-dialog.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Actions } from './record.tsx'
import { tell } from './tell.tsx'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'
import { reasonAgainst, type WorkItemAction } from './work-item-actions.ts'

type Dialog = 'duplicate' | 'decline' | 'ask' | 'snooze' | 'hand' | 'edit'

/** Engineering's answers: accept 1, duplicate 2, decline 3, put off H, ask, give to another team, move. */
export const WorkItemToolbar = ({
  refOfItem,
  item,
  write,
}: {
  readonly refOfItem: string
  readonly item: WorkItem
  /** Leads to where one writes; absent where nothing is written. */
  readonly write?: () => void
}) => {
  const texts = useTexts()
  const self = useSelf()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const close = (): void => setDialog(null)
  const { go, accept, wake, expedite, isPending } = useSteps(refOfItem, item)
  const { actions } = texts.workItem
  const why = (action: WorkItemAction): string | null => reasonAgainst(action, item, self, texts)
  const isPutOff = item.snoozedUntil !== null && Date.parse(item.snoozedUntil) > Date.now()
  const runs: Readonly<Record<Exclude<WorkItemAction, 'move'>, () => void>> = {
    accept,
    duplicate: () => setDialog('duplicate'),
    decline: () => setDialog('decline'),
    snooze: isPutOff ? wake : () => setDialog('snooze'),
    ask: () => setDialog('ask'),
    hand: () => setDialog('hand'),
    expedite,
    edit: () => setDialog('edit'),
    note: () => write?.(),
  }
  const keyed: readonly (readonly [string, Exclude<WorkItemAction, 'move'>])[] = [
    ['1', 'accept'],
    ['2', 'duplicate'],
    ['3', 'decline'],
    ['h', 'snooze'],
    ['q', 'ask'],
    ['t', 'hand'],
    ['e', 'expedite'],
    ['i', 'edit'],
    ...(write === undefined ? [] : [['n', 'note'] as const]),
  ]
  const labelOf = (action: Exclude<WorkItemAction, 'move'>): string => {
    if (action === 'snooze' && isPutOff) return actions.wake
    if (action === 'expedite' && item.expedite) return actions.inLine
    return actions[action]
  }
  useKeys(
    item.key,
    keyed.map(([keys, action]) => ({ keys, label: labelOf(action), run: runs[action], reason: why(action) })),
  )
  const isTriage = item.state === 'triage'
  // putting off is for triage alone: elsewhere the button would only be in the way, and the key says why not
  const buttons = keyed.filter(([, action]) => action !== 'note' && (action !== 'snooze' || isTriage))
  const isAsked = item.tickets.some(({ escalation }) => escalation.state === 'more information asked')
  return (
    <>
      <Actions label={texts.workItem.toolbar}>
        {buttons.map(([keys, action]) => (
          <ActionButton
            key={action}
            label={labelOf(action)}
            keys={keys}
            reason={why(action)}
            run={runs[action]}
            loading={isPending}
            variant={action === 'accept' && isTriage ? 'filled' : 'default'}
          />
        ))}
        <MoveMenu item={item} reason={why('move')} move={(to) => go({ step: 'move', body: { to } })} />
        {isAsked ? (
          <ActionButton
            label={texts.workItem.closeQuestion}
            reason={why('ask')}
            run={() => go({ step: 'close-question' })}
          />
        ) : null}
      </Actions>
      {dialog === 'snooze' ? <PutOffDialog refOfItem={refOfItem} item={item} close={close} /> : null}
      {dialog === 'edit' ? <WorkItemDialog refOfItem={refOfItem} item={item} close={close} /> : null}
      {dialog === 'hand' ? <HandOverDialog refOfItem={refOfItem} item={item} close={close} /> : null}
      {dialog === 'duplicate' || dialog === 'decline' || dialog === 'ask' ? (
        <VerdictDialog verdict={dialog} refOfItem={refOfItem} item={item} close={close} />
      ) : null}
    </>
  )
}

/** Steps that need no words, and the way back where nobody outside has been told anything by them. */
const useSteps = (refOfItem: string, item: WorkItem) => {
  const texts = useTexts()
  const self = useSelf()
  const step = useWorkItemStep(refOfItem)
  const change = useWorkItemChange(refOfItem)
  const mark = useExpedite()
  const onError = useTellProblem()
  const go = (wanted: WorkItemStep, undo?: (() => void) | null): void =>
    step.mutate(wanted, {
      onSuccess: () =>
        tell({
          text: texts.workItem.done[wanted.step],
          tone: 'good',
          ...(undo == null ? {} : { undo: { label: texts.forms.undo, run: undo } }),
        }),
      onError,
    })
  const back = (): void => step.mutate({ step: 'move', body: { to: item.state } }, { onError })
  const takes = item.assignee === null && self.personId !== null
  // whoever accepts takes it, unless somebody has it
  const accept = (): void => {
    const unaccept = (): void => {
      back()
      if (takes) change.mutate({ set: { assignee: null } }, { onError })
    }
    // what was accepted before only took in tickets that came since: no card to put back
    const undo = item.state === 'triage' ? unaccept : null
    go({ step: 'accept', body: takes ? { assignee: self.personId } : {} }, undo)
  }
  const expedite = (): void => {
    const set = (to: boolean): void => mark.mutate({ key: item.key, expedite: to }, { onError })
    set(!item.expedite)
    tell({
      text: texts.board.expediteDone(item.key, !item.expedite),
      tone: 'good',
      undo: { label: texts.forms.undo, run: () => set(item.expedite) },
    })
  }
  const isVerdict = item.state === 'declined' || item.state === 'duplicate'
  return {
    go: (wanted: WorkItemStep) => go(wanted, wanted.step === 'move' && !isVerdict ? back : undefined),
    accept,
    expedite,
    wake: () => go({ step: 'wake' }),
    isPending: step.isPending,
  }
}

const MoveMenu = ({
  item,
  reason,
  move,
}: {
  readonly item: WorkItem
  readonly reason: string | null
  readonly move: (to: WorkItem['state']) => void
}) => {
  const texts = useTexts()
  if (reason !== null)
    return (
      <Tooltip label={reason}>
        <Button variant="default" data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
          {texts.workItem.actions.move}
        </Button>
      </Tooltip>
    )
  return (
    <Menu shadow="md" position="bottom-start">
      <Menu.Target>
        <Button variant="default">{texts.workItem.actions.move}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {WORK_ITEM_MOVES[item.state].map((to) => (
          <Menu.Item key={to} onClick={() => move(to)}>
            {texts.words.workItemState[to]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
