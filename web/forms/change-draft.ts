import type { Change, ChangeEdit, NewChange } from '../api/changes.ts'
import { localMinute, momentOf } from './local-minute.ts'

/** A change as its form has it: every field is there, texts as they are typed, times as their fields have them. */
export interface ChangeDraft {
  readonly kind: NewChange['kind']
  readonly product: string | null
  readonly model: string | null
  readonly title: string
  readonly reason: string
  readonly components: readonly string[]
  readonly environments: readonly string[]
  readonly release: string | null
  readonly owner: string | null
  /** Keys with blanks between them. */
  readonly workItems: string
  readonly displaces: string
  readonly from: string
  readonly to: string
  readonly implement: string
  readonly test: string
  readonly backOut: string
  readonly isBackOutTested: boolean
  readonly testEvidence: string
  readonly url: string
}

const keysIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,;]+/)
      .filter((key) => key !== '')
      .map((key) => key.toUpperCase()),
  ),
]

export const newDraft = (ownerId: string | null): ChangeDraft => ({
  ...{ kind: 'normal', product: null, model: null, title: '', reason: '', components: [], environments: [] },
  ...{ release: null, owner: ownerId, workItems: '', displaces: '', from: '', to: '' },
  ...{ implement: '', test: '', backOut: '', isBackOutTested: false, testEvidence: '', url: '' },
})

export const draftOf = (change: Change, zone: string | null): ChangeDraft => {
  const linked = (relation: 'brings' | 'displaces'): string =>
    change.workItems
      .filter((item) => item.relation === relation)
      .map(({ key }) => key)
      .join(' ')
  return {
    ...{ kind: change.kind, product: change.product.id, model: change.model?.id ?? null },
    ...{ title: change.title, reason: change.reason, release: change.release?.id ?? null },
    components: change.components.map(({ id }) => id),
    environments: change.environments.map(({ id }) => id),
    owner: change.owner?.id ?? null,
    ...{ workItems: linked('brings'), displaces: linked('displaces') },
    from: change.from === null ? '' : localMinute(change.from, zone),
    to: change.to === null ? '' : localMinute(change.to, zone),
    ...change.plans,
    isBackOutTested: change.isBackOutTested,
    testEvidence: change.testEvidence ?? '',
    url: change.url ?? '',
  }
}

/** A window has both ends, or none. */
export const isWindowWhole = ({ from, to }: ChangeDraft): boolean => (from === '') === (to === '')

const blankIsNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const fieldsOf = (draft: ChangeDraft, zone: string | null) => {
  const { components, environments, release, owner, isBackOutTested, from, to, implement, test, backOut } =
    draft
  return {
    ...{ title: draft.title.trim(), reason: draft.reason.trim(), release, owner, isBackOutTested },
    ...{ components: [...components], environments: [...environments], workItems: keysIn(draft.workItems) },
    window: from === '' || to === '' ? null : { from: momentOf(from, zone), to: momentOf(to, zone) },
    ...{ testEvidence: blankIsNull(draft.testEvidence), url: blankIsNull(draft.url) },
    // a standard change has the plans of its model
    ...(draft.kind === 'standard' ? {} : { plans: { implement, test, backOut } }),
    ...(draft.kind === 'emergency' ? { displaces: keysIn(draft.displaces) } : {}),
  }
}

/** Null: the product is not chosen, or the model of a standard change. */
export const newChangeOf = (draft: ChangeDraft, zone: string | null): NewChange | null => {
  const { kind, product, model } = draft
  if (product === null || (kind === 'standard' && model === null)) return null
  return {
    ...fieldsOf(draft, zone),
    kind,
    product,
    ...(kind === 'standard' && model !== null ? { model } : {}),
  }
}

export const changeEditOf = (draft: ChangeDraft, revision: number, zone: string | null): ChangeEdit => ({
  ...fieldsOf(draft, zone),
  revision,
})
