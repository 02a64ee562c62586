import type { HttpPart, Operation, Receipt, Session } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolField, ToolFields } from '../../sync/snapshot.ts'
import { type Reading, toSnapshot } from './convert.ts'
import type { Directory } from './directory.ts'
import type { Rest, Shown } from './rest.ts'
import { membersOf, pathId, readId, readMessages, textOf } from './schema.ts'
import { DEFAULT_MAX_ATTACHMENT_BYTES, markerFieldOf, type RequestTrackerSettings } from './settings.ts'
import { entriesOf, notTaken, ticketBody } from './ticket-body.ts'
import { uploadable } from './upload.ts'

/**
 * Writes. RT answers 200 to a PUT it refuses, and 201 to a ticket whose fields it drops: each write is read back and
 * compared. When the reading back fails the write is `unknown`, for it was most likely done.
 */

export interface PushParts {
  readonly rest: Rest
  readonly settings: RequestTrackerSettings
  readonly directory: Directory
  readonly reading: () => Promise<Reading>
  /** null: deleted, merged or never there. */
  readonly shown: (id: string) => Promise<Shown | null>
}

type Op<K extends Operation['op']> = Extract<Operation, { op: K }>

const DONE: Receipt = Object.freeze({ ref: null, elementId: null, snapshot: null })

const gone = (ref: RemoteRef): RemoteFault =>
  new RemoteFault('gone', `ticket ${ref.id} is deleted or merged into another one`)

const unsupported = (what: string): RemoteFault =>
  new RemoteFault('invalid', `Request Tracker cannot ${what}`)

/** The element a 201 names, e.g. `/REST/2.0/transaction/62`. */
const idFromLocation = (location: string | undefined): string | null =>
  /\/(\d{1,15})$/.exec(location ?? '')?.[1] ?? null

/** The field whose value RT's sentence repeats: the sentence itself is localised. */
const fieldIn = (message: string, fields: ToolFields): ToolField | null =>
  entriesOf(fields).find(
    ([, value]) => typeof value === 'string' && value !== '' && message.includes(`'${value}'`),
  )?.[0] ?? null

export const openPush = ({ rest, settings, directory, reading, shown }: PushParts): Session['push'] => {
  const afterWrite = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (fault) {
      if (!isFault(fault) || fault.kind === 'gone') throw fault
      throw new RemoteFault('unknown', `could not read back what was written: ${fault.detail}`, {
        retryAt: fault.retryAt,
        cause: fault,
      })
    }
  }

  const readBack = async (ref: RemoteRef): Promise<Snapshot> => {
    const answer = await shown(ref.id)
    if (answer === null) throw gone(ref)
    return toSnapshot(answer.ticket, null, answer.version, await reading())
  }

  const create = async (operation: Op<'create'>): Promise<Receipt> => {
    const { description, ...others } = operation.fields
    const fields: ToolFields = {
      ...others,
      container: operation.container,
      [`cf:${markerFieldOf(settings)}`]: operation.marker,
    }
    // Unset is what a new ticket is anyway, and null would be stored as an empty value.
    const given = Object.fromEntries(entriesOf(fields).filter(([, value]) => value !== null && value !== ''))
    const body = ticketBody(given, await directory.multiple())
    const text = description === null || description === undefined ? '' : String(description)
    const message = text === '' ? {} : { Content: text, ContentType: contentType() }
    const response = await rest.send({
      method: 'POST',
      path: '/ticket',
      json: { ...body, ...message },
      accept: [400, 403],
    })
    if (response.status !== 201) {
      const said = textOf(membersOf(response.json(), 'a refusal')['message']).slice(0, 300)
      // 403: the queue does not exist, or the account may not create there; RT does not say which.
      const field = response.status === 403 ? 'container' : fieldIn(said, operation.fields)
      throw new RemoteFault('invalid', `Request Tracker refuses the ticket: ${said}`, { field })
    }
    const id = idFromLocation(response.headers['location']) ?? idIn(response.json())
    // Fields that RT dropped show in the next read. A fault here would look as if there were no ticket.
    return { ref: { id }, elementId: null, snapshot: null }
  }

  const idIn = (answer: unknown): string => {
    try {
      return readId(membersOf(answer, 'a new ticket')['id'], 'a new ticket with a number')
    } catch {
      throw new RemoteFault('unknown', 'Request Tracker made a ticket but did not say its number')
    }
  }

  const contentType = (): string => (settings.format === 'html' ? 'text/html' : 'text/plain')

  /** Setting the requestors replaces all of them, so it is done only where there is at most one. */
  const assertOneRequestor = async (ref: RemoteRef): Promise<void> => {
    const before = await shown(ref.id)
    if (before === null) throw gone(ref)
    if (before.ticket.requestors.length > 1) {
      throw new RemoteFault(
        'invalid',
        'the ticket has several requestors; setting one would remove the others',
        {
          field: 'requester',
        },
      )
    }
  }

  const write = async (ref: RemoteRef, fields: ToolFields, version: string | null): Promise<Receipt> => {
    if (fields.description !== undefined) {
      throw new RemoteFault('invalid', 'Request Tracker cannot change the first message of a ticket', {
        field: 'description',
      })
    }
    const body = ticketBody(fields, await directory.multiple())
    if (fields.requester !== undefined) await assertOneRequestor(ref)
    const said = await put(ref, body, version)
    let now = await afterWrite(readBack(ref))
    const still = notTaken(fields, now).filter((field) => field.startsWith('cf:') && fields[field] === null)
    if (still.length > 0) {
      // RT cannot find values of more than 255 characters to remove them, but it can replace them.
      const emptied = Object.fromEntries(still.map((field) => [field.slice('cf:'.length), '']))
      await afterWrite(put(ref, { CustomFields: emptied }, null))
      now = await afterWrite(readBack(ref))
    }
    const [refused] = notTaken(fields, now)
    if (refused === undefined) return DONE
    throw new RemoteFault(
      'invalid',
      `Request Tracker did not take ${refused}: ${said || 'it gives no reason'}`,
      {
        field: refused,
      },
    )
  }

  const put = async (ref: RemoteRef, json: unknown, version: string | null): Promise<string> => {
    const headers = version === null ? {} : { 'if-match': version }
    const response = await rest.send({ method: 'PUT', path: `/ticket/${pathId(ref.id)}`, json, headers })
    return readMessages(response.json())
  }

  /** A refusal may only mean that the ticket is not there: RT says "Permission Denied" to both. */
  const orGone = async <T>(ref: RemoteRef, work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (fault) {
      const isRefusal = isFault(fault) && fault.kind === 'invalid'
      if (isRefusal && (await shown(ref.id)) === null) throw gone(ref)
      throw fault
    }
  }

  const messagePath = (operation: Op<'comment.add'> | Op<'attach'>): string =>
    `/ticket/${pathId(operation.ref.id)}/${operation.visibility === 'public' ? 'correspond' : 'comment'}`

  const comment = async (operation: Op<'comment.add'>): Promise<Receipt> => {
    if (operation.text.trim() === '') throw unsupported('hold an empty message')
    // Perl takes "0" for no text at all.
    const text = operation.text === '0' ? '0\n' : operation.text
    const json = { Content: text, ContentType: contentType() }
    const response = await orGone(
      operation.ref,
      rest.send({ method: 'POST', path: messagePath(operation), json }),
    )
    return { ref: null, elementId: idFromLocation(response.headers['location']), snapshot: null }
  }

  const attach = async (
    operation: Op<'attach'>,
    content: () => AsyncIterable<Uint8Array>,
  ): Promise<Receipt> => {
    if (operation.size === 0) throw unsupported('hold an empty file')
    const most = settings.maxAttachmentBytes ?? DEFAULT_MAX_ATTACHMENT_BYTES
    if (operation.size > most) throw unsupported(`hold a file of more than ${most} bytes`)
    const file = await uploadable(operation, content)
    const multipart: readonly HttpPart[] = [
      { name: 'JSON', content: '{}' },
      { name: 'Attachments', filename: operation.name.replaceAll('"', "'"), size: operation.size, ...file },
    ]
    // Always multipart: in JSON a file name beyond ASCII is garbled or answered with 500. RT keeps a quote in a
    // multipart name as it is escaped, so it is replaced.
    const response = await orGone(
      operation.ref,
      rest.send({ method: 'POST', path: messagePath(operation), multipart }),
    )
    const transactionId = idFromLocation(response.headers['location'])
    if (transactionId === null) return DONE
    const rows = await afterWrite(rest.attachments(operation.ref.id, [transactionId], false))
    const row = rows.find((each) => each.filename !== '')
    if (row === undefined || (row.length !== null && row.length !== operation.size)) {
      throw new RemoteFault(
        'invalid',
        `Request Tracker kept ${row?.length ?? 0} of ${operation.size} bytes of "${operation.name}"`,
      )
    }
    return { ref: null, elementId: row.id, snapshot: null }
  }

  const link = async (operation: Op<'link.add'> | Op<'link.remove'>): Promise<Receipt> => {
    const isAdd = operation.op === 'link.add'
    const said = await put(
      operation.ref,
      { [isAdd ? 'AddRefersTo' : 'DeleteRefersTo']: [operation.url] },
      null,
    )
    const now = await afterWrite(readBack(operation.ref))
    const isThere =
      now.links?.some((each) => each.kind === 'refers-to' && each.url === operation.url) ?? false
    if (isThere === isAdd) return DONE
    throw new RemoteFault('invalid', `Request Tracker did not ${isAdd ? 'add' : 'remove'} the link: ${said}`)
  }

  return async (operation, _key, content) => {
    switch (operation.op) {
      case 'create':
        return create(operation)
      case 'update':
        return write(operation.ref, operation.fields, operation.version)
      case 'transition':
        return write(operation.ref, { ...operation.fields, status: operation.to }, null)
      case 'comment.add':
        return comment(operation)
      case 'attach':
        if (content === undefined) throw new RemoteFault('invalid', 'the file to attach is missing')
        return attach(operation, content)
      case 'link.add':
      case 'link.remove':
        return link(operation)
      case 'comment.edit':
        throw unsupported('change a message')
      case 'comment.delete':
        throw unsupported('delete a message')
      case 'detach':
        throw unsupported('delete an attachment')
    }
  }
}
