import type { Level, Severity, WaitingFor } from '../../src/domain/words.ts'
import { get, patch, post, type Query } from './client.ts'
import type { Page } from './page.ts'
import type { Ticket } from './tickets.ts'

/** More at once would be a change that nobody has looked at. */
export const BULK_MAX = 200

/** As many as may be chosen at once of what a list holds; `isMore`: it holds more. */
export const allMatching = async (
  list: 'tickets' | 'work-items' | 'triage',
  filters: Query,
): Promise<{ readonly keys: readonly string[]; readonly isMore: boolean }> => {
  const page = await get<Page<{ readonly key: string }>>(`/${list}`, { ...filters, limit: BULK_MAX })
  return { keys: page.items.map(({ key }) => key), isMore: page.next !== null }
}

/**
 * What can be done with many tickets at once. Each is asked for by itself, a few at a time, by the route that does it for
 * one: so each has its own check, transaction, refusal and idempotency key, and no second way in has to be kept safe. What
 * takes something back names the revision that it made: what somebody changed since is left to them.
 */
export type TicketBulk =
  | { readonly do: 'assign'; readonly owner: string | null; readonly revision?: number }
  | { readonly do: 'severity'; readonly severity: Severity | null; readonly revision?: number }
  | {
      readonly do: 'priority'
      /** Null, both: they follow the severity. */
      readonly impact: Level | null
      readonly urgency: Level | null
      readonly revision?: number
    }
  | { readonly do: 'snooze'; readonly waitingFor: WaitingFor; readonly until: string | null }
  | { readonly do: 'resolve' | 'close' | 'cancel' | 'reopen' | 'wake' }
  | { readonly do: 'join'; readonly workItem: string }
  | { readonly do: 'withdraw'; readonly reason: string }

const at = (ref: string): string => `/tickets/${encodeURIComponent(ref)}`

const revisionOf = ({ inside }: Ticket): { readonly revision?: number } =>
  inside === undefined ? {} : { revision: inside.revision }

/** Does it, and tells what would take it back; null: nothing would. `undone`: the reason given where one is asked for. */
export const doToTicket =
  (undone: string) =>
  async (ref: string, action: TicketBulk): Promise<TicketBulk | null> => {
    switch (action.do) {
      case 'assign': {
        const before = await get<Ticket>(at(ref))
        const { owner, revision } = action
        const after = await post<Ticket>(`${at(ref)}/assign`, { owner, ...only({ revision }) })
        return { do: 'assign', owner: before.owner?.id ?? null, ...revisionOf(after) }
      }
      case 'severity': {
        const before = await get<Ticket>(at(ref))
        const after = await change(ref, { severity: action.severity }, action.revision)
        return { do: 'severity', severity: before.inside?.severity ?? null, ...revisionOf(after) }
      }
      case 'priority': {
        const { inside } = await get<Ticket>(at(ref))
        const { impact, urgency, revision } = action
        const after = await change(ref, { impact, urgency }, revision)
        const isOwn = inside !== undefined && !inside.priorityDerived
        return {
          do: 'priority',
          impact: isOwn ? inside.impact : null,
          urgency: isOwn ? inside.urgency : null,
          ...revisionOf(after),
        }
      }
      case 'snooze':
        await post(`${at(ref)}/snooze`, { waitingFor: action.waitingFor, until: action.until })
        return { do: 'wake' }
      case 'join':
        await post(`${at(ref)}/join`, { workItem: action.workItem })
        return { do: 'withdraw', reason: undone }
      case 'withdraw':
        await post(`${at(ref)}/withdraw`, { reason: action.reason })
        return null
      default:
        await post(`${at(ref)}/${action.do}`)
        return action.do === 'reopen' || action.do === 'wake' ? null : { do: 'reopen' }
    }
  }

const only = (revision: { readonly revision?: number | undefined }): { readonly revision?: number } =>
  revision.revision === undefined ? {} : { revision: revision.revision }

const change = (ref: string, set: object, revision: number | undefined): Promise<Ticket> =>
  patch<Ticket>(at(ref), { set, ...only({ revision }) })
