import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { liveEscalationOf } from '../store/escalations.ts'
import { isKeptElsewhere } from '../store/outgoing-mirror.ts'
import { releaseWithheld } from '../store/withheld-files.ts'
import { handOverFiles } from './hand-over-files.ts'
import { heldTicket } from './move-ticket.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Engineering gets a file after all that was left out when the ticket was escalated. */
export const shareFile: Command<
  { readonly ticket: string; readonly file: string },
  { readonly id: string; readonly key: string }
> = async (tx, context, input) => {
  const held = await heldTicket(tx, input.ticket, undefined)
  if (!held.ok) return held
  const ticket = held.value
  const live = await liveEscalationOf(tx, ticket.id)
  if (live === null)
    return err(
      refuse('wrong-state', `${ticket.key} is not with engineering.`, {
        reason: { code: 'not-escalated', values: { ticket: ticket.key } },
      }),
    )
  if (!(await releaseWithheld(tx, ticket.id, input.file)))
    return err(
      refuse('already-done', 'This file is not held back: engineering has it, or it came later.', {
        field: '/file',
        reason: { code: 'file-not-withheld' },
      }),
    )
  const given = await handOverFiles(tx, context, {
    ticketId: ticket.id,
    workItemId: live.work_item_id,
    files: [input.file],
    isElsewhere: await isKeptElsewhere(tx, live.work_item_id),
  })
  if (!given.ok) return given
  const workItem = { kind: 'work item', id: live.work_item_id } as const
  return done({ id: ticket.id, key: ticket.key }, given.value, {
    events: [
      {
        kind: 'attachment.shared',
        record: { kind: 'ticket', id: ticket.id },
        data: { attachment: input.file, escalation: live.id },
      },
    ],
    changed: [workItem],
  })
}
