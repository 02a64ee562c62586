import type { Tx } from '../../store/database.ts'
import { findTicket } from '../../store/tickets.ts'
import { findWorkItem } from '../../store/work-items.ts'
import type { Caller } from '../caller.ts'
import { isVisibleTicket } from '../tickets/visible.ts'

/** What comments and files hang on. */
export interface Home {
  readonly kind: 'ticket' | 'work item'
  readonly id: string
}

/** Null when it is not there, or not for this caller. */
export const findHome = async (
  tx: Tx,
  caller: Caller,
  kind: Home['kind'],
  ref: string,
): Promise<Home | null> => {
  if (kind === 'ticket' && !(await isVisibleTicket(tx, caller, ref))) return null
  if (kind === 'work item' && caller.reach !== null) return null
  const found = kind === 'ticket' ? await findTicket(tx, ref) : await findWorkItem(tx, ref)
  return found === null ? null : { kind, id: found.id }
}
