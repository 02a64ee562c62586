import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Folders of backups that are being written or sent. The name is ours alone: nothing of anybody else is removed. */
const PREFIX = '.causeway-backup-'

/** A backup that is being written grows all the time; one that is being sent is open and may lose its name. */
const WRITTEN_WITHIN_MS = 10 * 60_000

export const newUnfinished = (dataDir: string): Promise<string> => mkdtemp(join(dataDir, PREFIX))

/**
 * Removes what a process left that died while it wrote or sent a backup. `alone`: no other process uses this folder, so
 * all of it is left over; otherwise only what nobody has written to for a while.
 */
export const removeUnfinished = async (
  dataDir: string,
  options: { readonly alone: boolean; readonly now: Date },
): Promise<void> => {
  const names = (await readdir(dataDir)).filter((name) => name.startsWith(PREFIX))
  for (const name of names) {
    const folder = join(dataDir, name)
    const isLeft = options.alone || options.now.getTime() - (await writtenAt(folder)) > WRITTEN_WITHIN_MS
    if (isLeft) await rm(folder, { recursive: true, force: true })
  }
}

const writtenAt = async (folder: string): Promise<number> => {
  const inside = (await readdir(folder)).map((name) => join(folder, name))
  const times = await Promise.all([folder, ...inside].map(async (path) => (await stat(path)).mtimeMs))
  return Math.max(...times)
}
