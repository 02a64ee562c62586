import { isEnded, WORK_ITEM_MOVES } from '../../src/domain/work-item.ts'
import { mayDo, type Self } from '../api/session.ts'
import type { WorkItem } from '../api/work-items.ts'
import type { Texts } from '../texts/en.ts'
import { roleReason } from './roles.ts'

export type WorkItemAction =
  | 'accept'
  | 'duplicate'
  | 'decline'
  | 'snooze'
  | 'ask'
  | 'hand'
  | 'expedite'
  | 'edit'
  | 'move'
  | 'note'

/** Why an action cannot be done now, in a sentence; null: it can. The server decides again. */
export const reasonAgainst = (
  action: WorkItemAction,
  item: Pick<WorkItem, 'state' | 'tickets'>,
  self: Self,
  texts: Texts,
): string | null => {
  const rule = action === 'note' ? 'work-items.comment' : 'escalations.answer'
  if (!mayDo(self, rule)) return roleReason(self, texts)
  const inState = texts.reasons.state(texts.words.workItemState[item.state])
  switch (action) {
    case 'accept':
      return isEnded(item.state) ? inState : null
    case 'decline':
    case 'duplicate':
      return item.state === 'done' || item.state === (action === 'decline' ? 'declined' : 'duplicate')
        ? inState
        : null
    case 'ask':
      return item.tickets.length === 0 ? texts.reasons.noTickets : null
    case 'move':
      return WORK_ITEM_MOVES[item.state].length === 0 ? inState : null
    case 'snooze':
      return item.state === 'triage' ? null : texts.reasons.triageOnly
    case 'hand':
    case 'expedite':
    case 'edit':
    case 'note':
      return null
  }
}
