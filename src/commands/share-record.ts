import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { shareRecord as tie, unshareRecord as untie } from '../store/shared-records.ts'
import { findTicket } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { heldPartner } from './change-partner.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ShareRecord {
  readonly id: string
  /** Of a ticket or work item, as the policy says: id or key. */
  readonly ref: string
}

/** Lets a partner see one record more, with the fields and words that the policy allows. */
export const shareRecord: Command<ShareRecord, { readonly id: string; readonly key: string }> = async (
  tx,
  context,
  input,
) => shareOrNot(tx, context, input, 'shared')

/** Takes it away again. What a product shares as a whole is not taken away one by one. */
export const unshareRecord: Command<ShareRecord, { readonly id: string; readonly key: string }> = async (
  tx,
  context,
  input,
) => shareOrNot(tx, context, input, 'withdrawn')

const shareOrNot = async (
  tx: Parameters<typeof shareRecord>[0],
  context: Parameters<typeof shareRecord>[1],
  input: ShareRecord,
  what: 'shared' | 'withdrawn',
): ReturnType<typeof shareRecord> => {
  const held = await heldPartner(tx, input.id)
  if (!held.ok) return held
  const { record: kind } = held.value.policy
  const found = kind === 'ticket' ? await findTicket(tx, input.ref) : await findWorkItem(tx, input.ref)
  if (found === null) return unknown(kind, input.ref, '/ref')
  const record = { kind, id: found.id }
  if (what === 'shared')
    await tie(tx, { partnerId: input.id, record, marker: null, brought: false, at: context.now })
  else if (!(await untie(tx, input.id, found.id, context.now)))
    return err(
      refuse(
        'wrong-state',
        `${found.key} was not shared with them by itself: a product of the policy shares it.`,
      ),
    )
  return done(
    { id: found.id, key: found.key },
    {
      // about the record, so that who follows the log hears of it
      events: [{ kind: `partner.${what}`, record, data: { partner: input.id, name: held.value.name } }],
      changed: [],
    },
  )
}
