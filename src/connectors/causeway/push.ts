import { byteSize } from '../../lib/byte-size.ts'
import { isId } from '../../lib/ids.ts'
import type { HttpRequest, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { PartnerClient } from './client.ts'
import { snapshotOf, wireFields } from './convert.ts'
import { answers } from './schema.ts'

/** One write is one call; a file is asked about first, and a status with fields is two. */

type Method = HttpRequest['method']
type Attach = Extract<Operation, { readonly op: 'attach' }>
type Bytes = () => AsyncIterable<Uint8Array>

const NOTHING: Receipt = { ref: null, elementId: null, snapshot: null }

/** What is no id of theirs is nowhere there, and goes into no address. */
export const pathOf = (place: 'items' | 'comments' | 'attachments', id: string, below = ''): string => {
  if (isId(id)) return `/${place}/${id}${below}`
  throw new RemoteFault('gone', `“${id.slice(0, 60)}” is no id of a Causeway.`)
}

export const push = async (
  client: PartnerClient,
  operation: Operation,
  key: string,
  content?: Bytes,
): Promise<Receipt> => {
  const headers = { 'idempotency-key': key }
  const item = async (method: Method, path: string, json: unknown, more = {}): Promise<Receipt> => {
    const snapshot = snapshotOf(await client.ask({ method, path, json, ...more }, answers.item))
    return { ref: snapshot.ref, elementId: null, snapshot }
  }
  const made = async (request: HttpRequest): Promise<Receipt> => {
    const { id } = await client.ask({ ...request, headers: { ...request.headers, ...headers } }, answers.made)
    return { ...NOTHING, elementId: id }
  }
  /** What was taken away before, by us with a lost answer or by them, is away. */
  const taken = async (path: string): Promise<Receipt> => {
    await client.tell({ method: 'DELETE', path }).catch((thrown: unknown) => {
      if (!isFault(thrown) || thrown.kind !== 'gone') throw thrown
    })
    return NOTHING
  }

  switch (operation.op) {
    case 'create': {
      const { marker, container } = operation
      return item('POST', '/items', { marker, container, fields: wireFields(operation.fields) }, { headers })
    }
    case 'update': {
      const version = operation.version ?? undefined
      return item('PATCH', pathOf('items', operation.ref.id), {
        fields: wireFields(operation.fields),
        version,
      })
    }
    case 'transition': {
      const { ref, to, fields } = operation
      if (Object.keys(fields).length > 0)
        await item('PATCH', pathOf('items', ref.id), { fields: wireFields(fields) })
      return item('POST', pathOf('items', ref.id, '/status'), { to })
    }
    case 'comment.add': {
      const { visibility, text } = operation
      return made({
        method: 'POST',
        path: pathOf('items', operation.ref.id, '/comments'),
        json: { visibility, text },
      })
    }
    case 'comment.edit':
      await client.tell({
        method: 'PUT',
        path: pathOf('comments', operation.commentId),
        json: { text: operation.text },
      })
      return NOTHING
    case 'comment.delete':
      return taken(pathOf('comments', operation.commentId))
    case 'attach':
      return made(await upload(client, operation, content))
    case 'detach':
      return taken(pathOf('attachments', operation.attachmentId))
    case 'link.add':
    case 'link.remove':
      throw new RemoteFault('invalid', 'Between two installations of Causeway no links are kept.')
  }
}

/** Their limit is asked for first: a server that refuses a stream breaks it off, and then nobody knows what happened. */
const upload = async (
  client: PartnerClient,
  { ref, name, mediaType, size, visibility }: Attach,
  content: Bytes | undefined,
): Promise<HttpRequest> => {
  if (content === undefined) throw new RemoteFault('invalid', 'An attachment needs its bytes.')
  const path = pathOf('items', ref.id, '/attachments')
  const { files, maxFileBytes } = (await client.about()).about
  if (!files) throw new RemoteFault('invalid', 'They do not let us attach files.')
  if (size > maxFileBytes)
    throw new RemoteFault('invalid', `They take files of at most ${byteSize(maxFileBytes)}.`)
  const isPlainType = /^[\w.+-]+\/[\w.+-]+$/.test(mediaType)
  const headers = {
    'content-type': isPlainType ? mediaType : 'application/octet-stream',
    'content-length': String(size),
  }
  return { method: 'POST', path, query: { name, visibility }, headers, body: content() }
}
