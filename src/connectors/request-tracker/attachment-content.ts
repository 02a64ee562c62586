import { RemoteFault } from '../../sync/fault.ts'

/**
 * The file inside `GET /attachment/{id}`: base64 in the member `Content` of a JSON object. Taken out while it arrives,
 * so that a file of any size needs the memory of one chunk. Reads just as much JSON as that needs: strings, nesting.
 */

const MAX_KEY_CHARS = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c

const isBase64 = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2b ||
  byte === 0x2f ||
  byte === 0x3d

const broken = (why: string): RemoteFault =>
  new RemoteFault('down', `Request Tracker sent an attachment that ${why}`)

/** Between chunks: where in the JSON we are. `wanted`: the string being read is the file. */
interface Place {
  depth: number
  inString: boolean
  escaped: boolean
  wanted: boolean
  key: string
  afterColon: boolean
  found: boolean
}

/**
 * Moves over one chunk and collects the base64 characters in it. Line breaks are escaped (`\n`) in the JSON, so an
 * escaped character is dropped, but `\/` is a slash.
 */
const collect = (place: Place, chunk: Uint8Array, into: Buffer): number => {
  let count = 0
  for (const byte of chunk) {
    if (place.inString) {
      if (place.escaped) {
        place.escaped = false
        if (place.wanted && byte === 0x2f) into[count++] = byte
        if (!place.wanted) place.key = ''
      } else if (byte === BACKSLASH) place.escaped = true
      else if (byte === QUOTE) {
        place.inString = false
        if (place.wanted) place.found = true
        place.wanted = false
      } else if (place.wanted) {
        if (!isBase64(byte)) throw broken('is not base64')
        into[count++] = byte
      } else if (place.key.length < MAX_KEY_CHARS) place.key += String.fromCharCode(byte)
      continue
    }
    switch (byte) {
      case QUOTE:
        place.inString = true
        place.wanted = place.depth === 1 && place.afterColon && place.key === 'Content' && !place.found
        if (!place.wanted && !place.afterColon) place.key = ''
        break
      case 0x3a: // :
        place.afterColon = true
        break
      case 0x2c: // ,
        place.afterColon = false
        place.key = ''
        break
      case 0x7b: // {
      case 0x5b: // [
        place.depth += 1
        place.afterColon = false
        place.key = ''
        break
      case 0x7d: // }
      case 0x5d: // ]
        place.depth -= 1
        place.afterColon = false
        break
    }
  }
  return count
}

export async function* attachmentContent(json: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const place: Place = {
    depth: 0,
    inString: false,
    escaped: false,
    wanted: false,
    key: '',
    afterColon: false,
    found: false,
  }
  let left: Buffer = Buffer.alloc(0)
  let ended = false
  for await (const chunk of json) {
    const text = Buffer.allocUnsafe(left.length + chunk.length)
    left.copy(text)
    const size = left.length + collect(place, chunk, text.subarray(left.length))
    // Whole groups of four are decoded at once; the rest waits for the next chunk.
    const whole = size - (size % 4)
    if (whole > 0) {
      if (ended) throw broken('goes on after its end')
      const encoded = text.toString('latin1', 0, whole)
      ended = encoded.includes('=')
      yield Buffer.from(encoded, 'base64')
    }
    left = Buffer.from(text.subarray(whole, size))
  }
  if (left.length > 0) throw broken('ends in the middle of a group')
  if (!place.found || place.depth !== 0) throw broken('is not complete')
}
