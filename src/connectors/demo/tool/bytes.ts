import { createHash } from 'node:crypto'
import type { PatternBytes } from './model.ts'

const CHUNK = 65_536

/** Deterministic bytes of any size, 64 KiB at a time: a 900 MB file that nobody has to store. No two chunks are alike. */
export async function* patternBytes({ size, seed }: PatternBytes): AsyncGenerator<Uint8Array> {
  const block = noise(seed)
  for (let at = 0; at < size; at += CHUNK) {
    // a copy: whoever reads may keep it
    const chunk = Buffer.from(block.subarray(0, Math.min(CHUNK, size - at)))
    if (chunk.length >= 6) chunk.writeUIntBE(at, 0, 6)
    yield chunk
  }
}

/** One chunk of a linear congruential sequence (Numerical Recipes' constants). */
const noise = (seed: number): Buffer => {
  const block = Buffer.alloc(CHUNK)
  let word = seed >>> 0
  for (let index = 0; index < CHUNK; index += 1) {
    word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0
    block[index] = word >>> 24
  }
  return block
}

export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/**
 * Reads a stream to its end: its size and sha256, and the bytes themselves while they are no more than `keepUpTo`.
 */
export const takeIn = async (
  stream: AsyncIterable<Uint8Array>,
  keepUpTo: number,
): Promise<{ size: number; sha256: string; bytes: Uint8Array | null }> => {
  const hash = createHash('sha256')
  let kept: Uint8Array[] | null = []
  let size = 0
  for await (const chunk of stream) {
    hash.update(chunk)
    size += chunk.length
    if (size > keepUpTo) kept = null
    kept?.push(chunk)
  }
  return { size, sha256: hash.digest('hex'), bytes: kept === null ? null : Buffer.concat(kept) }
}
