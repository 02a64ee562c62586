import type { Static } from 'typebox'
import type { WorkItemFilter } from '../../store/views/work-item-list.ts'
import { askedBy } from '../asked.ts'
import type { Caller } from '../caller.ts'
import type { WorkItemQuery } from './schema.ts'

const idOrNull = <K extends string>(name: K, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value === 'nobody' ? null : value }) as Partial<
    Record<K, string | null>
  >

/** What a list of work items is asked for. */
export const workItemFilterOf = (
  query: Omit<Static<typeof WorkItemQuery>, 'limit' | 'cursor'>,
  caller: Caller,
  now: Date,
): WorkItemFilter => {
  const { state, kind, team, assignee, product, component, release, text, q } = query
  return {
    ...(state === undefined ? {} : { states: [state] }),
    ...(kind === undefined ? {} : { kind }),
    ...(product === undefined ? {} : { productId: product }),
    ...(component === undefined ? {} : { componentId: component }),
    ...(text === undefined ? {} : { text }),
    ...idOrNull('teamId', team),
    ...idOrNull('assigneeId', assignee),
    ...idOrNull('releaseId', release),
    ...askedBy(caller, q, 'work-items', now),
  }
}
