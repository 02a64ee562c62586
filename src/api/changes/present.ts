import { assessRisk } from '../../commands/ask-keys.ts'
import { gateOf } from '../../commands/carry-out-change.ts'
import { FREEZE_KEY } from '../../domain/change-approval.ts'
import { readChangeRules } from '../../store/change-rules.ts'
import type { Change } from '../../store/changes.ts'
import { findChange } from '../../store/changes.ts'
import type { Tx } from '../../store/database.ts'
import type { ListedChange } from '../../store/views/change-list.ts'
import { findChangeView } from '../../store/views/change-view.ts'
import { aroundChange } from '../../store/views/planned-changes.ts'
import { asJson } from '../json.ts'

export const presentListed = ({ version, ...change }: ListedChange) =>
  asJson({ ...change, revision: version })

export const gateFor = async (tx: Tx, change: Change, now: Date) => {
  const reasons = await gateOf(tx, change, now)
  return asJson({ isOpen: reasons.length === 0, reasons: [...reasons] })
}

/** One change with all that decides whether it may be carried out. Null: there is none. */
export const presentChange = async (tx: Tx, ref: string, now: Date) => {
  const row = await findChange(tx, ref)
  if (row === null) return null
  const rules = await readChangeRules(tx)
  const view = await findChangeView(tx, row.id, rules, now)
  if (view === null) return null
  const { freezes, conflicts } = await aroundChange(tx, view, now)
  const { version, scope: _, keys, risk, ...shown } = view
  // the exception is asked for only where there is something to except from; an emergency needs none
  const isFrozen = row.kind !== 'emergency' && freezes.length > 0
  const needed = keys.filter(({ name, given }) => name !== FREEZE_KEY || given !== null || isFrozen)
  return asJson({
    ...shown,
    revision: version,
    keys: needed,
    risk: risk ?? (await assessRisk(tx, row, rules, now)),
    isAssessed: risk !== null,
    ...{ freezes, conflicts },
    gate: await gateFor(tx, row, now),
  })
}
