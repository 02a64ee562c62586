import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'

/**
 * The bytes of attachments: files named by their own sha-256, so that the same bytes are kept once. They are streamed
 * to a temporary file, hashed on the way, made durable and renamed; nothing is ever held in memory whole, and a file
 * under its final name is complete.
 */
export interface Blobs {
  /**
   * Stores a stream of at most `maxBytes`. Refused: `invalid` when it is longer, `storage-full` when the disk has too
   * little room. A stream that fails leaves nothing behind and its error passes.
   */
  write(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Result<Blob, Refusal>>
  /** Null when it is not here. */
  read(sha256: string, range?: { readonly start: number; readonly end: number }): Promise<BlobReading | null>
  has(sha256: string): Promise<boolean>
}

export interface Blob {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

export interface BlobReading {
  readonly size: number
  readonly stream: AsyncIterable<Uint8Array>
}

const MIN_FREE_BYTES = 256 * 1024 * 1024
/** How often the free space is looked at again during one long stream. */
const LOOK_EVERY_BYTES = 64 * 1024 * 1024
const SHA256 = /^[0-9a-f]{64}$/

const full = (): Refusal =>
  refuse(
    'storage-full',
    'The disk for attachments has less than 256 MiB free. Make room or move the folder, then try again.',
  )

const freeBytes = async (folder: string): Promise<number> => {
  const disk = await statfs(folder)
  return disk.bavail * disk.bsize
}

/** Keeps blobs below `folder`. `free` tells the bytes left there; tests have their own. */
export const blobsIn = async (
  folder: string,
  free: (folder: string) => Promise<number> = freeBytes,
): Promise<Blobs> => {
  const temporary = join(folder, 'incoming')
  await mkdir(temporary, { recursive: true })
  await removeLeftovers(temporary)
  const place = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256)
  const sizeOf = async (sha256: string): Promise<number | null> => {
    if (!SHA256.test(sha256)) return null
    const found = await stat(place(sha256)).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') return null
      throw thrown
    })
    return found?.size ?? null
  }
  return Object.freeze({
    has: async (sha256: string) => (await sizeOf(sha256)) !== null,
    read: async (sha256: string, range?: { readonly start: number; readonly end: number }) => {
      const size = await sizeOf(sha256)
      return size === null ? null : { size, stream: createReadStream(place(sha256), range) }
    },
    write: async (stream: AsyncIterable<Uint8Array>, maxBytes: number) => {
      if ((await free(folder)) < MIN_FREE_BYTES) return err(full())
      const partial = join(temporary, randomUUID())
      try {
        const written = await receive(
          stream,
          partial,
          maxBytes,
          async () => (await free(folder)) >= MIN_FREE_BYTES,
        )
        if (!written.ok) return written
        const target = place(written.value.sha256)
        await mkdir(join(target, '..'), { recursive: true })
        await rename(partial, target)
        return written
      } finally {
        await rm(partial, { force: true })
      }
    },
  })
}

const LEFT_AFTER_MS = 86_400_000

/** What a crash left half-written was never named by anybody. Another process may be writing here now: only old ones go. */
const removeLeftovers = async (temporary: string): Promise<void> => {
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name)
    const found = await stat(path).catch(() => null)
    if (found !== null && Date.now() - found.mtimeMs > LEFT_AFTER_MS) await rm(path, { force: true })
  }
}

const receive = async (
  stream: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
  hasRoom: () => Promise<boolean>,
): Promise<Result<Blob, Refusal>> => {
  const hash = createHash('sha256')
  const file = await open(path, 'wx')
  let size = 0
  let looked = 0
  try {
    for await (const chunk of stream) {
      size += chunk.byteLength
      if (size > maxBytes) {
        return err(
          refuse('invalid', `The file is larger than the ${maxBytes} bytes allowed.`, { field: '/content' }),
        )
      }
      if (size - looked >= LOOK_EVERY_BYTES) {
        looked = size
        if (!(await hasRoom())) return err(full())
      }
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOSPC') return err(full())
    throw thrown
  } finally {
    await file.close()
  }
  return ok({ sha256: hash.digest('hex'), size })
}
