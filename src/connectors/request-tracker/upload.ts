import { RemoteFault } from '../../sync/fault.ts'

/**
 * A file on its way in. RT re-encodes `text/*` that is not UTF-8 and takes `message/*` and `multipart/*` apart, so the
 * bytes would differ: such files go as `application/octet-stream`, which RT keeps as they are.
 */

/** Text up to this size is looked at; larger text loses its media type. */
const LOOK_AT_BYTES = 1024 * 1024

const PLAIN_BYTES = 'application/octet-stream'

export interface Upload {
  readonly mediaType: string
  readonly content: Uint8Array | AsyncIterable<Uint8Array>
}

const gathered = async (content: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let read = 0
  for await (const chunk of content) {
    chunks.push(chunk)
    read += chunk.length
    if (read > size) break
  }
  if (read === size) return Buffer.concat(chunks)
  throw new RemoteFault(
    'down',
    `the file holds ${read < size ? 'less' : 'more'} than the ${size} bytes it should have`,
  )
}

const isPlainUtf8 = (bytes: Uint8Array): boolean => {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  if (hasMark || bytes.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

export const uploadable = async (
  file: { readonly mediaType: string; readonly size: number },
  content: () => AsyncIterable<Uint8Array>,
): Promise<Upload> => {
  const type = file.mediaType.toLowerCase()
  if (!type.startsWith('text/')) {
    return {
      mediaType: /^(message|multipart)\//.test(type) ? PLAIN_BYTES : file.mediaType,
      content: content(),
    }
  }
  if (file.size > LOOK_AT_BYTES) return { mediaType: PLAIN_BYTES, content: content() }
  const bytes = await gathered(content(), file.size)
  return {
    mediaType: isPlainUtf8(bytes) ? (type.split(';', 1)[0] ?? type).trim() : PLAIN_BYTES,
    content: bytes,
  }
}
