import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256 } from '../lib/stable.ts'
import { type Blobs, blobsIn } from './blobs.ts'

const MIB = 1024 * 1024

let folder: string
let blobs: Blobs
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causeway-blobs-'))
  blobs = await blobsIn(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function* streamOf(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

const readAll = async (hash: string, range?: { start: number; end: number }): Promise<Buffer | null> => {
  const reading = await blobs.read(hash, range)
  if (reading === null) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of reading.stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const incoming = (): Promise<string[]> => readdir(join(folder, 'incoming'))

describe('blobs', () => {
  it('give back exactly the bytes that were streamed in, named by their hash, however they were cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), async (chunks) => {
        const whole = Buffer.concat(chunks)
        const written = await blobs.write(streamOf(...chunks), MIB)
        expect(written).toEqual({ ok: true, value: { sha256: sha256(whole), size: whole.length } })
        expect(await readAll(sha256(whole))).toEqual(whole)
      }),
      { numRuns: 25 },
    )
    expect(await incoming()).toEqual([])
  })

  it('keep the same bytes once, also when two write them at the same time', async () => {
    const bytes = Buffer.from('the same')
    await Promise.all([blobs.write(streamOf(bytes), 100), blobs.write(streamOf(bytes), 100)])
    expect(await readdir(join(folder, sha256(bytes).slice(0, 2)))).toContain(sha256(bytes))
    expect(await readAll(sha256(bytes), { start: 4, end: 7 })).toEqual(Buffer.from('same'))
  })

  it('refuse what is longer than allowed as soon as it is, and keep nothing of it', async () => {
    let pulled = 0
    const endless = async function* () {
      for (;;) {
        pulled += 1
        yield Buffer.alloc(10)
      }
    }
    expect(await blobs.write(endless(), 95)).toMatchObject({ ok: false, error: { code: 'invalid' } })
    expect(pulled).toBe(10)
    expect(await incoming()).toEqual([])
  })

  it('leave nothing behind when the sender breaks off', async () => {
    const broken = async function* () {
      yield Buffer.from('half')
      throw new Error('connection lost')
    }
    await expect(blobs.write(broken(), 100)).rejects.toThrow('connection lost')
    expect(await blobs.has(sha256('half'))).toBe(false)
    expect(await incoming()).toEqual([])
  })

  it('refuse before the disk is full, at the start and in the middle of a long file', async () => {
    const tight = await blobsIn(folder, async () => 255 * MIB)
    expect(await tight.write(streamOf(Buffer.from('x')), 100)).toMatchObject({
      ok: false,
      error: { code: 'storage-full' },
    })
    const looks = [300 * MIB, 200 * MIB]
    const filling = await blobsIn(folder, async () => looks.shift() ?? 0)
    const long = Array.from({ length: 65 }, () => Buffer.alloc(MIB))
    expect(await filling.write(streamOf(...long), 100 * MIB)).toMatchObject({
      ok: false,
      error: { code: 'storage-full' },
    })
    expect(await incoming()).toEqual([])
  })

  it('do not read a path for a hash', async () => {
    expect(await blobs.read('../../../etc/passwd')).toBeNull()
    expect(await blobs.has('0'.repeat(64))).toBe(false)
  })
})
