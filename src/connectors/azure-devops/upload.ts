import type { Operation } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { type AzureClient, segment } from './client.ts'
import { answers, readAs } from './schema.ts'

/**
 * Bytes for an attachment. Nobody sees them before an item refers to them, so a repeated upload harms nobody. More than
 * 130 MB is taken in pieces only; such a limit has only a server whose administrator raised it.
 */

const IN_ONE_CALL = 130 * 1024 * 1024
const PIECE = 16 * 1024 * 1024

type Attach = Extract<Operation, { op: 'attach' }>
type Bytes = AsyncIterable<Uint8Array>

const cutShort = (read: number, { name, size }: Attach): RemoteFault =>
  new RemoteFault('down', `${read} of the ${size} bytes of ${name} could be read; not attached`)

async function* counted(bytes: Bytes, count: (more: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length)
    yield chunk
  }
}

/** In pieces of one size, the last as it comes. */
async function* inPieces(bytes: Bytes, size: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    let rest = chunk
    while (length + rest.length >= size) {
      const head = rest.subarray(0, size - length)
      yield Buffer.concat([...held, head])
      rest = rest.subarray(head.length)
      held = []
      length = 0
    }
    if (rest.length > 0) held.push(rest)
    length += rest.length
  }
  if (length > 0) yield Buffer.concat(held)
}

const OCTETS = { 'content-type': 'application/octet-stream' }

const atOnce = async (client: AzureClient, path: string, file: Attach, bytes: Bytes) => {
  let read = 0
  const body = counted(bytes, (more) => {
    read += more
  })
  const response = await client.write(
    {
      method: 'POST',
      path,
      query: { fileName: file.name },
      headers: { ...OCTETS, 'content-length': String(file.size) },
      body,
      effect: 'read',
    },
    `attachment ${file.name}`,
  )
  if (read !== file.size) throw cutShort(read, file)
  return readAs(answers.upload, response.json(), 'an upload')
}

const pieceByPiece = async (client: AzureClient, path: string, file: Attach, bytes: Bytes, size: number) => {
  const begun = await client.write(
    {
      method: 'POST',
      path,
      query: { fileName: file.name, uploadType: 'chunked' },
      headers: OCTETS,
      body: new Uint8Array(),
      effect: 'read',
    },
    `attachment ${file.name}`,
  )
  const upload = readAs(answers.upload, begun.json(), 'an upload')
  let read = 0
  for await (const piece of inPieces(bytes, size)) {
    const range = `bytes ${read}-${read + piece.length - 1}/${file.size}`
    read += piece.length
    if (read > file.size) throw cutShort(read, file)
    await client.write(
      {
        method: 'PUT',
        path: `${path}/${upload.id}`,
        query: { fileName: file.name },
        headers: { ...OCTETS, 'content-range': range },
        body: piece,
        effect: 'read',
      },
      `attachment ${file.name}`,
    )
  }
  if (read !== file.size) throw cutShort(read, file)
  return upload
}

export const uploadFile = (
  client: AzureClient,
  project: string,
  file: Attach,
  bytes: Bytes,
  limits = { inOneCall: IN_ONE_CALL, piece: PIECE },
): Promise<{ readonly id: string; readonly url: string }> => {
  const path = `/${segment(project)}/_apis/wit/attachments`
  return file.size <= limits.inOneCall
    ? atOnce(client, path, file, bytes)
    : pieceByPiece(client, path, file, bytes, limits.piece)
}
