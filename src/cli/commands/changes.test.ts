import { afterEach, describe, expect, it } from 'vitest'
import { runLine } from '../../../test/support/command-line.ts'
import { type ScriptedApi, startScriptedApi } from '../../../test/support/scripted-api.ts'

/** Changes as a pipeline has them: it opens one, waits at its gate, begins it, and says how it went. */
const open: ScriptedApi[] = []
afterEach(async () => {
  for (const api of open.splice(0)) await api.close()
})
const serve = async (script: Parameters<typeof startScriptedApi>[0]): Promise<ScriptedApi> => {
  const api = await startScriptedApi(script)
  open.push(api)
  return api
}
const SHUT = { isOpen: false, reasons: [{ code: 'too early', text: 'Its window opens later.', until: null }] }

describe('a pipeline', () => {
  it('says what it was told, and only that', async () => {
    const api = await serve({
      'POST /api/v1/changes': { key: 'C-1', state: 'authorising' },
      'POST /api/v1/changes/C-1/start': { key: 'C-1', state: 'implementing' },
      'POST /api/v1/changes/C-1/close': { key: 'C-1', state: 'reviewing', outcome: 'backed out' },
    })
    const opened = await runLine(
      [
        ...[
          'changes',
          'open',
          'Stop the leak',
          '--kind',
          'emergency',
          '--product',
          'shop',
          '--reason',
          'Memory',
        ],
        ...['--displaces', 'W-1', '--displaces', 'W-2', '--back-out', 'Turn it off'],
        ...['--from', '2026-03-02T09:00Z', '--to', '2026-03-02T10:00Z'],
      ],
      api,
    )
    expect(opened).toMatchObject({ exit: 0, out: 'C-1: authorising\n' })
    await runLine(['changes', 'start', 'C-1', '--without-keys', 'Now'], api)
    const closed = await runLine(['changes', 'close', 'C-1', 'backed out'], api)
    expect(closed.out).toBe('C-1: reviewing, backed out\n')
    expect(api.asked.map(({ body }) => body)).toEqual([
      {
        ...{ kind: 'emergency', title: 'Stop the leak', product: 'shop', reason: 'Memory' },
        ...{ displaces: ['W-1', 'W-2'], plans: { backOut: 'Turn it off' } },
        window: { from: '2026-03-02T09:00:00.000Z', to: '2026-03-02T10:00:00.000Z' },
      },
      { withoutKeys: 'Now' },
      { outcome: 'backed out' },
    ])
  })

  it('stops before a gate that is shut, and reads why', async () => {
    const api = await serve({ 'GET /api/v1/changes/C-1/gate': SHUT })
    expect(await runLine(['changes', 'gate', 'C-1'], api)).toMatchObject({
      ...{ exit: 3, out: 'C-1: the gate is shut.\n  Its window opens later.\n' },
    })
  })

  it('asks at a place where it knows no change, and reads which one lets it pass', async () => {
    const api = await serve({
      'GET /api/v1/environments/prod/gate?release=4.3': { isOpen: true, change: { key: 'C-7' }, reasons: [] },
    })
    const line = ['changes', 'gate', '--environment', 'prod', '--release', '4.3']
    expect(await runLine(line, api)).toMatchObject({ exit: 0, out: '4.3 on prod: the gate is open (C-7).\n' })
    const both = await runLine(['changes', 'gate', 'C-1', '--environment', 'prod'], api)
    expect(both).toMatchObject({ exit: 2 })
    expect(both.err).toContain('A gate is of a change or of a place.')
  })

  it('waits until the gate opens', async () => {
    let asked = 0
    const api = await serve({
      get 'GET /api/v1/changes/C-1/gate'() {
        asked += 1
        return asked === 1 ? SHUT : { isOpen: true, reasons: [] }
      },
    })
    const ran = await runLine(['changes', 'gate', 'C-1', '--wait', '--every', '1'], api)
    expect([ran.exit, ran.out, asked]).toEqual([0, 'C-1: the gate is open.\n', 2])
  })

  it.each([
    [['changes', 'gate', 'C-1', '--minutes', 'soon'], '--minutes soon is no whole number.'],
    [
      ['changes', 'open', 'x', '--product', 'p', '--reason', 'y', '--from', '2026-03-02T09:00Z'],
      'A window has two ends.',
    ],
    [
      ['changes', 'open', 'x', '--product', 'p', '--reason', 'y', '--from', 'noon', '--to', 'one'],
      '--from noon is no time.',
    ],
  ])('is told what is wrong with %j', async (line, what) => {
    const ran = await runLine(line, await serve({}))
    expect(ran.exit).toBe(2)
    expect(ran.err).toContain(what)
  })
})
