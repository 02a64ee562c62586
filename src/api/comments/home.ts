import type { Tx } from '../../store/database.ts'
import { findTicket } from '../../store/tickets.ts'
import { findWorkItem } from '../../store/work-items.ts'

/** What comments and files hang on. */
export interface Home {
  readonly kind: 'ticket' | 'work item'
  readonly id: string
}

/** Null when it is not there. */
export const findHome = async (tx: Tx, kind: Home['kind'], ref: string): Promise<Home | null> => {
  const found = kind === 'ticket' ? await findTicket(tx, ref) : await findWorkItem(tx, ref)
  return found === null ? null : { kind, id: found.id }
}
