import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../lib/stable.ts'
import { createDemoTool } from '../fake.ts'
import { seededRandom } from '../seeded-random.ts'
import { patternBytes, takeIn } from './bytes.ts'
import type { HookDelivery } from './hooks.ts'
import type { DemoToolOptions } from './model.ts'
import { normaliseText, normaliseValue } from './normalise.ts'

const START_MS = Date.parse('2026-01-05T09:00:00.000Z')

const newTool = (options: Partial<DemoToolOptions> = {}) => {
  let ms = START_MS
  const tool = createDemoTool({
    kind: 'desk',
    name: 'desk',
    now: () => new Date(ms),
    random: seededRandom(3),
    hookDelivery: 'manual',
    ...options,
  })
  const ticket = (title = 'Login fails') => tool.humanCreate({ container: 'support', fields: { title } }).id
  return {
    tool,
    ticket,
    later: (more: number) => {
      ms += more
    },
  }
}

describe('normalising', () => {
  it('trims, forces letters, rounds and cuts as it was set to', () => {
    const rules = {
      trim: true,
      recase: { title: 'upper' },
      round: { 'cf:Hours': 0.25 },
      maxLength: { title: 5 },
      tooLong: 'truncate',
    } as const
    expect(normaliseValue(rules, 'title', false, '  a title ')).toBe('A TIT')
    expect(normaliseValue(rules, 'cf:Hours', false, 1.3)).toBe(1.25)
    expect(normaliseValue({ maxLength: { title: 5 } }, 'title', false, 'a title')).toBeUndefined()
  })

  it('takes tags out of rich texts, and formats them as often as they are written', () => {
    expect(normaliseText({ sanitise: true }, 'a <b>b</b><script>x()</script> 1 < 2')).toBe('a b 1 < 2')
    const rules = { textFormatter: (text: string) => `${text}\n` }
    expect(normaliseText(rules, normaliseText(rules, 'a'))).toBe('a\n\n')
  })
})

describe('webhooks', () => {
  const heard = (tool: ReturnType<typeof newTool>['tool']): string[] => {
    const ids: string[] = []
    tool.subscribe((delivery: HookDelivery) =>
      ids.push(JSON.parse(Buffer.from(delivery.bytes).toString()).item.id),
    )
    return ids
  }

  it('name the item and nobody who did it, so that a person under the service account is like us', async () => {
    const { tool, ticket } = newTool()
    const bodies: unknown[] = []
    tool.subscribe(({ bytes }) => bodies.push(JSON.parse(Buffer.from(bytes).toString())))
    const id = ticket()
    tool.humanEdit(id, { title: 'x' }, tool.account.id)
    await tool.deliverHooks()
    expect(bodies).toEqual([
      { event: 'create', item: { id, key: 'T-1', kind: 'item' } },
      { event: 'update', item: { id, key: 'T-1', kind: 'item' } },
    ])
  })

  it('are lost, doubled and late when ordered', async () => {
    const { tool, ticket, later } = newTool()
    const ids = heard(tool)
    tool.faults.queue('hookDropped')
    ticket()
    tool.faults.queue('hookDoubled')
    const doubled = ticket()
    tool.faults.queue('hookLate')
    const late = ticket()
    await tool.deliverHooks()
    expect(ids).toEqual([doubled, doubled])
    expect(tool.hooksWaiting).toBe(1)
    later(60_000)
    await tool.deliverHooks()
    expect(ids).toEqual([doubled, doubled, late])
    expect(tool.faults.struck).toEqual({ hookDropped: 1, hookDoubled: 1, hookLate: 1 })
  })

  it('come in another order when shuffled', async () => {
    const { tool, ticket } = newTool()
    const ids = heard(tool)
    tool.faults.chance({ hookShuffled: 1 })
    const made = Array.from({ length: 20 }, () => ticket())
    await tool.deliverHooks()
    expect(ids).not.toEqual(made)
    expect([...ids].sort()).toEqual([...made].sort())
  })

  it('do not stop at a receiver that fails', async () => {
    const { tool, ticket } = newTool()
    tool.subscribe(() => Promise.reject(new Error('no')))
    const ids = heard(tool)
    const id = ticket()
    await tool.deliverHooks()
    expect(ids).toEqual([id])
  })
})

describe('people', () => {
  it('move an item: its key changes, its id stays', () => {
    const { tool, ticket } = newTool()
    const id = ticket()
    expect(tool.humanMove(id, 'vip')).toMatchObject({ id, key: 'V-1', container: 'vip' })
    expect(tool.item('T-1')).toBeUndefined()
    expect(tool.ledger.at(-1)).toMatchObject({ op: 'move', via: 'hand', before: { container: 'support' } })
  })

  it('merge items: the older comments go in between, by their times', () => {
    const { tool, ticket, later } = newTool()
    const [from, into] = [ticket(), ticket()]
    for (const [id, text] of [
      [into, 'one'],
      [from, 'two'],
      [into, 'three'],
    ] as const) {
      tool.humanComment(id, text)
      later(1_000)
    }
    expect(tool.merge(from, into).comments.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    expect(tool.item(from)).toMatchObject({ mergedInto: into, comments: [], fields: { status: 'closed' } })
  })

  it('reach a merged item as the tool is set: closed, gone, or the other one', async () => {
    for (const [merged, status, shown] of [
      ['closed', 200, 'from'],
      ['gone', 404, undefined],
      ['redirect', 200, 'into'],
    ] as const) {
      const { tool, ticket } = newTool({ traits: { merged } })
      const [from, into] = [ticket('from'), ticket('into')]
      tool.merge(from, into)
      const request = {
        method: 'GET',
        path: `/api/items/${from}`,
        query: {},
        headers: {},
        json: undefined,
        body: null,
      }
      const answer = await tool.handle(request)
      expect(answer).toMatchObject({
        as: 'json',
        status,
        json: shown === undefined ? {} : { item: { fields: { title: shown } } },
      })
    }
  })

  it('fill a ledger that keeps its newest lines only, where a limit is set', () => {
    const { tool, ticket } = newTool({ ledgerKept: 10 })
    for (let made = 0; made < 100; made += 1) ticket()
    expect(tool.ledger.length).toBeLessThanOrEqual(20)
    expect(tool.ledger.at(-1)?.seq).toBe(100)
  })

  it('write the same value again: a line in the ledger, no new version, no webhook', () => {
    const { tool, ticket } = newTool()
    tool.subscribe(() => undefined)
    const id = ticket()
    const before = tool.item(id)
    tool.humanEdit(id, { title: 'Login fails' })
    expect(tool.item(id)).toBe(before)
    expect(tool.ledger.at(-1)).toMatchObject({ op: 'update', changed: false })
    expect(tool.hooksWaiting).toBe(1)
  })

  it('delete and restore', () => {
    const { tool, ticket } = newTool()
    const id = ticket()
    tool.humanDelete(id)
    expect(tool.items()).toEqual([])
    expect(tool.restoreItem(id).fields.title).toBe('Login fails')
    expect(tool.ledger.map(({ op }) => op)).toEqual(['create', 'delete', 'restore'])
  })

  it('cannot use an option that was taken away, until it is back', () => {
    const { tool, ticket } = newTool()
    const id = ticket()
    const { customFields } = tool.setup
    tool.change({
      customFields: customFields.map((field) =>
        field.name === 'Severity' ? { ...field, options: ['low'] } : field,
      ),
    })
    expect(() => tool.humanEdit(id, { 'cf:Severity': 'high' })).toThrow('high is not an option')
    tool.change({ customFields })
    expect(tool.humanEdit(id, { 'cf:Severity': 'high' }).fields['cf:Severity']).toBe('high')
  })
})

describe('clocks', () => {
  it('run ahead and count whole seconds where set, while the ledger keeps true time', () => {
    const { tool, ticket, later } = newTool({ skewMs: 90_000, resolutionMs: 1_000 })
    later(1_234)
    const id = ticket()
    expect(tool.item(id)?.createdAt).toBe('2026-01-05T09:01:31.000Z')
    expect(tool.ledger[0]?.at).toBe('2026-01-05T09:00:01.234Z')
  })
})

describe('bytes by recipe', () => {
  it('are the same each time, of the size asked for, and differ by seed', async () => {
    const hash = async (seed: number) => takeIn(patternBytes({ size: 200_000, seed }), 0)
    expect(await hash(1)).toEqual(await hash(1))
    expect((await hash(1)).sha256).not.toBe((await hash(2)).sha256)
    expect(await hash(1)).toMatchObject({ size: 200_000, bytes: null })
  })

  it('are kept when small, hashed when not', async () => {
    const small = await takeIn(patternBytes({ size: 10, seed: 1 }), 10)
    expect(small.sha256).toBe(sha256(small.bytes ?? ''))
    expect((await takeIn(patternBytes({ size: 0, seed: 1 }), 10)).size).toBe(0)
  })
})
