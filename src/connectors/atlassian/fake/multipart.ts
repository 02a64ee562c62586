/** The one file of a form, as a server reads it: no name is unescaped. */
export const fileIn = (
  body: Buffer,
  contentType: string,
): { readonly filename: string; readonly mimeType: string; readonly bytes: Buffer } | null => {
  const boundary = /boundary=([\w-]+)/.exec(contentType)?.[1]
  if (boundary === undefined) return null
  const headEnd = body.indexOf('\r\n\r\n')
  const end = body.lastIndexOf(`\r\n--${boundary}--`)
  if (headEnd < 0 || end < headEnd) return null
  const head = body.subarray(0, headEnd).toString('utf8')
  const filename = /filename="([^"]*)"/.exec(head)?.[1]
  if (filename === undefined || !/name="file"/.test(head)) return null
  const mimeType = /Content-Type: (.+)/.exec(head)?.[1]?.trim() ?? 'application/octet-stream'
  return { filename, mimeType, bytes: Buffer.from(body.subarray(headEnd + 4, end)) }
}
