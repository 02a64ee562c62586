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
