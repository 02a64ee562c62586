/** The projects of a pretended GitHub: their fields and options, and the issues that are in them. */

export interface FakeOption {
  readonly id: string
  name: string
}

export interface FakeField {
  readonly id: string
  name: string
  readonly type: 'TITLE' | 'TEXT' | 'NUMBER' | 'DATE' | 'SINGLE_SELECT' | 'ITERATION'
  options: FakeOption[]
  /** Iterations that are over. */
  over: FakeOption[]
}

export type FakeValue = string | number

export interface FakeItem {
  readonly id: string
  readonly issueId: number
  /** By the field's id; of an option its id. */
  readonly values: Map<string, FakeValue>
  updatedMs: number
}

export interface FakeProject {
  readonly id: string
  readonly owner: string
  readonly number: number
  fields: FakeField[]
  /** In the order people dragged them to. */
  items: FakeItem[]
  lastItem: number
  isHidden: boolean
  mayWrite: boolean
}

const options = (prefix: string, names: readonly string[]): FakeOption[] =>
  names.map((name, index) => ({ id: `${prefix}${index + 1}`, name }))

export const newProject = (owner: string, number: number): FakeProject => {
  const field = (
    name: string,
    type: FakeField['type'],
    given: readonly string[] = [],
    over: readonly string[] = [],
  ): FakeField => {
    const id = `PVTF_${number}_${name.replaceAll(' ', '')}`
    return { id, name, type, options: options(`${id}_`, given), over: options(`${id}_over`, over) }
  }
  return {
    id: `PVT_${number}`,
    owner,
    number,
    fields: [
      field('Title', 'TITLE'),
      field('Status', 'SINGLE_SELECT', ['Todo', 'In Progress', 'Done']),
      field('Estimate', 'NUMBER'),
      field('Note', 'TEXT'),
      field('Target date', 'DATE'),
      field('Sprint', 'ITERATION', ['Sprint 2', 'Sprint 3'], ['Sprint 1']),
    ],
    items: [],
    lastItem: 0,
    isHidden: false,
    mayWrite: true,
  }
}

/** The issue's own time stays: only the item's moves. */
export const addItem = (project: FakeProject, issueId: number, nowMs: number): FakeItem => {
  const there = project.items.find((each) => each.issueId === issueId)
  if (there !== undefined) return there
  project.lastItem += 1
  const item = {
    id: `PVTI_${project.number}_${project.lastItem}`,
    issueId,
    values: new Map<string, FakeValue>(),
    updatedMs: nowMs,
  }
  project.items.push(item)
  return item
}

export const setValue = (item: FakeItem, fieldId: string, value: FakeValue | null, nowMs: number): void => {
  if (value === null) item.values.delete(fieldId)
  else item.values.set(fieldId, value)
  item.updatedMs = nowMs
}
