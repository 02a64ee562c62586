import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Script, type ScriptedApi, startScriptedApi } from '../../test/support/scripted-api.ts'
import { COMMANDS } from './command-list.ts'
import { runCli } from './run-cli.ts'
import type { Terminal } from './terminal.ts'

const cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step()
})

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'causeway-cli-'))
  cleanUp.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const serve = async (script: Script): Promise<ScriptedApi> => {
  const api = await startScriptedApi(script)
  cleanUp.push(() => api.close())
  return api
}

const run = async (words: readonly string[], env: Terminal['env'] = {}, api?: ScriptedApi) => {
  let out = ''
  let err = ''
  const exit = await runCli(words, {
    env: {
      ...(api ? { CAUSEWAY_URL: api.url, CAUSEWAY_TOKEN: 'token' } : { CAUSEWAY_DATA: '/nowhere' }),
      ...env,
    },
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

const FOUND_PAIR = {
  ...{ desk: { key: '17', title: 'x' }, tracker: { key: '#7' } },
  ...{ because: 'the key in the tracker', confidence: 1 },
}

describe('the command line', () => {
  it('shows what there is, and ends with 2 when it is not told what to do', async () => {
    const nothing = await run([])
    expect(nothing.exit).toBe(2)
    expect(nothing.out).toContain('Usage: causeway COMMAND')
    expect((await run(['--help'])).exit).toBe(0)
  })

  it('helps with every command, with examples that start with its name', async () => {
    for (const command of COMMANDS) {
      const { exit, out } = await run([...command.name.split(' '), '--help'])
      expect(exit).toBe(0)
      expect(out).toContain('Examples:\n')
      for (const example of command.examples) {
        expect(out).toContain(`  causeway ${example}\n`)
        expect(example.startsWith(command.name.replace(/ list$/, ''))).toBe(true)
      }
    }
  })

  it('guesses what was meant instead of doing something else', async () => {
    expect(await run(['statsu'])).toMatchObject({
      exit: 2,
      err: expect.stringContaining("did you mean 'status'?"),
    })
    const api = await serve({})
    const mistyped = await run(['apply', 'x.yaml', '--dry-rnu'], {}, api)
    expect(mistyped).toMatchObject({ exit: 2, err: expect.stringContaining('did you mean --dry-run?') })
    expect(api.asked).toEqual([])
    expect(await run(['sync'], {}, api)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('KEY is missing'),
    })
    expect(await run(['sync', 'T-1', 'T-2'], {}, api)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('too many words'),
    })
    expect(await run(['status', '--url'], {})).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--url needs a value'),
    })
  })

  it('ends with 4 when nobody answers, and says what to do', async () => {
    const none = await run(['status'])
    expect(none).toMatchObject({ exit: 4, err: expect.stringContaining('Start one with `npm start`') })
    const gone = await run(['status', '--url', 'http://127.0.0.1:1'])
    expect(gone).toMatchObject({ exit: 4, err: expect.stringContaining('cannot be reached (ECONNREFUSED)') })
  })

  it('ends with 5 when it is refused, in the words of the server', async () => {
    const api = await serve({
      'POST /api/v1/sync/T-9': { status: 404, body: { detail: 'There is no record “T-9”.' } },
      'GET /api/v1/connections': { status: 401, body: { detail: 'x' } },
    })
    expect(await run(['sync', 'T-9'], {}, api)).toMatchObject({ exit: 5, err: 'There is no record “T-9”.\n' })
    expect(await run(['status'], {}, api)).toMatchObject({
      exit: 5,
      err: expect.stringContaining('The token is not valid here'),
    })
    const json = await run(['sync', 'T-9', '--json'], {}, api)
    expect(JSON.parse(json.out)).toMatchObject({ error: 'There is no record “T-9”.' })
  })

  it('finds the server of this machine, and sends its token to no other', async () => {
    const api = await serve({ 'GET /api/v1/connections': { items: [] } })
    const other = await serve({ 'GET /api/v1/connections': { items: [] } })
    const data = folder()
    writeFileSync(join(data, 'local.json'), JSON.stringify({ url: api.url, token: 'local-token', pid: 1 }))
    expect((await run(['status', '--data', data])).exit).toBe(0)
    expect(api.asked[0]?.token).toBe('local-token')
    await run(['status', '--data', data, '--url', other.url])
    expect(other.asked[0]?.token).toBeNull()
  })
})

describe('status, holds and conflicts', () => {
  const desk = {
    key: 'desk',
    kind: 'request-tracker',
    state: 'active',
    mirrors: 40,
    waiting: 3,
    waitingSince: new Date(Date.now() - 75_000).toISOString(),
    holds: 0,
    conflicts: 0,
    unknownWrites: 0,
    missedByWebhook: 12,
  }

  it('prints an aligned table, and 3 as soon as something needs a person', async () => {
    const api = await serve({
      'GET /api/v1/connections': {
        items: [desk, { ...desk, key: 'engineering', kind: 'redmine', holds: 2, waitingSince: null }],
      },
    })
    const { exit, out } = await run(['status'], {}, api)
    expect(out.split('\n').slice(0, 3)).toEqual([
      'CONNECTION   KIND             STATE   MIRRORS  DIRTY  LAG    HOLDS  CONFLICTS  UNKNOWN  MISSED BY WEBHOOK',
      'desk         request-tracker  active       40      3  1 min      0          0        0                 12',
      'engineering  redmine          active       40      3  -          2          0        0                 12',
    ])
    expect(out).toContain('2 holds: see `causeway holds`')
    expect(exit).toBe(3)
  })

  const mirror = { mirror: 'm1', connection: 'desk', record: { key: 'T-1' }, remoteKey: '17' }

  it('does not say that all is well while a tool does not answer', async () => {
    const down = { ...desk, fault: { kind: 'down', detail: 'It does not answer.' } }
    const api = await serve({ 'GET /api/v1/connections': { items: [down] } })
    expect(await run(['status'], {}, api)).toMatchObject({
      exit: 3,
      out: expect.stringContaining('It does not answer.'),
    })
  })

  it('says that all is well with 0', async () => {
    const api = await serve({ 'GET /api/v1/connections': { items: [desk] } })
    expect(await run(['status'], {}, api)).toMatchObject({
      exit: 0,
      out: expect.stringContaining('All is well.'),
    })
  })

  it('shows each hold with its reason and what to do, and lets no escape codes of a tool through', async () => {
    const api = await serve({
      'GET /api/v1/holds?limit=200': {
        items: [{ ...mirror, field: 'severity', reason: 'No word for “x\u001b[31m”.', nextStep: 'Add it.' }],
        next: null,
      },
      'GET /api/v1/conflicts?limit=200': {
        items: [{ id: 'c1', ...mirror, field: 'title', base: 'a', hub: 'b\u001b[31m', tool: ['c'] }],
      },
    })
    expect(await run(['holds'], {}, api)).toMatchObject({
      exit: 3,
      out: 'T-1 ↔ 17 (desk)\n  severity: No word for “x [31m”.\n    → Add it.\n',
    })
    const conflicts = await run(['conflicts', 'list'], {}, api)
    expect(conflicts.exit).toBe(3)
    expect(conflicts.out).not.toContain('\u001b')
    expect(conflicts.out).toContain('["c"]')
  })

  it('settles a conflict by a side or by a value, and never by neither', async () => {
    const api = await serve({ 'POST /api/v1/conflicts/c1/settle': {} })
    expect((await run(['conflicts', 'settle', 'c1', '--take', 'tool'], {}, api)).exit).toBe(0)
    expect((await run(['conflicts', 'settle', 'c1', '--value', 'x y'], {}, api)).exit).toBe(0)
    expect(api.asked.map(({ body }) => body)).toEqual([{ choice: 'tool' }, { choice: 'value', value: 'x y' }])
    expect((await run(['conflicts', 'settle', 'c1'], {}, api)).exit).toBe(2)
    expect((await run(['conflicts', 'settle', 'c1', '--take', 'hub', '--value', 'x'], {}, api)).exit).toBe(2)
  })
})

describe('apply and export', () => {
  const FILE =
    'connections:\n  d:\n    kind: demo-desk\n    party: desk\n    title: D\n    settings: { token: "${DESK_TOKEN}" } # not ${OTHER}\n    mapping: { containers: [], fields: [] }\n'
  const write = (text: string): string => {
    const file = join(folder(), 'c.yaml')
    writeFileSync(file, text)
    return file
  }
  const changes = [{ noun: 'connection', key: 'd', how: 'changed', words: ['title: D → E'] }]

  it('sends only the variables the file names, and prints none of them', async () => {
    const api = await serve({
      'POST /api/v1/configuration': { changes, reach: [{ connection: 'd', mirrors: 2 }] },
    })
    const done = await run(
      ['apply', write(FILE)],
      { DESK_TOKEN: 'hunter2', OTHER: 'private', HOME: '/root' },
      api,
    )
    expect(api.asked[0]?.body).toEqual({
      yaml: FILE,
      dryRun: false,
      prune: false,
      secrets: { DESK_TOKEN: 'hunter2' },
    })
    expect(done.exit).toBe(0)
    expect(done.out).toBe(
      '  ~ connection d\n      title: D → E\n\n  d: 2 items will be looked at again\n\n1 change made.\n',
    )
    expect(done.out + done.err).not.toContain('hunter2')
  })

  it('ends a dry run with 3 when something would change, else with 0', async () => {
    const fields = [{ field: 'severity', here: 17, there: 0, held: 2, asked: 0 }]
    const reach = [{ connection: 'd', mirrors: 1204, measured: 1204, touched: 19, fields }]
    const some = await serve({ 'POST /api/v1/configuration': { changes, reach } })
    expect((await run(['apply', write(FILE), '--dry-run'], {}, some)).out).toContain(
      '  d: 1204 items would be looked at again; 19 of 1204 would change\n      severity: 17 set here, 2 would wait\n',
    )
    expect(await run(['apply', write(FILE), '--dry-run'], {}, some)).toMatchObject({
      exit: 3,
      out: expect.stringContaining('Nothing was changed'),
    })
    const none = await serve({ 'POST /api/v1/configuration': { changes: [], reach: [] } })
    expect(await run(['apply', write(FILE), '--dry-run'], {}, none)).toMatchObject({ exit: 0 })
  })

  it('points at a mistake without asking the server, and at the ones the server finds', async () => {
    const api = await serve({
      'POST /api/v1/configuration': {
        status: 422,
        body: {
          detail: 'The file is not applied.',
          problems: [{ line: 6, column: 5, path: 'x', what: 'w', todo: 't.' }],
        },
      },
    })
    const wrong = await run(['apply', write(FILE.replace('title:', 'titel:'))], {}, api)
    expect(wrong.exit).toBe(5)
    expect(wrong.err).toMatch(
      /c\.yaml:5:5 {2}connections\.d\.titel: 'titel' is not known here\. Did you mean 'title'\?/,
    )
    expect(api.asked).toEqual([])
    expect(await run(['apply', write(FILE)], {}, api)).toMatchObject({
      exit: 5,
      err: expect.stringContaining('line 6, column 5: x: w. t.'),
    })
    expect(await run(['apply', '/nowhere/x.yaml'], {}, api)).toMatchObject({
      exit: 2,
      err: expect.stringContaining('cannot be read (ENOENT)'),
    })
  })

  it('exports to the screen or into a file', async () => {
    const api = await serve({
      'GET /api/v1/configuration': { status: 200, body: Buffer.from('rules: {}\n') },
    })
    expect(await run(['export'], {}, api)).toMatchObject({ exit: 0, out: 'rules: {}\n' })
    const wrapped = await serve({ 'GET /api/v1/configuration': { yaml: 'rules: {}\nroutes: []\n' } })
    expect(await run(['export'], {}, wrapped)).toMatchObject({ exit: 0, out: 'rules: {}\nroutes: []\n' })
    const file = join(folder(), 'out.yaml')
    await run(['export', file], {}, api)
    expect(readFileSync(file, 'utf8')).toBe('rules: {}\n')
  })
})

describe('the other commands', () => {
  const crossing = (event: number, at: string, line: object) => ({
    eventId: `0190c0de-0000-7000-8000-00000000000${event}`,
    at,
    actor: { name: 'Ada' },
    line: { to: 'hub', ...line },
  })
  const story = {
    connection: 'desk',
    item: { key: '17' },
    field: 'severity',
    toolField: 'cf:Severity',
    value: 'high',
    there: 'High',
    by: 'Ada',
    rule: 'both, ask',
    at: '2026-01-01',
    hold: null,
    conflict: null,
    crossings: [
      crossing(1, '2026-01-02', { from: 'low', value: 'high', rule: 'tool wins' }),
      crossing(2, '2026-01-01', { from: null, value: 'low', rule: 'first meeting' }),
    ],
  }

  it('asks the addresses of the API', async () => {
    const api = await serve({
      'GET /api/v1/why/T-1?field=severity': { fields: [story] },
      'POST /api/v1/sync/T-1': { mirrors: 2 },
      'POST /api/v1/undo': {
        undone: [{ field: 'title', side: 'here' }],
        skipped: [{ field: 'severity', reason: 'changed-since' }],
      },
      'POST /api/v1/connections/e/match': { pairs: [FOUND_PAIR], unclear: [] },
      'POST /api/v1/connections/e/pause': {},
      'POST /api/v1/connections/e/resume': {},
      'POST /api/v1/connections/e/check': {
        tool: 'Redmine 5.0.4',
        ok: true,
        account: { name: 'Bot' },
        problems: [],
      },
      'POST /api/v1/sign-in': { token: 'secret-token', roles: ['owner'] },
      'POST /api/v1/tokens': { id: 'x', token: 'new-token' },
      'GET /api/v1/people?limit=200': {
        items: [{ id: 'p', email: 'dora@eng.example', roles: ['engineer'] }],
        next: null,
      },
      'GET /api/v1/tokens?limit=200': { items: [{ id: 'x', name: 'n', roles: ['owner'], revokedAt: null }] },
    })
    const outputs = new Map<string, string>()
    for (const [line, exit] of [
      ['why T-1 severity', 0],
      ['sync T-1', 0],
      ['undo T-1', 3],
      ['undo 0190c0de-0000-7000-8000-000000000009', 3],
      ['connect e --match key:cf:TicketKey', 3],
      ['connect e --match title:48 --yes', 0],
      ['connections pause e --reason upgrade', 0],
      ['connections resume e', 0],
      ['connections check e', 0],
      ['sign-in one-time', 0],
      ['tokens create n --role owner --days 9', 0],
      ['tokens create n --person Dora@eng.example', 0],
      ['tokens create n --person nobody@eng.example', 5],
      ['tokens', 0],
    ] as const) {
      const done = await run(line.split(' '), {}, api)
      expect([line, done.exit, done.err.includes('should not happen')]).toEqual([line, exit, false])
      outputs.set(line, done.out)
    }
    expect(outputs.get('why T-1 severity')).toBe(
      [
        'severity ↔ cf:Severity of 17 (desk)',
        '  high here, High there (Ada; both, ask; 2026-01-01)',
        '    2026-01-02  taken in: low → high  (tool wins; Ada)',
        '    2026-01-01  taken in: nothing → low  (first meeting; Ada)',
        '',
      ].join('\n'),
    )
    expect(outputs.get('connect e --match key:cf:TicketKey')).toContain(
      '17    #7       x      the key in the tracker  100 %\n\n1 pair would be connected. Add --yes',
    )
    expect(outputs.get('undo T-1')).toBe(
      'Put back:\n  title, here\n  severity was left alone. Somebody changed it since.\nBoth sides differ on purpose now: `causeway conflicts` lists what to decide.\n',
    )
    expect(outputs.get('sign-in one-time')).toBe('secret-token\n')
    expect(api.asked.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { key: 'T-1' },
        { event: '0190c0de-0000-7000-8000-000000000009' },
        { reason: 'upgrade' },
        { by: 'key', field: 'cf:TicketKey', apply: false, write: false },
        { by: 'title', withinHours: 48, apply: true, write: false },
        { name: 'n', roles: ['owner'], validForDays: 9 },
      ]),
    )
  })

  it('writes a backup for our eyes only, under its name only when it is complete', async () => {
    const api = await serve({ 'GET /api/v1/backup': { status: 200, body: Buffer.from('bytes') } })
    const file = join(folder(), 'b.gz')
    expect((await run(['backup', file], {}, api)).exit).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe('bytes')
    expect(statSync(file).mode & 0o077).toBe(0)
  })
})
