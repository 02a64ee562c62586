import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { idsWhere, openRemover } from '../store/remove-rows.ts'
import { ownedBySampleTeams, type SampleReach, sampleReach, sampleSince } from '../store/sample.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Parts before what they are part of. */
const KINDS = [
  'installation',
  'release',
  'component',
  'product',
  'contact',
  'customer',
  'team',
  'person',
] as const

/** Everything that the sample data brought, with what people hung on it; nothing else. The log keeps that it was there. */
export const removeSample: Command<null, SampleReach> = async (tx) => {
  if ((await sampleSince(tx)) === null)
    return err(refuse('already-done', 'There is no sample data any more.', { reason: { code: 'no-sample' } }))
  const owned = await ownedBySampleTeams(tx)
  if (owned.length > 0)
    return err(
      refuse(
        'in-use',
        `A sample team owns components of yours: ${owned.join(', ')}. Give them a team of yours first.`,
        { reason: { code: 'sample-in-use', values: { names: owned.join(', ') } } },
      ),
    )
  const reach = await sampleReach(tx)
  await removeRows(tx, reach)
  const { tickets, workItems, touched } = reach
  return done(reach, {
    events: [
      {
        kind: 'sample.removed',
        record: null,
        data: {
          tickets: tickets.length,
          workItems: workItems.length,
          yourTickets: reach.yourTickets,
          yourWorkItems: reach.yourWorkItems,
          yourComments: reach.yourComments,
          yourParts: reach.yourParts,
        },
      },
    ],
    changed: [
      ...touched.tickets.map((id) => ({ kind: 'ticket' as const, id })),
      ...touched.workItems.map((id) => ({ kind: 'work item' as const, id })),
    ],
  })
}

const removeRows = async (tx: Tx, { tickets, workItems }: SampleReach): Promise<void> => {
  const { remove, removeHanging } = await openRemover(tx)
  const rows = await tx.selectFrom('sample_record').select(['id', 'kind']).execute()
  const ofKind = (kind: string): readonly string[] =>
    rows.flatMap((row) => (row.kind === kind ? [row.id] : []))
  await removeHanging([...tickets, ...workItems, ...ofKind('release')])
  // an account stands for exactly one person or contact, and a token for what it was made for
  const [people, contacts] = [ofKind('person'), ofKind('contact')]
  for (const table of ['token', 'account'] as const) {
    await remove(table, await idsWhere(tx, table, 'person_id', people))
    await remove(table, await idsWhere(tx, table, 'contact_id', contacts))
  }
  await remove('token', await idsWhere(tx, 'token', 'made_by', people))
  await remove('ticket', tickets)
  await remove('work_item', workItems)
  for (const kind of KINDS) await remove(kind, ofKind(kind))
  await tx.deleteFrom('sample_record').execute()
}
