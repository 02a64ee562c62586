import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { SYSTEM } from '../domain/actor.ts'
import { uuidv7 } from '../lib/ids.ts'
import { insertAttachment } from '../store/attachments.ts'
import { blobsIn } from '../store/blobs.ts'
import { checkBlobsFolder, markBlobsFolder } from './blobs-folder.ts'

let test: TestDatabase
const folders: string[] = []
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(async () => {
  await test.db.deleteFrom('setting').where('key', '=', 'installation').execute()
  await test.db.deleteFrom('attachment').execute()
})
afterAll(async () => {
  await test.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const machine = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-blobs-'))
  folders.push(folder)
  return folder
}

const start = async (folder: string) =>
  checkBlobsFolder({ db: test.db, blobs: await blobsIn(folder), folder, newId: uuidv7 })

const attach = async (folder: string): Promise<void> => {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('bytes')
  }
  const written = await (await blobsIn(folder)).write(bytes(), 100)
  if (!written.ok) throw new Error(written.error.detail)
  const { sha256, size } = written.value
  await test.db.transaction().execute((tx) =>
    insertAttachment(tx, {
      id: uuidv7(),
      record: { kind: 'ticket', id: uuidv7() },
      commentId: null,
      author: SYSTEM,
      name: 'a.log',
      mediaType: 'text/plain',
      size,
      sha256,
      audience: 'staff',
      state: 'stored',
      sourceConnection: null,
      at: new Date('2026-03-02T09:00:00Z'),
    }),
  )
}

describe('the folder of attachments', () => {
  it('is shared by every process that starts on it, also by two that start for the first time at once', async () => {
    const folder = machine()
    const both = await Promise.all([start(folder), start(folder)])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect((await start(folder)).ok).toBe(true)
  })

  it('stops a process that has an empty one of its own, because its files would be nowhere for the others', async () => {
    expect((await start(machine())).ok).toBe(true)
    const own = machine()
    const refused = await start(own)
    expect(refused).toEqual({ ok: false, error: expect.stringContaining(`${own} is not the folder`) })
    expect(refused.ok ? '' : refused.error).toContain('mount it here, or correct CAUSEWAY_DATA')
  })

  it('stops a process whose folder is another installation’s, and leaves that one’s mark alone', async () => {
    const theirs = machine()
    writeFileSync(join(theirs, 'installation'), 'another one\n')
    expect(await start(theirs)).toEqual({
      ok: false,
      error: expect.stringContaining('another installation'),
    })
    expect(readFileSync(join(theirs, 'installation'), 'utf8')).toBe('another one\n')
  })

  it('is known by its files where it was in use before there were marks, whichever machine starts first', async () => {
    const [shared, own] = [machine(), machine()]
    await attach(shared)
    expect((await start(own)).ok).toBe(false)
    expect((await start(shared)).ok).toBe(true)
    expect((await start(own)).ok).toBe(false)
  })

  it('can be replaced by the id that the refusal names, because lost files must not keep Causeway from starting', async () => {
    await start(machine())
    const empty = machine()
    const refused = await start(empty)
    const id = /write (\S+) into/.exec(refused.ok ? '' : refused.error)?.[1] ?? ''
    writeFileSync(join(empty, 'installation'), `${id}\n`)
    expect((await start(empty)).ok).toBe(true)
  })

  it('is the one a backup was restored into', async () => {
    await start(machine())
    const restored = machine()
    await markBlobsFolder({ db: test.db, folder: restored, newId: uuidv7 })
    expect((await start(restored)).ok).toBe(true)
  })
})
