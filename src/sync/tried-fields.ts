import { STATUS_PAIR } from './mirror-base.ts'
import type { PlannedOperation } from './plan.ts'

/** What a call is about, by the names that holds use: a hold of a call lasts until the same is tried again. */
export const triedFields = (planned: PlannedOperation): readonly string[] => {
  if (planned.fields.length > 0) return planned.fields.map((write) => write.pair)
  if (planned.status !== null) return [STATUS_PAIR]
  if (planned.element !== null)
    return [
      `${planned.operation.op === 'attach' || planned.operation.op === 'detach' ? 'attachment' : 'comment'}:${planned.element.id}`,
    ]
  return [planned.link === null ? planned.operation.op : `link:${planned.link}`]
}
