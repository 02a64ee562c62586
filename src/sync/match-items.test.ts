import { describe, expect, it } from 'vitest'
import { type MatchItem, type MatchRule, matchItem, matchItems } from './match-items.ts'
import { describing } from './match-text.ts'
import type { Snapshot } from './snapshot.ts'

const item = (key: string, title: string, more: Partial<MatchItem> = {}): MatchItem => ({
  id: `id-${key}`,
  key,
  url: `https://tool.example/${key}`,
  container: 'all',
  title,
  createdAt: '2026-03-02T08:00:00Z',
  names: [],
  words: [],
  ...more,
})

const paired = (desk: readonly MatchItem[], tracker: readonly MatchItem[], rule: MatchRule) =>
  matchItems(desk, tracker, rule).pairs.map((pair) => `${pair.desk.key} ${pair.tracker.key} ${pair.because}`)

describe('pairs by an address', () => {
  const shown = (fields: Snapshot['fields'], links: Snapshot['links'] = null): Snapshot => ({
    ref: { id: 'id-1' },
    kind: 'item',
    key: '1',
    url: 'https://desk.example/1',
    container: 'support',
    fields,
    statusCategory: null,
    nextStatuses: null,
    comments: null,
    attachments: null,
    links,
    people: [],
    createdAt: null,
    updatedAt: null,
    version: null,
    createdByUs: false,
  })

  it('are found in links and in words, whatever a sentence puts behind the address', () => {
    const rule: MatchRule = { links: true }
    const one = matchItem(
      shown({ description: 'See (https://tool.example/ENG-1), and https://tool.example/ENG-2.' }),
      rule,
      undefined,
      'plain',
    )
    expect(one.names).toEqual(['https://tool.example/ENG-1', 'https://tool.example/ENG-2'])
    const other = matchItem(
      shown({}, [{ kind: 'relates', url: 'https://tool.example/ENG-3/' }]),
      rule,
      undefined,
      'plain',
    )
    expect(paired([other], [item('ENG-3', 'x')], rule)).toEqual(['1 ENG-3 an address in the desk'])
  })

  it('are not made of an item that names two, because one of them would be wrong', () => {
    const desk = item('1', 'x', { names: ['https://tool.example/ENG-1', 'https://tool.example/ENG-2'] })
    const found = matchItems([desk], [item('ENG-1', 'a'), item('ENG-2', 'b')], { links: true })
    expect(found.pairs).toEqual([])
    expect(found.unclear[0]?.reason).toBe('It names 2 items of the tracker.')
  })
})

describe('pairs by words and time', () => {
  const said = (key: string, title: string, text: string, createdAt = '2026-03-02T08:00:00Z') =>
    item(key, title, { words: describing(text), createdAt })
  const desk = [
    said(
      'T-1',
      'Export to PDF hangs on invoices',
      'The progress bar stops at forty percent, invoices from Lisbon branch',
    ),
    said(
      'T-2',
      'Cannot sign in after password reset',
      'Reset mail arrives, link opens, then the login page loops',
    ),
    said('T-3', 'Where is my order', 'Nothing arrived since Monday'),
  ]
  const tracker = [
    said(
      'ENG-1',
      'Login page loops after reset of password',
      'Session cookie is dropped, reset link opens the login',
    ),
    said(
      'ENG-2',
      'PDF export: hangs at forty percent for invoices',
      'Lisbon branch has large invoices, progress stops',
    ),
    said('ENG-3', 'Upgrade the database driver', 'Security advisory, no functional change'),
  ]
  const rule: MatchRule = { text: { withinHours: 336, least: 0.3 } }

  it('finds what tells of the same, with a confidence below that of a title', () => {
    const found = matchItems(desk, tracker, rule)
    expect(found.pairs.map((pair) => [pair.desk.key, pair.tracker.key])).toEqual([
      ['T-1', 'ENG-2'],
      ['T-2', 'ENG-1'],
    ])
    for (const { confidence } of found.pairs) expect(confidence).toBeGreaterThan(0.3)
    for (const { confidence } of found.pairs) expect(confidence).toBeLessThan(0.9)
  })

  it('leaves alone what two items resemble alike, because a guess would bond a customer to the wrong defect', () => {
    const twin = said(
      'ENG-9',
      'PDF export: hangs at forty percent for invoices',
      'Lisbon branch has large invoices, progress stops',
    )
    const found = matchItems(desk, [...tracker, twin], { text: { withinHours: 336, least: 0.5 } })
    expect(found.pairs.map((pair) => pair.desk.key)).not.toContain('T-1')
    expect(found.unclear.find((one) => one.desk.key === 'T-1')?.reason).toMatch(
      /^It reads like ENG-[29] \(\d+ %\)/,
    )
  })

  it('does not compare across years', () => {
    const old = tracker.map((one) => ({ ...one, createdAt: '2019-03-02T08:00:00Z' }))
    expect(matchItems(desk, old, rule)).toEqual({ pairs: [], unclear: [] })
  })

  it('stays near linear in a crowd that shares its words', () => {
    const crowd = (side: string) =>
      Array.from({ length: 4_000 }, (_, at) =>
        said(`${side}-${at}`, `Ticket ${at} unique${at}`, 'customer cannot open the page'),
      )
    const found = matchItems(crowd('T'), crowd('ENG'), { text: { withinHours: 336, least: 0.3 } })
    expect(found.pairs.length).toBe(4_000)
  })
})

describe('pairs by a list of keys', () => {
  it('join several tickets to one defect, and none of them twice', () => {
    const list = [
      { desk: 'T-1', tracker: 'ENG-1' },
      { desk: 'T-2', tracker: 'ENG-1' },
      { desk: 'T-1', tracker: 'ENG-2' },
    ]
    const found = matchItems([item('T-1', 'a'), item('T-2', 'b')], [item('ENG-1', 'c'), item('ENG-2', 'd')], {
      pairs: list,
    })
    expect(found.pairs.map((pair) => `${pair.desk.key} ${pair.tracker.key}`)).toEqual([
      'T-1 ENG-1',
      'T-2 ENG-1',
    ])
  })
})
