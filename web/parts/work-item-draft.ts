import type { WorkItem, WorkItemChange } from '../api/work-items.ts'

/** What one can write about a work item, as fields have it: no value is an empty text. */
export const TEXTS = [
  ...(['title', 'description', 'steps', 'expected', 'actual', 'frequency', 'since'] as const),
  ...(['environment', 'version', 'workaround', 'behaviourNote', 'rootCause', 'priority'] as const),
]
export type WrittenField = (typeof TEXTS)[number]
export const REFERENCES = ['assignee', 'team', 'component', 'release'] as const
export type ReferenceField = (typeof REFERENCES)[number]

export interface WorkItemDraft {
  readonly kind: WorkItem['kind']
  readonly texts: Readonly<Record<WrittenField, string>>
  /** Ids. */
  readonly references: Readonly<Record<ReferenceField, string | null>>
}

export const draftOf = (item: WorkItem): WorkItemDraft => ({
  kind: item.kind,
  texts: {
    ...{ title: item.title, description: item.description, steps: item.steps ?? '' },
    ...{ expected: item.expected ?? '', actual: item.actual ?? '', frequency: item.frequency ?? '' },
    ...{ since: item.since ?? '', environment: item.environment ?? '', version: item.version ?? '' },
    ...{ workaround: item.workaround ?? '', behaviourNote: item.behaviourNote ?? '' },
    ...{ rootCause: item.rootCause ?? '', priority: item.priority ?? '' },
  },
  references: {
    assignee: item.assignee?.id ?? null,
    team: item.team?.id ?? null,
    component: item.component?.id ?? null,
    release: item.release?.id ?? null,
  },
})

/**
 * Only what is another than before: two who change different fields do not get into each other's way, and a tool is told
 * nothing that stays as it was. A title and a description are never taken away, everything else is by emptying it.
 */
export const changesOf = (before: WorkItemDraft, after: WorkItemDraft): WorkItemChange => {
  const texts = TEXTS.filter((field) => before.texts[field].trim() !== after.texts[field].trim()).map(
    (field) => {
      const text = after.texts[field].trim()
      return [field, text === '' && field !== 'description' ? null : text] as const
    },
  )
  const references = REFERENCES.filter((field) => before.references[field] !== after.references[field]).map(
    (field) => [field, after.references[field]] as const,
  )
  return {
    ...(before.kind === after.kind ? {} : { kind: after.kind }),
    ...Object.fromEntries([...texts, ...references]),
  }
}
