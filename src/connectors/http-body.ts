import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { HttpPart, HttpRequest } from '../sync/connector.ts'

/** Turns the body of a request into what goes over the wire. Streams stay streams: nothing is gathered in memory. */
export interface WireBody {
  readonly body: string | Uint8Array | Readable | null
  readonly headers: Readonly<Record<string, string>>
  readonly streamed: boolean
}

const JSON_HEADERS = Object.freeze({ 'content-type': 'application/json' })
const NONE: WireBody = Object.freeze({ body: null, headers: Object.freeze({}), streamed: false })

/** As browsers write file names in multipart (WHATWG HTML, "multipart/form-data encoding algorithm"). */
const quoted = (text: string): string =>
  text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** A media type is put into a header: anything odd in it is replaced, never passed on. */
const safeMediaType = (type: string): string =>
  /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+="?[\w.-]+"?)*$/.test(type) ? type : 'application/octet-stream'

const partHead = (part: HttpPart, boundary: string): Buffer => {
  const filename = part.filename === undefined ? '' : `; filename="${quoted(part.filename)}"`
  const type =
    part.mediaType === undefined && part.filename === undefined
      ? ''
      : `Content-Type: ${safeMediaType(part.mediaType ?? 'application/octet-stream')}\r\n`
  return Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(part.name)}"${filename}\r\n${type}\r\n`,
  )
}

const contentSize = (part: HttpPart): number | null => {
  if (typeof part.content === 'string') return Buffer.byteLength(part.content)
  if (part.content instanceof Uint8Array) return part.content.length
  return part.size ?? null
}

async function* partsOnWire(parts: readonly HttpPart[], boundary: string): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    yield partHead(part, boundary)
    if (typeof part.content === 'string') yield Buffer.from(part.content)
    else if (part.content instanceof Uint8Array) yield part.content
    else yield* part.content
    yield Buffer.from('\r\n')
  }
  yield Buffer.from(`--${boundary}--\r\n`)
}

const multipart = (parts: readonly HttpPart[]): WireBody => {
  const boundary = `causeway-${randomBytes(16).toString('hex')}`
  const sizes = parts.map((part) => {
    const size = contentSize(part)
    return size === null ? null : partHead(part, boundary).length + size + 2
  })
  const known = sizes.every((size) => size !== null)
  const total = sizes.reduce<number>((sum, size) => sum + (size ?? 0), boundary.length + 6)
  return {
    body: Readable.from(partsOnWire(parts, boundary), { objectMode: false }),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      // A tool that wants a length gets one when every part's is known; a stream that differs from it fails the call.
      ...(known ? { 'content-length': String(total) } : {}),
    },
    streamed: true,
  }
}

/** At most one of `json`, `multipart` and `body` counts, in this order. */
export const wireBody = (request: HttpRequest): WireBody => {
  if (request.json !== undefined)
    return { body: JSON.stringify(request.json), headers: JSON_HEADERS, streamed: false }
  if (request.multipart !== undefined) return multipart(request.multipart)
  if (request.body === undefined) return NONE
  if (request.body instanceof Uint8Array)
    return { body: request.body, headers: NONE.headers, streamed: false }
  return { body: Readable.from(request.body, { objectMode: false }), headers: NONE.headers, streamed: true }
}
