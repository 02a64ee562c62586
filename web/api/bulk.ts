import type { Severity, WaitingFor } from '../../src/domain/words.ts'
import { get, patch, post } from './client.ts'
import type { Page } from './page.ts'
import type { ListedTicket, Ticket, TicketQuery } from './tickets.ts'

/**
 * What can be done with many tickets at once. Each is asked for by itself, a few at a time, by the route that does it for
 * one: so each has its own check, transaction, refusal and idempotency key, and no second way in has to be kept safe.
 */
export type BulkAction =
  | { readonly do: 'assign'; readonly owner: string | null }
  | { readonly do: 'severity'; readonly severity: Severity | null }
  | { readonly do: 'snooze'; readonly waitingFor: WaitingFor; readonly until: string | null }
  | { readonly do: 'resolve' | 'close' | 'cancel' | 'reopen' | 'wake' }
  | { readonly do: 'join'; readonly workItem: string }

/** More at once would be a change that nobody has looked at. */
export const BULK_MAX = 200

const at = (ref: string): string => `/tickets/${encodeURIComponent(ref)}`

/** Does it, and tells what would take it back; null: nothing would. */
export const doToTicket = async (ref: string, action: BulkAction): Promise<BulkAction | null> => {
  switch (action.do) {
    case 'assign': {
      const before = await get<Ticket>(at(ref))
      await post(`${at(ref)}/assign`, { owner: action.owner })
      return { do: 'assign', owner: before.owner?.id ?? null }
    }
    case 'severity': {
      const before = await get<Ticket>(at(ref))
      await patch(at(ref), { set: { severity: action.severity } })
      return { do: 'severity', severity: before.inside?.severity ?? null }
    }
    case 'snooze':
      await post(`${at(ref)}/snooze`, { waitingFor: action.waitingFor, until: action.until })
      return { do: 'wake' }
    case 'join':
      await post(`${at(ref)}/join`, { workItem: action.workItem })
      return null
    default:
      await post(`${at(ref)}/${action.do}`)
      return action.do === 'reopen' || action.do === 'wake' ? null : { do: 'reopen' }
  }
}

/** As many as may be chosen at once of what a list holds; `isMore`: it holds more. */
export const allMatching = async (
  filters: TicketQuery,
): Promise<{ readonly keys: readonly string[]; readonly isMore: boolean }> => {
  const page = await get<Page<ListedTicket>>('/tickets', { ...filters, limit: BULK_MAX })
  return { keys: page.items.map(({ key }) => key), isMore: page.next !== null }
}
