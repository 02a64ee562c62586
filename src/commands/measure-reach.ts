import { mirrorsShownBy } from '../store/configuration.ts'
import type { Tx } from '../store/database.ts'
import { loadFacts } from '../store/hub-facts.ts'
import { type FieldReach, makeBlastRadius } from '../sync/blast-radius.ts'
import type { Capabilities } from '../sync/connector.ts'
import type { Mapping } from '../sync/mapping.ts'
import { completeBase } from '../sync/mirror-base.ts'
import { peopleOf } from '../sync/people.ts'
import { project } from '../sync/projection.ts'

/** How far a changed mapping reaches, from what is stored; no tool is asked. */
export interface Reach {
  /** Mirrors looked at: the newest `MAX_MIRRORS` at most. */
  readonly measured: number
  /** Those of them where something would change. */
  readonly touched: number
  readonly fields: readonly FieldReach[]
}

const MAX_MIRRORS = 5_000
const BATCH = 200

export const measureReach = async (
  tx: Tx,
  connection: {
    readonly id: string
    readonly before: Mapping
    readonly after: Mapping
    readonly capabilities: Capabilities
  },
  now: Date,
): Promise<Reach> => {
  const radius = makeBlastRadius(connection.before, connection.after)
  let last: string | null = null
  for (let seen = 0; seen < MAX_MIRRORS; seen += BATCH) {
    const rows = await mirrorsShownBy(tx, connection.id, last, BATCH)
    const facts = await loadFacts(
      tx,
      rows.map((row) => ({ kind: row.record_kind, id: row.record_id })),
      '',
    )
    for (const row of rows) {
      const known = facts.get(row.record_id)
      if (known === undefined || known.kind !== connection.after.record) continue
      const base = completeBase(row.base)
      radius.add({
        capabilities: connection.capabilities,
        people: peopleOf(row.snapshot.people, connection.after.people),
        party: connection.after.record === 'ticket' ? 'support' : 'engineering',
        transitions: null,
        base,
        elements: [],
        // an address of ours is the same under both mappings, so it does not count
        hub: project(known, { comments: [], attachments: [] }, () => ''),
        tool: row.snapshot,
        first: base.first ?? 'ask',
        now: now.toISOString(),
      })
    }
    last = rows.at(-1)?.id ?? null
    if (rows.length < BATCH) break
  }
  const { mirrors, touched, fields } = radius.result()
  return { measured: mirrors, touched, fields }
}
