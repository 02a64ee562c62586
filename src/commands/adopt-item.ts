import { sql } from 'kysely'
import { openCreates } from '../store/attempts.ts'
import type { Tx } from '../store/database.ts'
import { appendEvents } from '../store/events.ts'
import { type ClaimedMirror, deleteCandidate, finishMirror, holdsMirror } from '../store/mirrors.ts'
import { findProductCalled } from '../store/organisation.ts'
import { findReleaseNamed } from '../store/releases.ts'
import type { RichFormat } from '../sync/connector.ts'
import type { Mapping } from '../sync/mapping.ts'
import { EMPTY_BASE } from '../sync/mirror-base.ts'
import { findMarker } from '../sync/plan-create.ts'
import { type Directory, readText } from '../sync/rich-text/index.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { createRelease } from './create-release.ts'
import { createTicket } from './create-ticket.ts'
import { createWorkItem } from './create-work-item.ts'
import { applyCommand, type CommandContext } from './run-command.ts'

/**
 * Makes a record for an item that began its life in a tool, and ties the two. Everything else of it comes with the
 * first merge, in which the tool's values count.
 */
export const adoptItem = async (
  tx: Tx,
  context: CommandContext,
  input: {
    readonly mirror: ClaimedMirror
    readonly shown: Snapshot
    readonly mapping: Mapping
    readonly format: RichFormat
    /** Absent: whom the text calls comes to light with the first merge that changes it. */
    readonly people?: Directory
  },
): Promise<'adopted' | 'lost' | 'gone' | 'more to do'> => {
  const { mirror, shown, mapping } = input
  if (!(await holdsMirror(tx, mirror.id, mirror.fence))) return 'lost'
  if (shown.createdByUs && (await openCreates(tx, mirror.connection_id)).length > 0) return 'more to do'
  const record =
    shown.kind === 'release'
      ? await releaseFor(tx, context, mapping, shown)
      : await recordFor(tx, context, input)
  if (record === null || (await isTaken(tx, mirror, record.id))) {
    await deleteCandidate(tx, mirror)
    return 'gone'
  }
  await sql`update mirror set record_kind = ${record.kind} where id = ${mirror.id}`.execute(tx)
  await finishMirror(tx, {
    id: mirror.id,
    fence: mirror.fence,
    cleanSeq: null,
    state: 'live',
    recordId: record.id,
    remote: { id: shown.ref.id, key: shown.key, url: shown.url },
    base: { ...EMPTY_BASE, first: 'tool' },
  })
  const about = { record: { kind: record.kind, id: record.id }, connectionId: mirror.connection_id }
  const marker = findMarker(shown.fields)
  await appendEvents(tx, context, [
    { kind: 'mirror.discovered', ...about, data: { mirror: mirror.id, key: shown.key, url: shown.url } },
    // somebody cloned an item of ours there: the copy is a thing of its own, its marker means nothing
    ...(marker === null
      ? []
      : [
          {
            kind: 'mirror.clone-found' as const,
            ...about,
            data: { mirror: mirror.id, key: shown.key, marker },
          },
        ]),
  ])
  return 'adopted'
}

const recordFor = async (
  tx: Tx,
  context: CommandContext,
  {
    shown,
    mapping,
    format,
    people,
  }: {
    readonly shown: Snapshot
    readonly mapping: Mapping
    readonly format: RichFormat
    readonly people?: Directory
  },
): Promise<{ readonly kind: 'ticket' | 'work item'; readonly id: string } | null> => {
  const text = shown.fields.description
  const title = typeof shown.fields.title === 'string' ? shown.fields.title.trim() : ''
  const fields = {
    title: title === '' ? shown.key : title.slice(0, 1000),
    description: readText(typeof text === 'string' ? text : '', format, people),
  }
  const product = mapping.products[shown.container]
  const place = product === undefined ? {} : { product }
  const created =
    mapping.record === 'ticket'
      ? await applyCommand(tx, context, createTicket, {
          ...fields,
          ...place,
          ...(shown.createdAt === null ? {} : { askedAt: new Date(shown.createdAt) }),
        })
      : await applyCommand(tx, context, createWorkItem, { ...fields, ...place, kind: 'defect' })
  if (!created.ok) throw new Error(`an item could not be adopted: ${created.error.detail}`)
  return { kind: mapping.record, id: created.value.id }
}

/** The release of that name in the product the container stands for; made when it is new. */
const releaseFor = async (
  tx: Tx,
  context: CommandContext,
  mapping: Mapping,
  shown: Snapshot,
): Promise<{ readonly kind: 'release'; readonly id: string } | null> => {
  const productKey = mapping.products[shown.container]
  const name = shown.fields.title
  if (productKey === undefined || typeof name !== 'string') return null
  const product = await findProductCalled(tx, productKey)
  if (product === null) return null
  const find = async () => {
    const known = await findReleaseNamed(tx, product.id, name.trim())
    return known === null ? null : ({ kind: 'release', id: known.id } as const)
  }
  const known = await find()
  if (known !== null) return known
  const created = await applyCommand(tx, context, createRelease, { product: product.id, name })
  // refused: a work item that is planned for it was taken in at the same moment, and made it
  return created.ok ? { kind: 'release', id: created.value.id } : find()
}

/** The record has a mirror on this connection already (two versions of one name in two projects). */
const isTaken = async (tx: Tx, mirror: ClaimedMirror, recordId: string): Promise<boolean> => {
  const other = await tx
    .selectFrom('mirror')
    .select('id')
    .where('connection_id', '=', mirror.connection_id)
    .where('record_id', '=', recordId)
    .where('state', 'not in', ['gone', 'unlinked'])
    .where('id', '!=', mirror.id)
    .executeTakeFirst()
  return other !== undefined
}
