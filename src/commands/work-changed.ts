import type { NewEvent } from '../domain/event.ts'
import type { Enhancement } from '../store/enhancements.ts'
import type { WorkItem } from '../store/work-items.ts'

/** What the log says of a request that has other work now. */
export const workChanged = (
  { id, key }: Pick<Enhancement, 'id' | 'key'>,
  from: WorkItem | null,
  to: WorkItem | null,
): NewEvent => ({
  kind: 'enhancement.changed',
  record: { kind: 'enhancement', id },
  data: { key, changes: { workItem: { from: from?.key ?? null, to: to?.key ?? null } } },
})
