import type { FieldWrite, Http, HttpRequest, Operation, Receipt } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolFields } from '../../sync/snapshot.ts'
import { fieldsOf, snapshotOf } from './convert.ts'
import {
  aboutShape,
  descriptionShape,
  listShape,
  overwrittenShape,
  refusalShape,
  shownShape,
  type WireAbout,
  type WireDescription,
  type WireItem,
  writtenShape,
} from './schema.ts'

/** The calls of the demo tool's API: addresses, refusals, shapes. */
export interface DemoClient {
  about(): Promise<WireAbout>
  description(): Promise<WireDescription>
  list(
    query: NonNullable<HttpRequest['query']>,
  ): Promise<{ items: readonly WireItem[]; more: boolean; time: string }>
  get(id: string): Promise<WireItem | 'gone'>
  write(operation: Operation, key: string, content?: () => AsyncIterable<Uint8Array>): Promise<Receipt>
  overwritten(write: FieldWrite): Promise<ToolFields>
  download(
    id: string,
    attachmentId: string,
  ): Promise<{ size: number | null; stream: AsyncIterable<Uint8Array> }>
}

interface Shape<T> {
  Check(value: unknown): value is T
}

export const createDemoClient = (http: Http, baseUrl: string): DemoClient => {
  const read = async <T>(path: string, shape: Shape<T>, query: HttpRequest['query'] = {}): Promise<T> => {
    const response = await http.request({ method: 'GET', path, query })
    const body = response.json()
    if (!shape.Check(body))
      throw new RemoteFault('down', `The tool's answer to GET ${path} is not what its API promises.`)
    return body
  }

  return {
    about: () => read('/api/about', aboutShape),
    description: () => read('/api/description', descriptionShape),
    list: (query) => read('/api/items', listShape, query),
    get: async (id) => {
      const response = await http.request({ method: 'GET', path: item(id), accept: [404] })
      if (response.status === 404) return 'gone'
      const body = response.json()
      if (!shownShape.Check(body))
        throw new RemoteFault('down', 'The tool answered something that is not an item.')
      return body.item
    },
    write: async (operation, key, content) => {
      const request = requestOf(operation, content)
      const response = await http.request({
        ...request,
        headers: { ...request.headers, 'idempotency-key': key },
        accept: [400, 403, 404, 409, 422],
      })
      const body = response.json()
      if (response.status >= 400) throw refusal(response.status, body)
      // done, but by whom and as what? Only reading back can tell
      if (!writtenShape.Check(body))
        throw new RemoteFault('unknown', 'The tool answered a write with something else.')
      return {
        ref: operation.op === 'create' ? { id: body.id } : null,
        elementId: body.element,
        snapshot: body.item === null ? null : snapshotOf(body.item, baseUrl),
        ...(body.overwrote === undefined ? {} : { overwrote: fieldsOf(body.overwrote) }),
      }
    },
    overwritten: async (write) => {
      const fields = write.op === 'update' ? write.fields : { ...write.fields, status: write.to }
      const query = { since: sinceOf(write) ?? '', fields: JSON.stringify(fields) }
      return fieldsOf((await read(`${item(write.ref.id)}/overwritten`, overwrittenShape, query)).overwrote)
    },
    download: async (id, attachmentId) => {
      const path = `${item(id)}/attachments/${encodeURIComponent(attachmentId)}`
      const { size, stream } = await http.download({ method: 'GET', path })
      return { size, stream: whole(stream, size) }
    },
  }
}

const sinceOf = (write: FieldWrite): string | null =>
  write.since ?? (write.op === 'update' ? write.version : null)

const item = (id: string): string => `/api/items/${encodeURIComponent(id)}`

const requestOf = (
  operation: Operation,
  content: (() => AsyncIterable<Uint8Array>) | undefined,
): HttpRequest => {
  if (operation.op === 'create') {
    const { container, fields, marker } = operation
    return { method: 'POST', path: '/api/items', json: { container, fields, marker } }
  }
  const path = item(operation.ref.id)
  const part = (name: string, id: string): string => `${path}/${name}/${encodeURIComponent(id)}`
  switch (operation.op) {
    case 'update':
      return {
        method: 'PATCH',
        path,
        json: { fields: operation.fields, version: operation.version, since: sinceOf(operation) },
      }
    case 'transition':
      return {
        method: 'POST',
        path: `${path}/transition`,
        json: { to: operation.to, fields: operation.fields, since: sinceOf(operation) },
      }
    case 'comment.add':
      return {
        method: 'POST',
        path: `${path}/comments`,
        json: { text: operation.text, visibility: operation.visibility },
      }
    case 'comment.edit':
      return { method: 'PATCH', path: part('comments', operation.commentId), json: { text: operation.text } }
    case 'comment.delete':
      return { method: 'DELETE', path: part('comments', operation.commentId) }
    case 'attach': {
      if (content === undefined) throw new RemoteFault('invalid', 'An attachment needs its bytes.')
      const { name, mediaType, size, visibility } = operation
      const headers = { 'content-type': 'application/octet-stream' }
      return {
        method: 'POST',
        path: `${path}/attachments`,
        query: { name, mediaType, size, visibility },
        headers,
        body: content(),
      }
    }
    case 'detach':
      return { method: 'DELETE', path: part('attachments', operation.attachmentId) }
    case 'link.add':
      return { method: 'POST', path: `${path}/links`, json: { url: operation.url, title: operation.title } }
    case 'link.remove':
      return { method: 'DELETE', path: `${path}/links`, query: { url: operation.url } }
  }
}

const refusal = (status: number, body: unknown): RemoteFault => {
  const { error, field } = refusalShape.Check(body)
    ? body
    : { error: `The tool answered ${status}.`, field: null }
  const kind = status === 404 ? 'gone' : status === 409 ? 'conflict' : 'invalid'
  return new RemoteFault(kind, error, { field })
}

/** The whole file, or a fault: a stream that merely ends early must not pass for one. */
async function* whole(stream: AsyncIterable<Uint8Array>, size: number | null): AsyncGenerator<Uint8Array> {
  let passed = 0
  for await (const chunk of stream) {
    passed += chunk.length
    yield chunk
  }
  if (size !== null && passed !== size)
    throw new RemoteFault('down', `The file ended after ${passed} of ${size} bytes.`)
}
