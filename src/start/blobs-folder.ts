import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { err, ok, type Result } from '../lib/result.ts'
import { latestStoredFiles } from '../store/attachments.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Database } from '../store/database.ts'
import { putSettingOnce } from '../store/settings.ts'

/**
 * The bytes of attachments lie in a folder that all processes on one database share. Nothing else would tell that two
 * of them have different ones, until somebody opens a file that is not there. So the folder carries the installation's
 * id, which the database knows: the first process to start marks it, and one that finds no mark, or another, does not
 * start.
 */
const MARK = 'installation'
/** So many files tell whether an unmarked folder is the one that was used before there were marks. */
const FILES_LOOKED_FOR = 5

export interface BlobsFolder {
  readonly db: Database
  readonly blobs: Blobs
  /** Where `blobs` lie. */
  readonly folder: string
  readonly newId: () => string
}

/** An error is a sentence for the person who starts us. */
export const checkBlobsFolder = async (at: BlobsFolder): Promise<Result<void, string>> => {
  const known = await claim(at)
  const mark = readMark(at.folder)
  if (mark === known) return ok(undefined)
  return err(mark === null ? withoutMark(at.folder, known) : withOtherMark(at.folder))
}

/** After a restore: the files were just put there, so the folder is the database's whatever stood in it. */
export const markBlobsFolder = async (at: Omit<BlobsFolder, 'blobs'>): Promise<void> => {
  const id = await at.db.transaction().execute((tx) => putSettingOnce(tx, 'installation', at.newId()))
  writeFileSync(join(at.folder, MARK), `${id}\n`)
}

/**
 * The installation's id. Whoever gives it also marks the folder, before anybody else can see the id: of two processes
 * that start for the first time at once, the second finds both. A folder without a mark that holds the database's files
 * is marked whenever it is met: it was in use before there were marks.
 */
const claim = ({ db, blobs, folder, newId }: BlobsFolder): Promise<string> =>
  db.transaction().execute(async (tx) => {
    const mine = newId()
    const known = await putSettingOnce(tx, 'installation', mine)
    if (readMark(folder) !== null) return known
    const files = await latestStoredFiles(tx, FILES_LOOKED_FOR)
    const here = await Promise.all(files.map((sha256) => blobs.has(sha256)))
    if (here.includes(true) || (known === mine && files.length === 0)) writeMark(folder, known)
    return known
  })

const writeMark = (folder: string, id: string): void => {
  try {
    writeFileSync(join(folder, MARK), `${id}\n`, { flag: 'wx' })
  } catch (error) {
    // a mark that is there already is compared, never replaced
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

const readMark = (folder: string): string | null => {
  try {
    return readFileSync(join(folder, MARK), 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const SHARE =
  'All processes on one database share one such folder: mount it here, or correct CAUSEWAY_DATA (docs/operating/several-workers.md).'

const withoutMark = (folder: string, id: string): string =>
  `${folder} is not the folder in which the attachments of this database lie: it has no file '${MARK}'. ${SHARE} If the attachments are lost for good, write ${id} into ${join(folder, MARK)} and start again.`

const withOtherMark = (folder: string): string =>
  `${folder} holds the attachments of another installation, not of this database. ${SHARE}`
