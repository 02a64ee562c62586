import { statfs } from 'node:fs/promises'

/**
 * Looks every few seconds how much room the data folder's disk has. Writes stop *before* the disk is full: without
 * room for a write-ahead segment the embedded engine freezes, and then not even reading works.
 */
export interface DiskWatch {
  /** Less is free than must stay free, as of the last look. */
  isNearlyFull(): boolean
  freeBytes(): number | null
  /** Looks now. */
  look(): Promise<void>
  stop(): void
}

const LOOK_EVERY_MS = 2_000

export const watchDisk = async (options: {
  readonly folder: string
  readonly minFreeBytes: number
  /** Bytes free in the folder, for tests. */
  readonly freeIn?: (folder: string) => Promise<number>
}): Promise<DiskWatch> => {
  const freeIn = options.freeIn ?? freeBytesIn
  let free: number | null = null
  const look = async (): Promise<void> => {
    // a folder that cannot be looked at says nothing about its disk: the last known figure stands
    free = await freeIn(options.folder).catch(() => free)
  }
  await look()
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  timer.unref()
  return {
    isNearlyFull: () => free !== null && free < options.minFreeBytes,
    freeBytes: () => free,
    look,
    stop: () => clearInterval(timer),
  }
}

const freeBytesIn = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
