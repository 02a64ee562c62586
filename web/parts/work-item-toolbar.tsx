import { Button, Menu, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { WORK_ITEM_MOVES } from '../../src/domain/work-item.ts'
import { factsOf } from '../api/problem.ts'
import { useSelf } from '../api/session.ts'
import { useWorkItemStep, type WorkItem, type WorkItemStep } from '../api/work-items.ts'
import { VerdictDialog } from '../forms/verdict-dialog.tsx'
import { useTexts } from '../texts/texts.tsx'
import { ActionButton } from './action-button.tsx'
import { problemWords } from './problem-words.ts'
import { Actions } from './record.tsx'
import { tell } from './tell.tsx'
import { useKeys } from './use-keys.tsx'
import { reasonAgainst, type WorkItemAction } from './work-item-actions.ts'

/** Engineering's answers: accept 1, duplicate 2, decline 3, ask, move. */
export const WorkItemToolbar = ({
  refOfItem,
  item,
  write,
}: {
  readonly refOfItem: string
  readonly item: WorkItem
  readonly write: () => void
}) => {
  const texts = useTexts()
  const self = useSelf()
  const [dialog, setDialog] = useState<'duplicate' | 'decline' | 'ask' | null>(null)
  const step = useWorkItemStep(refOfItem)
  const { actions } = texts.workItem
  const why = (action: WorkItemAction): string | null => reasonAgainst(action, item, self, texts)
  const go = (wanted: WorkItemStep): void =>
    step.mutate(wanted, {
      onSuccess: () => tell({ text: texts.workItem.done[wanted.step], tone: 'good' }),
      onError: (error) => {
        const { title, detail } = problemWords(factsOf(error), texts)
        tell({ text: `${title}. ${detail}`, tone: 'bad' })
      },
    })
  // whoever accepts takes it, unless somebody has it
  const accept = (): void =>
    go({
      step: 'accept',
      body: item.assignee === null && self.personId !== null ? { assignee: self.personId } : {},
    })
  const runs: Readonly<Record<Exclude<WorkItemAction, 'move'>, () => void>> = {
    accept,
    duplicate: () => setDialog('duplicate'),
    decline: () => setDialog('decline'),
    ask: () => setDialog('ask'),
    note: write,
  }
  const keyed: readonly (readonly [string, Exclude<WorkItemAction, 'move'>])[] = [
    ['1', 'accept'],
    ['2', 'duplicate'],
    ['3', 'decline'],
    ['q', 'ask'],
    ['n', 'note'],
  ]
  useKeys(
    item.key,
    keyed.map(([keys, action]) => ({ keys, label: actions[action], run: runs[action], reason: why(action) })),
  )
  const isAsked = item.tickets.some(({ escalation }) => escalation.state === 'more information asked')
  return (
    <>
      <Actions label={texts.workItem.toolbar}>
        {keyed
          .filter(([, action]) => action !== 'note')
          .map(([keys, action]) => (
            <ActionButton
              key={action}
              label={actions[action]}
              keys={keys}
              reason={why(action)}
              run={runs[action]}
              loading={step.isPending}
              variant={action === 'accept' && item.state === 'triage' ? 'filled' : 'default'}
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
      {dialog === null ? null : (
        <VerdictDialog verdict={dialog} refOfItem={refOfItem} item={item} close={() => setDialog(null)} />
      )}
    </>
  )
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
