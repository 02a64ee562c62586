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
