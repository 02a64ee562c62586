import { type Refusal, refuse } from '../domain/refusal.ts'
import type { NoteKind } from '../domain/release-note.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findComponent } from '../store/organisation.ts'
import { noteOfWork, type ReleaseNote } from '../store/release-notes.ts'
import type { Release } from '../store/releases.ts'
import { findWorkItem } from '../store/work-items.ts'
import { checkText, checkTitle } from './field-rules.ts'
import { unknown } from './outcome.ts'

/** What a note says; what is left out stays as it is, or is empty in a new one. */
export interface NoteFields {
  readonly kind?: NoteKind
  readonly title?: string
  readonly body?: string
  readonly say?: string | null
  readonly workaround?: string | null
  /** Id or key, of the release's product. */
  readonly component?: string | null
  /** Id or key. */
  readonly workItem?: string | null
}

type NotePatch = Partial<
  Pick<ReleaseNote, 'kind' | 'title' | 'body' | 'say' | 'workaround' | 'component_id' | 'work_item_id'>
>

const text = (said: string | null, field: string): Result<string | null, Refusal> => {
  const trimmed = said?.trim() ?? ''
  return trimmed === '' ? ok(null) : checkText(trimmed, field)
}

/** The columns that these fields set. `id`: of the note, where it is there already. `at`: where the fields stand in what was sent. */
export const notePatch = async (
  tx: Tx,
  release: Pick<Release, 'id' | 'product_id'>,
  fields: NoteFields,
  { id, at }: { readonly id: string | null; readonly at: '' | '/set' },
): Promise<Result<NotePatch, Refusal>> => {
  const patch: { -readonly [K in keyof NotePatch]: NotePatch[K] } = {}
  if (fields.kind !== undefined) patch.kind = fields.kind
  if (fields.title !== undefined) {
    const title = checkTitle(fields.title, `${at}/title`)
    if (!title.ok) return title
    patch.title = title.value
  }
  for (const name of ['body', 'say', 'workaround'] as const) {
    const said = fields[name]
    if (said === undefined) continue
    const checked = text(said, `${at}/${name}`)
    if (!checked.ok) return checked
    if (name === 'body') patch.body = checked.value ?? ''
    else patch[name] = checked.value
  }
  if (fields.component !== undefined) {
    const component = await componentIdIn(tx, release.product_id, fields.component, `${at}/component`)
    if (!component.ok) return component
    patch.component_id = component.value
  }
  if (fields.workItem !== undefined) {
    const workItem = await freeWorkItem(tx, release, fields.workItem, { id, field: `${at}/workItem` })
    if (!workItem.ok) return workItem
    patch.work_item_id = workItem.value
  }
  return ok(patch)
}

/** A component of this product, by id or key. */
export const componentIdIn = async (
  tx: Tx,
  productId: string,
  ref: string | null,
  field: string,
): Promise<Result<string | null, Refusal>> => {
  if (ref === null) return ok(null)
  const component = await findComponent(tx, productId, ref)
  if (component === null) return unknown('component', ref, field)
  return component.product_id === productId
    ? ok(component.id)
    : err(refuse('invalid', `${component.name} is a component of another product.`, { field }))
}

const freeWorkItem = async (
  tx: Tx,
  release: Pick<Release, 'id' | 'product_id'>,
  ref: string | null,
  { id, field }: { readonly id: string | null; readonly field: string },
): Promise<Result<string | null, Refusal>> => {
  if (ref === null) return ok(null)
  const item = await findWorkItem(tx, ref)
  if (item === null) return unknown('work item', ref, field)
  if (item.product_id !== null && item.product_id !== release.product_id)
    return err(refuse('invalid', `${item.key} is work on another product.`, { field }))
  return (await noteOfWork(tx, release.id, item.id, id)) === null ? ok(item.id) : noted(item.key, field)
}

export const noted = (key: string, field: string): Result<never, Refusal> =>
  err(refuse('in-use', `${key} has a note in this release already. Change that one.`, { field }))
