import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateSnapshot } from '../../../test/conformance/validate-snapshot.ts'
import { isFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { toSnapshot } from './convert.ts'
import { goldenOf } from './golden.ts'
import { requestTracker } from './index.ts'
import { readTicket } from './schema.ts'

const folder = new URL('./fixtures/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => !file.endsWith('.golden.json'))
  .map((file) => file.replace(/\.json$/, ''))
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
const recordings = names.map((name) => ({ name, answer: read(`${name}.json`) }))

const capabilities = requestTracker.capabilities({ url: 'https://rt.example', token: '1-35-token' })

const snapshotsIn = (value: unknown): readonly Snapshot[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (each) => each !== null && typeof each === 'object' && 'ref' in each,
  )

/** Replaces or removes what is at the `at`th place of a JSON value, counted in depth. */
const damaged = (value: unknown, at: number, by: unknown): unknown => {
  let place = 0
  const walk = (node: unknown): unknown => {
    if (place++ === at) return by
    if (Array.isArray(node)) return node.map(walk).filter((each) => each !== undefined)
    if (node === null || typeof node !== 'object') return node
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]))
  }
  return walk(value)
}

const placesIn = (value: unknown): number =>
  1 +
  (value !== null && typeof value === 'object'
    ? Object.values(value).reduce<number>((sum, inner) => sum + placesIn(inner), 0)
    : 0)

describe('recorded answers of Request Tracker 5', () => {
  it('are there, so that the tests below are not vacuous', () => {
    expect(recordings.length).toBeGreaterThanOrEqual(10)
  })

  it.each(recordings)('become the neutral value beside them: $name', ({ name, answer }) => {
    expect(JSON.parse(JSON.stringify(goldenOf(name, answer)))).toEqual(read(`${name}.golden.json`))
  })

  it.each(recordings)('are sound: $name', ({ name, answer }) => {
    const problems = snapshotsIn(goldenOf(name, answer)).flatMap((each) =>
      validateSnapshot(each, capabilities),
    )
    expect(problems).toEqual([])
  })

  it.each(recordings)('give a fault or a sound value when damaged anywhere: $name', ({ name, answer }) => {
    const places = placesIn(answer)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: places - 1 }),
        fc.oneof(fc.constant(undefined), fc.jsonValue()),
        (at, by) => {
          let value: unknown
          try {
            value = goldenOf(name, damaged(answer, at, by))
          } catch (thrown) {
            expect(isFault(thrown)).toBe(true)
            return
          }
          expect(snapshotsIn(value).flatMap((each) => validateSnapshot(each, capabilities))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('toSnapshot', () => {
  const ticket = readTicket({
    id: 7,
    Status: 'new',
    Subject: 'x',
    Queue: 'Support',
    Created: '2026-01-01T00:00:00Z',
  })
  const reading = {
    web: 'https://rt.example',
    account: 'integration',
    format: 'plain',
    multiple: null,
  } as const
  const transaction = {
    id: '1',
    type: 'Correspond',
    ticketId: '7',
    creator: null,
    created: '2026-01-01T00:00:00.000Z',
  }
  const row = {
    id: '9',
    transactionId: '1',
    filename: '',
    mediaType: 'text/plain',
    length: 4,
    content: 'text',
    created: null,
  }

  it('takes the plain half of a mail that has both, so that nobody reads markup', () => {
    const html = { ...row, id: '10', mediaType: 'text/html', content: '<p>text</p>' }
    const snapshot = toSnapshot(
      ticket,
      { transactions: [transaction], attachments: [row, html] },
      null,
      reading,
    )
    expect(snapshot.comments?.map((each) => each.text)).toEqual(['text'])
  })

  it('makes words of a mail that is HTML only, and drops what would run', () => {
    const html = {
      ...row,
      mediaType: 'text/html',
      content: '<script>alert(1)</script><p>a &lt;b&gt;</p><p>c</p>',
    }
    const snapshot = toSnapshot(ticket, { transactions: [transaction], attachments: [html] }, null, reading)
    expect(snapshot.comments?.map((each) => each.text)).toEqual(['a <b>\n\nc'])
  })

  it('keeps mails that RT sent out of the thread, because they repeat what was said', () => {
    const mail = { ...transaction, type: 'EmailRecord' }
    const snapshot = toSnapshot(ticket, { transactions: [mail], attachments: [row] }, null, reading)
    expect(snapshot.comments).toEqual([])
    expect(snapshot.attachments).toEqual([])
  })

  it('makes no comment of an upload without words', () => {
    const file = { ...row, filename: 'a.bin', mediaType: 'application/octet-stream' }
    const empty = { ...row, id: '8', mediaType: 'application/octet-stream', length: 0, content: null }
    const snapshot = toSnapshot(
      ticket,
      { transactions: [transaction], attachments: [empty, file] },
      null,
      reading,
    )
    expect(snapshot.comments).toEqual([])
    expect(
      snapshot.attachments?.map(({ name, commentId, visibility }) => [name, commentId, visibility]),
    ).toEqual([['a.bin', null, 'public']])
  })

  it('names no next statuses for words that are not of RT’s own lifecycle, rather than an incomplete list', () => {
    const links = [{ ref: 'lifecycle', from: 'waiting for parts', to: 'open' }]
    const custom = readTicket({ id: 7, Status: 'waiting for parts', Queue: 'Support', _hyperlinks: links })
    expect(toSnapshot(custom, null, null, reading).nextStatuses).toBeNull()
    expect(toSnapshot(custom, null, null, reading).statusCategory).toBeNull()
  })

  it('says that nothing was listed when only the ticket was read', () => {
    const snapshot = toSnapshot(ticket, null, null, reading)
    expect([snapshot.comments, snapshot.attachments, snapshot.links]).toEqual([null, null, null])
    expect(snapshot.fields).not.toHaveProperty('description')
  })
})
