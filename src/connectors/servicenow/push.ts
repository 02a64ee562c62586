import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, ToolFields } from '../../sync/snapshot.ts'
import { refId, targetOf } from './convert.ts'
import type { Directory } from './directory.ts'
import { bodyOf, notTaken, openEncoder, type Written } from './encode.ts'
import { columnFor, journalText, toJournal } from './journal.ts'
import { overwroteIn, sinceOf, toldAfterWrite } from './overwrote.ts'
import { all, equals, isSysId } from './query.ts'
import { refused } from './refusal.ts'
import type { Answered, Body, Rest } from './rest.ts'
import { type Row, valueIn } from './schema.ts'
import { markerColumnOf, maxAttachmentBytesOf, type Settings, tablesOf } from './settings.ts'
import { isoOf } from './times.ts'

/**
 * Writes. The answer to a write holds the record after every rule has run, so it is compared with what was sent: a
 * column the account may not write is left out in silence, and a rule that aborts can do so in silence too.
 */

export interface PushParts {
  readonly rest: Rest
  readonly settings: Settings
  readonly directory: Directory
  /** A record that holds the marker; null: none. */
  readonly marked: (table: string, marker: string) => Promise<string | null>
  /** null: gone. */
  readonly row: (table: string, id: string, fields: readonly string[]) => Promise<Row | null>
}

type Op<K extends Operation['op']> = Extract<Operation, { op: K }>
interface Target {
  readonly table: string
  readonly id: string
}

const DONE: Receipt = Object.freeze({ ref: null, elementId: null, snapshot: null })

const gone = (ref: string): RemoteFault =>
  new RemoteFault('gone', `${ref.slice(0, 80)} does not exist in ServiceNow (any more)`)

const cannot = (what: string): RemoteFault => new RemoteFault('invalid', `ServiceNow cannot ${what}`)

export const targetOfRef = ({ id }: RemoteRef): Target => {
  const target = targetOf(id)
  if (target === null) throw gone(id)
  return target
}

const afterWrite = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work
  } catch (fault) {
    if (!isFault(fault)) throw fault
    throw new RemoteFault('unknown', `could not read back what was written: ${fault.detail}`, {
      retryAt: fault.retryAt,
      cause: fault,
    })
  }
}

const safeMediaType = (type: string): string =>
  /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(type) && !type.startsWith('multipart/')
    ? type
    : 'application/octet-stream'

/** Newest first: ours is among the first. */
const RECENT_NOTES = 10
const JUST_NOW_MS = 60_000

const isWithin = (time: string | undefined, toolNow: number | null, ms: number): boolean => {
  const iso = isoOf(time ?? '')
  return iso !== null && toolNow !== null && Math.abs(toolNow - Date.parse(iso)) <= ms
}

export const openPush = ({ rest, settings, directory, marked, row }: PushParts) => {
  const encode = openEncoder(directory, settings)
  const marker = markerColumnOf(settings)

  const taken = (answer: Answered<Row | null>, written: readonly Written[], what: string): Row | null => {
    if (!answer.ok) throw refused(answer.refusal, written, what)
    return answer.value
  }

  /** 404 is "gone" and "hidden" in one: a list tells them apart, and only what is gone is called so. */
  const orGone = async <T>({ table, id }: Target, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (fault) {
      if (!isFault(fault) || fault.kind !== 'gone') throw fault
      if ((await row(table, id, ['sys_id'])) === null) throw fault
      throw cannot('let this account write the record: it may read it and no more')
    }
  }

  const create = async (operation: Op<'create'>): Promise<Receipt> => {
    const table = operation.container
    if (!tablesOf(settings).includes(table))
      throw new RemoteFault('invalid', `"${table.slice(0, 80)}" is not among the tables of this connection`, {
        field: 'container',
      })
    const given = Object.fromEntries(
      Object.entries(operation.fields).filter(([, value]) => value !== null && value !== ''),
    )
    const written = await encode(table, given)
    const body: Body = {
      ...bodyOf(written),
      [marker]: operation.marker,
      ...(marker === 'correlation_id' ? { correlation_display: 'Causeway' } : {}),
    }
    const made = taken(await rest.create(table, body, ['sys_id', marker]), written, 'the record')
    const id = made === null ? undefined : valueIn(made, 'sys_id')
    if (id !== undefined && isSysId(id))
      return { ref: { id: refId(table, id) }, elementId: null, snapshot: null }
    // It said "well done" and shows nothing: made and hidden, or aborted by a rule. The marker tells.
    const found = await afterWrite(marked(table, operation.marker))
    if (found !== null) return { ref: { id: refId(table, found) }, elementId: null, snapshot: null }
    throw cannot('make the record: it answered well and made none, so a business rule must have aborted it')
  }

  /** ServiceNow compares no versions, so this is done before: an edit in the moment between goes unseen. */
  const assertVersion = async ({ table, id }: Target, version: string, ref: RemoteRef): Promise<void> => {
    const now = await row(table, id, ['sys_id', 'sys_mod_count'])
    if (now === null) throw gone(ref.id)
    const current = valueIn(now, 'sys_mod_count')
    if (current === undefined || current === version) return
    throw new RemoteFault('conflict', `${ref.id} is at version ${current}, no longer at ${version}`)
  }

  const fieldsOf = (write: FieldWrite): ToolFields =>
    write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

  const replaced = async (write: FieldWrite, written: readonly Written[]): Promise<ToolFields> => {
    const since = sinceOf(write)
    if (settings.audit !== true || since === null || written.length === 0) return {}
    const { table, id } = targetOfRef(write.ref)
    return overwroteIn({ rest, directory }, table, id, since, written)
  }

  const write = async (operation: FieldWrite): Promise<Receipt> => {
    const target = targetOfRef(operation.ref)
    const written = await encode(target.table, fieldsOf(operation))
    if (written.length === 0) return DONE
    if (operation.op === 'update' && operation.version !== null)
      await assertVersion(target, operation.version, operation.ref)
    const fields = ['sys_id', 'sys_mod_count', ...written.map(({ column }) => column.name)]
    const answer = await orGone(target, rest.update(target.table, target.id, bodyOf(written), fields))
    const after =
      taken(answer, written, 'the change') ?? (await afterWrite(row(target.table, target.id, fields)))
    if (after === null) throw gone(operation.ref.id)
    const left = notTaken(written, after)
    if (left !== null)
      throw new RemoteFault(
        'invalid',
        `ServiceNow answered well and did not take ${left.field}: the account may not write ${left.column.name}, or a business rule put another value there`,
        { field: left.field },
      )
    const overwrote = await toldAfterWrite(replaced(operation, written))
    return Object.keys(overwrote).length === 0 ? DONE : { ...DONE, overwrote }
  }

  const comment = async ({ ref, visibility, text }: Op<'comment.add'>): Promise<Receipt> => {
    if (text.trim() === '') throw cannot('hold an empty comment')
    const { table, id } = targetOfRef(ref)
    const column = columnFor(visibility)
    const [{ userName }, stored] = [await directory.account(), toJournal(text)]
    const answer = await orGone({ table, id }, rest.update(table, id, { [column]: stored }, ['sys_id']))
    taken(answer, [], visibility === 'public' ? 'the comment' : 'the work note')
    // The record shows its journals empty; what became of the words is in the journal's own table.
    const query = all(
      equals('element_id', id),
      equals('element', column),
      'ORDERBYDESCsys_created_on^ORDERBYDESCsys_id',
    )
    const { rows, total, toolNow } = await afterWrite(
      rest.list('sys_journal_field', {
        query,
        fields: ['sys_id', 'value', 'sys_created_on', 'sys_created_by'],
        limit: RECENT_NOTES,
      }),
    )
    const ours = rows.filter((each) => valueIn(each, 'sys_created_by') === userName)
    const words = text.replace(/\r\n?/g, '\n').trim()
    const [first, second] = ours.filter((each) => journalText(valueIn(each, 'value') ?? '').trim() === words)
    if (first === undefined && rows.length >= Math.min(total ?? 0, RECENT_NOTES)) {
      // A rule may have put other words in their place: what we wrote just now in other words is not lost.
      const isJustNow = ours.some((each) => isWithin(valueIn(each, 'sys_created_on'), toolNow, JUST_NOW_MS))
      if (!isJustNow) throw cannot('keep the words: it answered well, but its journal does not hold them')
    }
    // Two of the same words in one second cannot be told apart.
    const isSure =
      first !== undefined &&
      (second === undefined || valueIn(first, 'sys_created_on') !== valueIn(second, 'sys_created_on'))
    return isSure ? { ...DONE, elementId: valueIn(first, 'sys_id') ?? null } : DONE
  }

  const attach = async (
    operation: Op<'attach'>,
    content: () => AsyncIterable<Uint8Array>,
  ): Promise<Receipt> => {
    if (operation.visibility === 'internal')
      throw cannot('hold an internal file: whoever sees the record sees all its files')
    const most = maxAttachmentBytesOf(settings)
    if (operation.size > most) throw cannot(`hold a file of more than ${most} bytes`)
    const { table, id } = targetOfRef(operation.ref)
    const upload = rest.upload({
      table,
      id,
      name: operation.name,
      mediaType: safeMediaType(operation.mediaType),
      size: operation.size,
      content: content(),
    })
    const kept = taken(await orGone({ table, id }, upload), [], 'the file')
    const fileId = kept === null ? undefined : valueIn(kept, 'sys_id')
    if (kept === null || fileId === undefined || !isSysId(fileId))
      throw new RemoteFault('unknown', 'ServiceNow took the file but did not say its number')
    const size = valueIn(kept, 'size_bytes')
    if (size !== undefined && size !== '' && Number(size) !== operation.size)
      throw new RemoteFault('invalid', `ServiceNow kept ${size} of ${operation.size} bytes`)
    return { ...DONE, elementId: fileId }
  }

  const detach = async ({ attachmentId }: Op<'detach'>): Promise<Receipt> => {
    if (!isSysId(attachmentId)) throw gone(attachmentId)
    const answer = await rest.removeAttachment(attachmentId)
    if (!answer.ok) throw refused(answer.refusal, [], 'to delete the file')
    return DONE
  }

  const push = async (operation: Operation, content?: () => AsyncIterable<Uint8Array>): Promise<Receipt> => {
    switch (operation.op) {
      case 'create':
        return create(operation)
      case 'update':
      case 'transition':
        return write(operation)
      case 'comment.add':
        return comment(operation)
      case 'attach':
        if (content === undefined) throw new RemoteFault('invalid', 'the file to attach is missing')
        return attach(operation, content)
      case 'detach':
        return detach(operation)
      case 'comment.edit':
        throw cannot('change a comment')
      case 'comment.delete':
        throw cannot('delete a comment')
      case 'link.add':
      case 'link.remove':
        throw cannot('hold links to addresses elsewhere')
    }
  }

  const overwritten = async (operation: FieldWrite): Promise<ToolFields> =>
    replaced(operation, await encode(targetOfRef(operation.ref).table, fieldsOf(operation)))

  return { push, overwritten }
}
