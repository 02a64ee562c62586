import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { runLine } from '../../../test/support/command-line.ts'
import { type Script, type ScriptedApi, startScriptedApi } from '../../../test/support/scripted-api.ts'

/** What people are told about the sync: each sentence must be true, and none may speak against another. */
const open: ScriptedApi[] = []
afterEach(async () => {
  for (const api of open.splice(0)) await api.close()
})

const serve = async (script: Script): Promise<ScriptedApi> => {
  const api = await startScriptedApi(script)
  open.push(api)
  return api
}

describe('status', () => {
  const desk = { key: 'desk', kind: 'request-tracker', state: 'active', stateReason: null, fault: null }
  const told = async (row: object) => {
    const api = await serve({ 'GET /api/v1/connections': { items: [{ ...desk, ...row }] } })
    const { exit, out } = await runLine(['status'], api)
    const [, line = ''] = out.split('\n')
    return { exit, line: line.replace(/ {2,}/g, ' | '), out }
  }

  it('calls a connection active only while its tool answers, because a reason beside “active” contradicts it', async () => {
    const down = await told({ fault: { kind: 'down', detail: 'It does not answer.' } })
    expect(down).toMatchObject({ exit: 3, line: expect.stringMatching(/\| down \|.*It does not answer\.$/) })
    const refused = await told({ fault: { kind: 'auth', detail: 'The token has expired.' } })
    expect(refused.line).toMatch(/\| refused \|.*The token has expired\.$/)
    expect(await told({})).toMatchObject({ exit: 0, line: expect.stringContaining('| active |') })
  })

  it('sends people who look at a paused connection to resume it, not to look for a fault', async () => {
    const paused = await told({ state: 'paused', stateReason: 'Redmine is being upgraded' })
    expect(paused.line).toMatch(/\| paused \|.*Redmine is being upgraded$/)
    expect(paused.out).toContain('1 connection paused: `causeway connections resume KEY`')
    expect(paused.out).not.toContain('in trouble')
  })

  it('says of a webhook that was turned away that it was one, because the connection itself is well', async () => {
    const rung = await told({
      lastRejectedDelivery: { at: '2026-03-02T09:00:00.000Z', reason: 'The signature is wrong.' },
    })
    expect(rung.exit).toBe(0)
    expect(rung.line).toContain(
      'A webhook was turned away at 2026-03-02T09:00:00.000Z: The signature is wrong.',
    )
  })
})

describe('why', () => {
  const story = {
    connection: 'desk',
    item: { key: '17' },
    field: 'severity',
    toolField: 'cf:Severity',
    value: null,
    there: null,
    by: null,
    rule: 'both, ask',
    at: null,
    hold: null,
    conflict: null,
    crossings: [],
  }

  it('calls a field that is empty on both sides empty, because “not agreed” would send people looking', async () => {
    const api = await serve({
      'GET /api/v1/why/T-1': {
        fields: [
          { ...story, bothEmpty: true },
          { ...story, field: 'version', bothEmpty: false },
        ],
      },
    })
    expect((await runLine(['why', 'T-1'], api)).out).toBe(
      [
        'severity ↔ cf:Severity of 17 (desk)',
        '  Empty on both sides.',
        'version ↔ cf:Severity of 17 (desk)',
        '  They have not agreed on a value yet.',
        '',
      ].join('\n'),
    )
  })
})

describe('conflicts', () => {
  const conflict = {
    id: 'c1',
    connection: 'desk',
    record: { key: 'T-1' },
    remoteKey: '17',
    field: 'title~title',
    base: 'Agreed',
    hub: 'Ours',
    tool: 'Theirs',
  }

  it('tells an edit that our write replaced from one that waits, with who and what, because both sides look alike', async () => {
    const api = await serve({
      'GET /api/v1/conflicts?limit=200': {
        items: [
          { ...conflict, overwritten: true, replacedBy: 'Anna' },
          { ...conflict, id: 'c2', overwritten: false },
        ],
      },
    })
    const { out } = await runLine(['conflicts'], api)
    expect(out).toMatch(/^c1 .* edit replaced {2}Agreed/m)
    expect(out).toMatch(/^c2 .* both changed {3}Agreed/m)
    expect(out).toContain(
      'c1: somebody wrote “Theirs” in desk while “Ours” of Anna was on its way and replaced it; both sides show ours now.',
    )
    expect(out).toContain('--take tool gives one back')
    expect(out).not.toContain('c2: somebody')
  })

  it('says nothing of words that the reader may not see', async () => {
    const { base: _, hub: __, tool: ___, ...wordless } = conflict
    const api = await serve({
      'GET /api/v1/conflicts?limit=200': { items: [{ ...wordless, overwritten: true }] },
    })
    expect((await runLine(['conflicts'], api)).out).not.toContain('somebody wrote nothing')
  })
})

describe('connect', () => {
  const found = {
    pairs: [
      {
        desk: { key: 'T-1', title: 'x' },
        tracker: { key: 'ENG-1' },
        because: 'the list of keys',
        confidence: 1,
      },
    ],
    unclear: [],
    joined: { new: 1, already: 0, failed: [] },
  }
  const withFile = async (text: string, ...words: readonly string[]) => {
    const path = join(await mkdtemp(join(tmpdir(), 'causeway-pairs-')), 'links.csv')
    await writeFile(path, text)
    const api = await serve({ 'POST /api/v1/connections/engineering/match': found })
    const done = await runLine(['connect', 'engineering', '--pairs', path, ...words], api)
    return { ...done, asked: api.asked.map(({ body }) => body) }
  }

  it('takes pairs from the columns of an export by their names, and says that nothing is written', async () => {
    const text = 'Id;Ticket;Issue\n1;T-1;ENG-1\n2;T-2;\n'
    const { exit, out, asked } = await withFile(text, '--columns', 'Ticket,Issue', '--yes')
    expect(exit).toBe(0)
    expect(asked).toEqual([
      { by: 'list', pairs: [{ desk: 'T-1', tracker: 'ENG-1' }], apply: true, write: false },
    ])
    expect(out).toContain('1 pair connected. Nothing is written to either tool until something changes.')
  })

  it('names the columns there are when one that was asked for is not among them', async () => {
    const { exit, err, asked } = await withFile('A,B\n1,2\n', '--columns', 'Ticket,Issue')
    expect([exit, asked]).toEqual([2, []])
    expect(err).toContain('Its first line has: A, B.')
  })

  it('says that a file holds no pair, rather than ask for nothing', async () => {
    expect((await withFile('only one column\nT-1\n')).err).toContain('holds no pair of keys')
  })
})
