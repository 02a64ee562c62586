import type { WorkItemState } from '../../src/domain/words.ts'
import { get, patch, post } from './client.ts'
import { OFFLINE, Problem } from './problem.ts'
import type { WorkItem, WorkItemChange } from './work-items.ts'

/** What is written about a work item and can be the same for many; by the names the API has for it. */
export type SharedFields = Pick<
  WorkItemChange,
  'assignee' | 'team' | 'product' | 'component' | 'release' | 'priority' | 'severity'
>

/** What can be done with many work items at once: each by the route that does it for one, as with tickets (bulk.ts). */
export type WorkItemBulk =
  | { readonly do: 'set'; readonly set: SharedFields; readonly revision?: number }
  | { readonly do: 'move'; readonly to: WorkItemState; readonly revision?: number }
  | { readonly do: 'accept' }
  | { readonly do: 'decline'; readonly reason: string }
  | { readonly do: 'put off'; readonly until: string }
  | { readonly do: 'wake' }

const at = (ref: string): string => `/work-items/${encodeURIComponent(ref)}`

const before = (item: WorkItem): Required<{ [F in keyof SharedFields]: SharedFields[F] | null }> => ({
  assignee: item.assignee?.id ?? null,
  team: item.team?.id ?? null,
  product: item.product?.id ?? null,
  component: item.component?.id ?? null,
  release: item.release?.id ?? null,
  priority: item.priority,
  severity: item.severity.severity,
})

/** Said of the tickets that stand behind it: its own severity would show nowhere. */
const followsTickets = ({ tickets }: WorkItem): boolean =>
  tickets.some(
    ({ severity, escalation }) =>
      severity !== null && (escalation.endedAt === null || escalation.state === 'verified'),
  )

/** The fields that are set, as they were. A component brings its product along, so that is put back too. */
const asItWas = (item: WorkItem, set: SharedFields): SharedFields => {
  const was = before(item)
  const names = Object.keys(set) as (keyof SharedFields)[]
  const all = names.includes('component') ? [...names, 'product' as const] : names
  return Object.fromEntries(all.map((name) => [name, was[name]])) as SharedFields
}

const withRevision = (revision: number | undefined): { readonly revision?: number } =>
  revision === undefined ? {} : { revision }

/**
 * Does it, and tells what would take it back; null: nothing would, because customers were told. `follows`: what is said
 * where a severity is not the item's own to set.
 */
export const doToWorkItem =
  (follows: string) =>
  async (ref: string, action: WorkItemBulk): Promise<WorkItemBulk | null> => {
    switch (action.do) {
      case 'set': {
        const item = await get<WorkItem>(at(ref))
        const { set, revision } = action
        if (set.severity !== undefined && followsTickets(item))
          throw new Problem({ ...OFFLINE, code: 'not-its-own', title: follows, detail: follows })
        const after = await patch<WorkItem>(at(ref), { set, ...withRevision(revision) })
        return { do: 'set', set: asItWas(item, set), revision: after.revision }
      }
      case 'move':
      case 'accept': {
        const item = await get<WorkItem>(at(ref))
        const body = action.do === 'move' ? { to: action.to, ...withRevision(action.revision) } : {}
        const after = await post<WorkItem>(`${at(ref)}/${action.do}`, body)
        const isVerdict = item.state === 'declined' || item.state === 'duplicate'
        return isVerdict || after.state === item.state
          ? null
          : { do: 'move', to: item.state, revision: after.revision }
      }
      case 'decline':
        await post(`${at(ref)}/decline`, { reason: action.reason })
        return null
      case 'put off':
        await post(`${at(ref)}/snooze`, { until: action.until })
        return { do: 'wake' }
      case 'wake':
        await post(`${at(ref)}/wake`)
        return null
    }
  }
