import type { Upload } from './writes.ts'

/** Reads `multipart/form-data` as Starlet does: RT keeps a file name as it was escaped. */
export interface Form {
  readonly json: string | null
  readonly files: readonly Upload[]
}

export const readForm = (bytes: Buffer, contentType: string): Form => {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1]
  const files: Upload[] = []
  let json: string | null = null
  if (boundary === undefined) return { json, files }
  const mark = Buffer.from(`--${boundary}`)
  for (let at = bytes.indexOf(mark); at >= 0; ) {
    const end = bytes.indexOf(mark, at + mark.length)
    if (end < 0) break
    const part = bytes.subarray(at + mark.length + 2, end - 2)
    const split = part.indexOf('\r\n\r\n')
    const head = part.subarray(0, split).toString('utf8')
    const content = part.subarray(split + 4)
    const filename = /filename="([^"]*)"/.exec(head)?.[1]
    if (/name="JSON"/.test(head)) json = content.toString('utf8')
    else if (filename !== undefined) {
      const mediaType = /content-type: *([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream'
      files.push({
        filename,
        mediaType: (mediaType.split(';', 1)[0] ?? '').trim(),
        content: Buffer.from(content),
      })
    }
    at = end
  }
  return { json, files }
}
