import type { Readable } from 'node:stream'

/** The lines of a stream one by one, with a look ahead. A line longer than the limit is no backup of ours. */
export interface LineReader {
  /** null at the end. */
  next(): Promise<string | null>
  peek(): Promise<string | null>
  fail(error: Error): void
  close(): void
}

const MAX_LINE_CHARS = 256 * 1024 * 1024

async function* linesOf(stream: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let rest = ''
  for await (const chunk of stream) {
    const pieces = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
    rest = pieces.pop() ?? ''
    if (rest.length > MAX_LINE_CHARS) throw new RangeError('a line of the backup is too long')
    for (const piece of pieces) if (piece !== '') yield piece
  }
  if (rest !== '') yield rest
}

export const readLines = (stream: Readable): LineReader => {
  const lines = linesOf(stream)
  let ahead: string | null | undefined
  const read = async (): Promise<string | null> => {
    const next = await lines.next()
    return next.done ? null : next.value
  }
  return {
    next: async () => {
      const line = ahead === undefined ? await read() : ahead
      ahead = undefined
      return line
    },
    peek: async () => {
      if (ahead === undefined) ahead = await read()
      return ahead
    },
    fail: (error) => stream.destroy(error),
    close: () => stream.destroy(),
  }
}
