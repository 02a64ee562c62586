import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Partner } from '../domain/sharing.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { type SharedRecord, sharedByMarker, sharedRecords, shareRecord } from '../store/shared-records.ts'
import type { HubFields, HubValue } from '../sync/hub-view.ts'
import { readText } from '../sync/rich-text/index.ts'
import { INBOX } from '../sync/shared-item.ts'
import { applyToolFields } from './apply-tool-fields.ts'
import { createTicket } from './create-ticket.ts'
import { createWorkItem } from './create-work-item.ts'
import { done, unknown } from './outcome.ts'
import { applyCommand, type Command, type CommandContext } from './run-command.ts'

/** Values as they came over the wire. */
export type SentFields = Readonly<Record<string, null | string | number | boolean | readonly string[]>>

export const notShared = (detail: string, field?: string): Result<never, Refusal> =>
  err(refuse('not-allowed', detail, field === undefined ? {} : { field }))

/** A record that this partner reaches; to them no other exists. */
export const reachedRecord = async (
  tx: Tx,
  partner: Partner,
  id: string,
): Promise<Result<SharedRecord, Refusal>> => {
  const [found] = await sharedRecords(tx, partner, [id])
  return found === undefined ? unknown('item', id, '/id') : ok(found)
}

/** A partner's new record: once for one marker, however often it is asked for. */
export const createForPartner =
  (
    partner: Partner,
  ): Command<
    { readonly marker: string; readonly container: string; readonly fields: SentFields },
    { readonly id: string }
  > =>
  async (tx, context, input) => {
    const { policy } = partner
    if (!policy.create) return notShared('Making new items here is not shared with you.')
    const [known] = await sharedByMarker(tx, partner, input.marker)
    if (known !== undefined) return done({ id: known.id })
    const product = input.container === INBOX ? {} : { product: input.container }
    if (input.container !== INBOX && !policy.products.includes(input.container))
      return notShared(
        `Nothing of “${input.container.slice(0, 100)}” is shared with you: choose one of the containers, or “${INBOX}”.`,
        '/container',
      )
    const { title, description, ...rest } = input.fields
    const allowed = writable(partner, input.fields)
    if (!allowed.ok) return allowed
    const first = {
      ...product,
      title: typeof title === 'string' ? title : '',
      description: readText(typeof description === 'string' ? description : '', 'markdown'),
    }
    const created =
      policy.record === 'ticket'
        ? await applyCommand(tx, context, createTicket, { ...first, customer: policy.customer })
        : await applyCommand(tx, context, createWorkItem, { ...first, kind: 'defect' })
    if (!created.ok) return created
    const { id } = created.value
    const record = { kind: policy.record, id }
    await shareRecord(tx, {
      ...{ partnerId: partner.id, record, marker: input.marker, brought: true },
      at: context.now,
    })
    const more = await apply(tx, context, partner, { id, version: null, fields: rest, status: null })
    return more.ok ? done({ id }, more.value) : more
  }

/** What a partner changes of a record: fields, or its status. All of it is taken, or nothing. */
export const changeForPartner =
  (
    partner: Partner,
  ): Command<
    {
      readonly id: string
      /** The one they saw; null: whatever it is now. */
      readonly version: number | null
      readonly fields: SentFields
      readonly status: string | null
    },
    { readonly id: string }
  > =>
  async (tx, context, input) => {
    const reached = await reachedRecord(tx, partner, input.id)
    if (!reached.ok) return reached
    const allowed = writable(partner, input.fields)
    if (!allowed.ok) return allowed
    if (input.status !== null && partner.policy.status !== 'set')
      return notShared('The status is ours to set; you may read it.', '/to')
    const applied = await apply(tx, context, partner, input)
    return applied.ok ? done({ id: input.id }, applied.value) : applied
  }

const writable = ({ policy }: Partner, fields: SentFields): Result<null, Refusal> => {
  const foreign = Object.keys(fields).find((field) => !policy.writes.includes(field))
  return foreign === undefined
    ? ok(null)
    : notShared(`“${foreign.slice(0, 100)}” is not yours to change here.`, `/fields/${foreign.slice(0, 100)}`)
}

const apply = async (
  tx: Tx,
  context: CommandContext,
  { policy }: Partner,
  input: {
    readonly id: string
    readonly version: number | null
    readonly fields: SentFields
    readonly status: string | null
  },
) => {
  const set: HubFields = Object.fromEntries(
    Object.entries(input.fields).map(([field, value]) => [field, asOurs(field, value)]),
  )
  const applied = await applyToolFields(
    tx,
    context,
    { kind: policy.record, id: input.id, version: input.version },
    set,
    input.status,
    [],
  )
  if (!applied.ok) return applied
  const [refused] = applied.value.value.refused
  return refused === undefined
    ? ok({ events: applied.value.events, changed: applied.value.changed })
    : err(
        refuse('invalid', refused.detail, {
          field: refused.field === 'state' ? '/to' : `/fields/${refused.field}`,
        }),
      )
}

const asOurs = (field: string, value: SentFields[string]): HubValue =>
  field === 'description' ? readText(typeof value === 'string' ? value : '', 'markdown') : value
