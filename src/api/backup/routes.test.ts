import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { buildServer } from '../server.ts'
import { removeUnfinished } from './unfinished.ts'

let api: TestApi
let admin: string
beforeAll(async () => {
  api = await openTestApi()
  admin = await api.tokenOf('owner')
})
afterAll(() => api.close())

const backup = () =>
  api.server.app.inject({ url: '/api/v1/backup', headers: { authorization: `Bearer ${admin}` } })
const unfinished = (): readonly string[] =>
  readdirSync(api.deps.config.dataDir).filter((name) => name.startsWith('.causeway-backup-'))
const leave = (name: string, ageMs: number): void => {
  const folder = join(api.deps.config.dataDir, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'backup.ndjson.gz'), 'half')
  const at = new Date(Date.now() - ageMs)
  for (const path of [join(folder, 'backup.ndjson.gz'), folder]) utimesSync(path, at, at)
}

it('says how large it is, and leaves nothing beside the data when it was sent', async () => {
  const answer = await backup()
  expect([answer.statusCode, Number(answer.headers['content-length'])]).toEqual([
    200,
    answer.rawPayload.length,
  ])
  await expect.poll(unfinished).toEqual([])
})

it('is not begun without room for it, because a full disk stops the whole server', async () => {
  api.disk.nearlyFull = true
  const answer = await backup()
  api.disk.nearlyFull = false
  expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'storage-full'])
  expect(answer.json<{ detail: string }>().detail).toContain('1 byte is free')
  expect(unfinished()).toEqual([])
})

it('removes at the start what a process left that died while it wrote one, and nothing else', async () => {
  leave('.causeway-backup-abc123', 0)
  leave('backup-monday', 60 * 60_000)
  const { app } = await buildServer(api.deps, pino({ level: 'silent' }))
  await app.close()
  expect(unfinished()).toEqual([])
  expect(readdirSync(api.deps.config.dataDir)).toContain('backup-monday')
})

it('leaves alone what another process still writes, where several share the folder', async () => {
  leave('.causeway-backup-busy00', 1_000)
  leave('.causeway-backup-dead00', 60 * 60_000)
  await removeUnfinished(api.deps.config.dataDir, { alone: false, now: new Date() })
  expect(unfinished()).toEqual(['.causeway-backup-busy00'])
})
