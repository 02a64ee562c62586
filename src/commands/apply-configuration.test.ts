import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FILE, factsOf, master, parts } from '../../test/support/applied-configuration.ts'
import { configurations } from '../../test/support/configurations.ts'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { differencesInWords } from '../configuration/difference.ts'
import { parseConfiguration } from '../configuration/parse.ts'
import { toYaml } from '../configuration/to-yaml.ts'
import { SYSTEM } from '../domain/actor.ts'
import { uuidv7 } from '../lib/ids.ts'
import { openSecrets } from '../store/secrets.ts'
import { readSettings } from '../store/settings.ts'
import type { Snapshot } from '../sync/snapshot.ts'
import { type ApplyConfiguration, applyConfiguration } from './apply-configuration.ts'
import { exportConfiguration } from './export-configuration.ts'
import { type CommandContext, type CommandRunner, runCommand } from './run-command.ts'

describe('applyConfiguration', () => {
  let test: TestDatabase
  let runner: CommandRunner
  beforeAll(async () => {
    test = await openTestDatabase()
    runner = { db: test.db, newId: uuidv7, now: () => new Date(), signal: { notify: () => {} } }
  })
  afterAll(() => test.close())
  beforeEach(async () => {
    for (const table of [
      'mirror',
      'ticket',
      'rule',
      'route',
      'secret',
      'mapping',
      'connection',
      'installation',
      'component',
      'product',
      'team_member',
      'team',
      'person',
      'customer',
      'event',
    ] as const)
      await test.db.deleteFrom(table).execute()
  })

  const apply = async (yaml: string, more: Partial<ApplyConfiguration> = {}) => {
    const done = await runCommand(runner, SYSTEM, applyConfiguration(parts), {
      yaml,
      secrets: { DESK_TOKEN: 'hunter2' },
      dryRun: false,
      prune: false,
      by: ['owner'],
      ...more,
    })
    if (!done.ok) throw new Error(done.error.detail)
    return done.value
  }
  const refusal = async (yaml: string, more: Partial<ApplyConfiguration> = {}) => {
    const done = await runCommand(runner, SYSTEM, applyConfiguration(parts), {
      yaml,
      secrets: {},
      dryRun: false,
      prune: false,
      by: ['owner'],
      ...more,
    })
    return done.ok ? null : done.error
  }
  const exported = () => test.db.transaction().execute((tx) => exportConfiguration(tx, factsOf))
  const inWords = (changes: readonly { noun: string; key: string; how: string }[]) =>
    changes.map(({ noun, key, how }) => `${noun} ${key} ${how}`)
  const tokenOf = async (key: string): Promise<string | undefined> =>
    test.db.transaction().execute(async (tx) => {
      const { id } = await tx
        .selectFrom('connection')
        .select('id')
        .where('key', '=', key)
        .executeTakeFirstOrThrow()
      return (await openSecrets(tx, master, id, 'https://desk.example')).secrets['token']?.reveal()
    })

  it('makes everything a file names, once: the second time changes nothing and says so', async () => {
    const first = await apply(FILE)
    expect(inWords(first.changes)).toEqual([
      'team core added',
      'person ada@x.example added',
      'product atlas added',
      'component atlas/export added',
      'customer acme added',
      'installation acme / atlas / production added',
      'connection desk added',
      'connection tracker added',
      'route atlas/export added',
      'route atlas added',
      'rule up added',
      'rule wake added',
    ])
    expect(await tokenOf('desk')).toBe('hunter2')
    const events = await test.db.selectFrom('event').select('kind').execute()
    const second = await apply(FILE)
    expect(second).toEqual({ dryRun: false, changes: [], reach: [] })
    expect((await test.db.selectFrom('event').select('kind').execute()).length).toBe(events.length)
    expect(events.map(({ kind }) => kind)).toContain('configuration.applied')
  })

  it('changes nothing in a dry run, and says what it would', async () => {
    const dry = await apply(FILE, { dryRun: true })
    expect(dry.changes.length).toBe(12)
    expect(await test.db.selectFrom('connection').selectAll().execute()).toEqual([])
    expect(await test.db.selectFrom('event').selectAll().execute()).toEqual([])
  })

  it('exports what is stored; applying that changes nothing, and it holds no secret', async () => {
    await apply(FILE)
    const text = await exported()
    expect(text).toContain('token: ${DESK_TOKEN}')
    expect(text).not.toContain('hunter2')
    expect((await apply(text)).changes).toEqual([])
  })

  it('stores and gives back any configuration', async () => {
    let runs = 0
    await fc.assert(
      fc.asyncProperty(configurations, async (configuration) => {
        const text = toYaml(configuration)
        const context: CommandContext = {
          actor: SYSTEM,
          now: new Date(),
          newId: uuidv7,
          cause: null,
          lane: 0,
        }
        const input = {
          yaml: text,
          secrets: { A_NAME: 'x' },
          dryRun: false,
          prune: true,
          by: ['owner'] as const,
        }
        await test.db
          .transaction()
          .execute(async (tx) => {
            const applied = await applyConfiguration(parts)(tx, context, input)
            expect(applied).toMatchObject({ ok: true })
            const again = await applyConfiguration(parts)(tx, context, input)
            expect(again.ok && again.value.value.changes).toEqual([])
            const back = parseConfiguration(await exportConfiguration(tx, factsOf))
            expect(back).toMatchObject({ ok: true })
            if (back.ok && configuration.rules)
              expect(differencesInWords(configuration.rules, back.value.rules)).toEqual([])
            runs += 1
            throw new Error('roll back')
          })
          .catch((error: unknown) => {
            if (!(error instanceof Error) || error.message !== 'roll back') throw error
          })
      }),
      { numRuns: 15 },
    )
    expect(runs).toBe(15)
  })

  it('makes a new mapping version only for a changed mapping, and looks at its mirrors again, behind all else', async () => {
    await apply(FILE)
    const { id } = await test.db
      .selectFrom('connection')
      .select('id')
      .where('key', '=', 'desk')
      .executeTakeFirstOrThrow()
    const mirror = {
      connection_id: id,
      record_kind: 'ticket' as const,
      dirty_lane: 1,
      dirty_at: new Date(),
      dirty_why: 'test',
      created_at: new Date(),
      clean_seq: 1,
    }
    await test.db
      .insertInto('mirror')
      .values([
        { ...mirror, id: uuidv7(), state: 'live', record_id: uuidv7(), remote_id: '1' },
        { ...mirror, id: uuidv7(), state: 'gone', record_id: uuidv7(), remote_id: '2' },
      ])
      .execute()
    await apply(FILE.replace('title: Desk', 'title: Help desk'))
    expect(
      await test.db.selectFrom('mapping').select('version').where('connection_id', '=', id).execute(),
    ).toEqual([{ version: 1 }])
    const changed = FILE.replace(
      'severity: cf:Severity',
      'severity: { tool: cf:Severity, conflict: tool wins }',
    )
    expect((await apply(changed, { dryRun: true })).reach).toMatchObject([{ connection: 'desk', mirrors: 1 }])
    const done = await apply(changed)
    expect(done.changes.find(({ noun }) => noun === 'connection')?.words).toEqual([
      'title: Help desk → Desk',
      'mapping.fields.severity (cf:Severity).conflict: ask → tool wins',
    ])
    expect(done.reach).toEqual([{ connection: 'desk', mirrors: 1 }])
    const dirty = await test.db
      .selectFrom('mirror')
      .select(['state', 'dirty_lane', 'dirty_seq'])
      .orderBy('state')
      .execute()
    expect(dirty).toEqual([
      { state: 'gone', dirty_lane: 1, dirty_seq: 1 },
      { state: 'live', dirty_lane: 3, dirty_seq: 2 },
    ])
  })

  it('says in a dry run how many values a changed mapping would set here and there', async () => {
    const withValues = FILE.replace(
      'severity: cf:Severity',
      'severity: { tool: cf:Severity, direction: to hub, values: { High: high, Low: low } }',
    )
    await apply(withValues)
    const { id } = await test.db
      .selectFrom('connection')
      .select('id')
      .where('key', '=', 'desk')
      .executeTakeFirstOrThrow()
    const now = new Date()
    for (const [number, word] of [
      [1, 'High'],
      [2, 'Low'],
    ] as const) {
      const ticket = uuidv7()
      await test.db
        .insertInto('ticket')
        .values({
          id: ticket,
          number,
          key: `T-${number}`,
          kind: 'incident',
          state: 'new',
          title: 'x',
          description: '{"type":"root","children":[]}',
          impact: 1,
          urgency: 1,
          severity: word === 'High' ? 'high' : 'low',
          created_at: now,
          updated_at: now,
        })
        .execute()
      const snapshot: Snapshot = {
        ref: { id: String(number) },
        kind: 'item',
        key: String(number),
        url: 'https://desk.example/1',
        container: 'Support',
        fields: { title: 'x', 'cf:Severity': word },
        statusCategory: null,
        nextStatuses: null,
        comments: null,
        attachments: null,
        links: null,
        people: [],
        createdAt: null,
        updatedAt: null,
        version: null,
        createdByUs: false,
      }
      const severity = { hub: word.toLowerCase(), tool: word, by: 'tool', at: '' }
      const title = { hub: 'x', tool: 'x', by: 'tool', at: '' }
      await test.db
        .insertInto('mirror')
        .values({
          id: uuidv7(),
          connection_id: id,
          record_kind: 'ticket',
          record_id: ticket,
          remote_id: String(number),
          state: 'live',
          base: JSON.stringify({ fields: { 'severity~cf:Severity': severity, 'title~title': title } }),
          snapshot: JSON.stringify(snapshot),
          dirty_lane: 1,
          dirty_at: now,
          dirty_why: 'test',
          created_at: now,
        })
        .execute()
    }
    const dry = await apply(withValues.replace('High: high', 'High: critical'), { dryRun: true })
    expect(dry.reach).toEqual([
      {
        connection: 'desk',
        mirrors: 2,
        measured: 2,
        touched: 1,
        fields: [{ field: 'severity', here: 1, there: 0, held: 0, asked: 0 }],
      },
    ])
  })

  it('keeps a secret that is not given again, takes a new one, and needs it again for another host', async () => {
    await apply(FILE)
    expect((await apply(FILE, { secrets: {} })).changes).toEqual([])
    const renewed = await apply(FILE, { secrets: { DESK_TOKEN: 'hunter3' } })
    expect(renewed.changes).toEqual([
      { noun: 'connection', key: 'desk', how: 'changed', words: ['settings.token: a new secret'] },
    ])
    expect(await tokenOf('desk')).toBe('hunter3')
    const moved = FILE.replace('https://desk.example', 'https://evil.example')
    expect((await refusal(moved))?.detail).toContain('none is stored for https://evil.example')
    await apply(moved, { secrets: { DESK_TOKEN: 'other' } })
    expect(await tokenOf('desk')).toBeUndefined()
  })

  it('names the variable that is missing, with its place in the file', async () => {
    const refused = await refusal(FILE)
    expect(refused?.problems).toEqual([
      {
        line: 12,
        column: 53,
        path: 'connections.desk.settings.token',
        what: 'the environment has no DESK_TOKEN',
        todo: 'Set it where you apply the file: export DESK_TOKEN=…',
      },
    ])
    expect(await test.db.selectFrom('team').selectAll().execute()).toEqual([])
  })

  it('never removes what the file does not name, unless it is told to', async () => {
    await apply(FILE)
    const less = `organisation: { teams: { core: Core }, products: {} }\nroutes: []\nrules: {}\nconnections:\n  ${FILE.slice(FILE.indexOf('desk:'), FILE.indexOf('  tracker:'))}`
    expect((await apply(less)).changes).toEqual([])
    const pruned = await apply(less, { prune: true })
    expect(inWords(pruned.changes)).toEqual([
      'product atlas removed',
      'component atlas/export removed',
      'connection tracker removed',
      'route atlas/export removed',
      'route atlas removed',
      'rule up removed',
      'rule wake removed',
    ])
    expect((await apply(less, { prune: true })).changes).toEqual([])
    expect((await test.db.selectFrom('connection').select('key').execute()).map(({ key }) => key)).toEqual([
      'desk',
    ])
    const back = await apply(FILE)
    expect(inWords(back.changes)).toContain('product atlas added')
    expect(await test.db.selectFrom('product').select('archived_at').execute()).toEqual([
      { archived_at: null },
    ])
  })

  it('does not end the pause of a person by not speaking of it', async () => {
    await apply(FILE)
    await test.db
      .updateTable('connection')
      .set({ state: 'paused', state_reason: 'Ada paused it' })
      .where('key', '=', 'desk')
      .execute()
    await apply(FILE.replace('title: Desk', 'title: Help desk'))
    const desk = await test.db
      .selectFrom('connection')
      .select(['state', 'title'])
      .where('key', '=', 'desk')
      .executeTakeFirst()
    expect(desk).toEqual({ state: 'paused', title: 'Help desk' })
  })

  it('applies the published example and finds nothing to change the second time', async () => {
    const yaml = readFileSync(
      new URL('../../docs/examples/request-tracker-and-redmine.yaml', import.meta.url),
      'utf8',
    )
    const secrets = {
      RT_URL: 'https://rt.example',
      RT_TOKEN: 't',
      RT_WEBHOOK_SECRET: 's',
      REDMINE_URL: 'https://rm.example',
      REDMINE_API_KEY: 'k',
    }
    expect((await apply(yaml, { secrets })).changes.length).toBeGreaterThan(10)
    expect((await apply(yaml, { secrets })).changes).toEqual([])
  })

  it('lets customers read names only when an admin or owner says so, and says it again in what is exported', async () => {
    const yaml = 'organisation: { names for customers: true }\n'
    expect((await refusal(yaml, { by: ['integrator'] }))?.code).toBe('not-allowed')
    expect(await exported()).not.toContain('names for customers')
    expect(inWords((await apply(yaml, { by: ['admin'] })).changes)).toEqual([
      'setting names for customers changed',
    ])
    expect((await readSettings(test.db)).namesForCustomers).toBe(true)
    expect(await exported()).toContain('names for customers: true')
    expect((await apply('organisation: {}\n')).changes).toEqual([])
    await apply('organisation: { names for customers: false }\n')
    expect((await readSettings(test.db)).namesForCustomers).toBe(false)
  })
})
