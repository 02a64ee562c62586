import { chmodSync, createWriteStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { startScriptedApi } from '../../test/support/scripted-api.ts'
import { writeBackup } from '../store/write-backup.ts'
import { runCli } from './run-cli.ts'

const run = async (words: readonly string[], env: Readonly<Record<string, string>>) => {
  let out = ''
  let err = ''
  const exit = await runCli(words, {
    env,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    watched: false,
    width: 100,
  })
  return { exit, out, err }
}

describe('commands that work on this machine', () => {
  let test: TestDatabase
  let root: string
  beforeAll(async () => {
    test = await openTestDatabase()
    root = mkdtempSync(join(tmpdir(), 'causeway-cli-'))
    const now = new Date()
    await test.db
      .insertInto('connection')
      .values({
        id: crypto.randomUUID(),
        key: 'desk',
        kind: 'demo-desk',
        party: 'desk',
        title: 'Desk',
        state: 'active',
        settings: '{}',
        poll_every_s: 60,
        sweep_every_s: 600,
        created_at: now,
        updated_at: now,
      })
      .execute()
  })
  afterAll(async () => {
    await test.close()
    rmSync(root, { recursive: true, force: true })
  })

  it('restores a backup into a new data folder, once, and leaves every connection paused', async () => {
    const file = join(root, 'backup.gz')
    await writeBackup({
      db: test.db,
      blobs: { read: async () => null },
      out: createWriteStream(file),
      version: '0.1.0',
      now: new Date(),
    })
    const env = { CAUSEWAY_DATA: join(root, 'new') }
    const done = await run(['restore', file], env)
    expect(done).toMatchObject({ exit: 0, out: expect.stringContaining('Every connection is paused') })
    expect(done.err).toContain('Restoring records: 1 of 1')
    expect(await run(['restore', file], env)).toMatchObject({
      exit: 5,
      err: expect.stringContaining('The database is not empty'),
    })
    expect(await run(['migrate'], env)).toMatchObject({
      exit: 0,
      out: 'The database (embedded) is up to date.\n',
    })
    expect(existsSync(join(root, 'new', 'causeway.lock'))).toBe(false)
    expect(await run(['restore', join(root, 'none.gz')], env)).toMatchObject({ exit: 2 })
  })

  it('examines a machine where nothing runs yet, and one where something is wrong', async () => {
    const fresh = await run(['doctor'], { CAUSEWAY_DATA: join(root, 'fresh'), CAUSEWAY_PORT: '0' })
    expect(fresh.exit).toBe(0)
    expect(fresh.out).toMatch(/^ok {4}Node\.js: v\d+/)
    expect(fresh.out).toContain('warn  Server: No running Causeway is known here.')
    writeFileSync(join(root, 'key'), 'short')
    chmodSync(root, 0o755)
    const wrong = await run(['doctor', '--json'], {
      CAUSEWAY_DATA: root,
      DATABASE_URL: 'postgresql://x@127.0.0.1:1/x',
    })
    expect(wrong.exit).toBe(3)
    const findings = (
      JSON.parse(wrong.out) as { findings: { about: string; verdict: string; todo: string }[] }
    ).findings
    const verdict = (about: string) => findings.find((one) => one.about === about)?.verdict
    expect([verdict('Data folder'), verdict('Key'), verdict('Database')]).toEqual(['warn', 'bad', 'bad'])
    for (const one of findings) if (one.verdict !== 'ok') expect(one.todo).not.toBe('')
    expect(await run(['doctor'], { CAUSEWAY_PORT: 'x' })).toMatchObject({
      exit: 2,
      err: expect.stringContaining('CAUSEWAY_PORT must be a whole number'),
    })
  })

  it('asks a running server for its version and its connections', async () => {
    const api = await startScriptedApi({
      'GET /healthz': { status: 200, body: { status: 'ok', version: '0.1.0' } },
      'GET /api/v1/connections': {
        items: [
          { key: 'desk', state: 'active' },
          { key: 'old', state: 'paused', stateReason: 'Upgrade.' },
        ],
      },
      'POST /api/v1/connections/desk/check': { tool: 'RT 5', problems: ['The field Severity is missing.'] },
    })
    try {
      const seen = await run(['doctor'], { CAUSEWAY_DATA: join(root, 'fresh'), CAUSEWAY_URL: api.url })
      expect(seen.exit).toBe(3)
      expect(seen.out).toContain(`ok    Server: ${api.url}, version 0.1.0`)
      expect(seen.out).toContain('BAD   Connection desk: The field Severity is missing.')
      expect(seen.out).toContain('warn  Connection old: paused. Upgrade.')
      expect(seen.out).toContain('Clock: agrees with the server')
    } finally {
      await api.close()
    }
  })
})
