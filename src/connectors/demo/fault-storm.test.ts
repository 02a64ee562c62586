import { describe, expect, it } from 'vitest'
import type { Http, Operation, Session } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import { openHttp } from '../http.ts'
import { createDemoTool, type DemoTool } from './fake.ts'
import { demoTracker } from './index.ts'
import { demoTools } from './instances.ts'
import { seededRandom } from './seeded-random.ts'
import { serveDemoTool } from './serve.ts'
import type { DemoFault } from './tool/faults.ts'

/**
 * Writes in a storm of faults, judged by the ledger. What a connector says must be true: done means once; `unknown`
 * means once or not at all; any other fault means not at all.
 */

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')
const STORM: readonly DemoFault[] = [
  'down',
  'auth',
  'rate',
  'unavailable',
  'serverError',
  'lostBefore',
  'commitThenLose',
  'commitThenServerError',
  'halfBody',
  'html',
  'deepJson',
  'conflict',
]

const world = (seed: number) => {
  let ms = START_MS
  const random = seededRandom(seed)
  const now = (): Date => new Date(ms)
  const tool = createDemoTool({ kind: 'tracker', name: `storm ${seed}`, now, random })
  const refs = Array.from({ length: 5 }, (_, index) => ({
    id: tool.humanCreate({ container: 'ENG', fields: { title: `Item ${index}` } }).id,
  }))
  tool.faults.chance(Object.fromEntries(STORM.map((fault) => [fault, 0.04])))
  // fits updates only
  tool.faults.chance({ conflict: 0.2 })
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] ?? expect.fail()
  const operation = (count: number): Operation => {
    const ref = pick(refs)
    return pick<Operation>([
      { op: 'create', container: 'ENG', fields: { title: `New ${count}` }, marker: `m${count}` },
      { op: 'update', ref, fields: { title: `Title ${count}` }, version: null },
      { op: 'comment.add', ref, visibility: 'internal', text: `Word ${count}` },
      { op: 'attach', ref, name: 'f', mediaType: 'text/plain', size: 1, sha256: '', visibility: 'public' },
      { op: 'link.add', ref, url: `https://a.example/${count}`, title: 'A' },
      { op: 'transition', ref, to: pick(['backlog', 'done', 'in progress']), fields: {} },
    ])
  }
  const later = (): void => {
    ms += 31_000
  }
  return { tool, now, operation, later }
}

const storm = async (
  tool: DemoTool,
  session: Session,
  operation: (count: number) => Operation,
  later: () => void,
  count: number,
) => {
  const said: Record<string, number> = {}
  for (let at = 0; at < count; at += 1) {
    const key = `key ${at}`
    const outcome = await session
      .push(operation(at), key, () => oneByte())
      .then(
        () => 'done',
        (thrown: unknown) =>
          isFault(thrown) ? thrown.kind : expect.fail(`not a RemoteFault: ${String(thrown)}`),
      )
    const happened = tool.ledger.filter((entry) => entry.key === key).length
    const allowed = outcome === 'done' ? [1] : outcome === 'unknown' ? [0, 1] : [0]
    expect(allowed, `call ${at} said ${outcome}`).toContain(happened)
    const name = outcome === 'unknown' ? `unknown, ${happened === 1 ? 'done' : 'not done'}` : outcome
    said[name] = (said[name] ?? 0) + 1
    later()
  }
  return said
}

async function* oneByte(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array([1])
}

const NO_HTTP: Http = {
  request: () => Promise.reject(new Error('no HTTP in this test')),
  download: () => Promise.reject(new Error('no HTTP in this test')),
}

const ALL_SAID = ['auth', 'conflict', 'done', 'down', 'invalid', 'rate', 'unknown, done', 'unknown, not done']

describe('what a push says of itself is true, by the ledger', () => {
  it.each([1, 2, 3])('in this process, seed %i', async (seed) => {
    const { tool, now, operation, later } = world(seed)
    demoTools.set(tool.name, tool)
    const said = await storm(
      tool,
      demoTracker.connect({ instance: tool.name }, NO_HTTP, now),
      operation,
      later,
      1_000,
    )
    demoTools.delete(tool.name)
    expect(Object.keys(said).sort()).toEqual(ALL_SAID)
  })

  it('over HTTP, where a broken connection can never be called "down"', async () => {
    const { tool, now, operation, later } = world(4)
    const served = await serveDemoTool(tool)
    const http = openHttp({
      baseUrl: served.url,
      headers: () => ({}),
      now,
      allowPrivate: [new URL(served.url).host],
    })
    const said = await storm(tool, demoTracker.connect({ url: served.url }, http, now), operation, later, 400)
    await served.close()
    await http.close()
    expect(Object.keys(said).sort()).toEqual(ALL_SAID.filter((name) => name !== 'down'))
  })
})
