export type End = '\n' | '\0'

/** Cuts bytes that come in chunks into the pieces that a byte ends. */
export interface Pieces {
  /** The pieces that this chunk ends. */
  of(chunk: Buffer): readonly string[]
  /** What stands after the last end, if anything. */
  rest(): readonly string[]
}

/** Of a piece only the first bytes are kept: a message of a gigabyte is no reason to hold one. */
export const splitPieces = (end: End, limit: number): Pieces => {
  const byte = end.charCodeAt(0)
  let held: Buffer[] = []
  let size = 0
  const keep = (part: Buffer): void => {
    const kept = part.subarray(0, Math.max(0, limit - size))
    if (kept.length === 0) return
    held.push(kept)
    size += kept.length
  }
  const take = (): string => {
    const text = Buffer.concat(held).toString('utf8')
    held = []
    size = 0
    return text
  }
  return {
    of: (chunk) => {
      const pieces: string[] = []
      let from = 0
      for (let to = chunk.indexOf(byte); to !== -1; to = chunk.indexOf(byte, from)) {
        if (size === 0) pieces.push(chunk.toString('utf8', from, Math.min(to, from + limit)))
        else {
          keep(chunk.subarray(from, to))
          pieces.push(take())
        }
        from = to + 1
      }
      keep(chunk.subarray(from))
      return pieces
    },
    rest: () => (size === 0 ? [] : [take()]),
  }
}
