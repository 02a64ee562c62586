import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Operation, Session } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import { openHttp } from '../http.ts'
import { type RedmineFake, startRedmineFake } from './fake.ts'
import { redmine } from './index.ts'

/** Many operations while everything goes wrong by chance: nothing is thrown but faults, and no twin is made. */

const SHARES = {
  'commit then drop': 0.08,
  drop: 0.06,
  'half body': 0.06,
  'server error': 0.06,
  'server error after commit': 0.06,
  rate: 0.05,
  html: 0.04,
} as const

/** Mulberry32: a fixed seed gives a fixed storm. */
const seeded = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What the caller does with each outcome: `unknown` is read back before anything is done again. */
const createOnce = async (session: Session, fake: RedmineFake, marker: string): Promise<string> => {
  const operation: Operation = { op: 'create', container: 'atlas', marker, fields: { title: marker } }
  for (let attempt = 0; attempt < 60; attempt += 1) {
    try {
      const { ref } = await session.push(operation, marker)
      if (ref !== null) return ref.id
    } catch (error) {
      if (!isFault(error)) throw error
      if (error.kind !== 'unknown') continue
      await fake.set({})
      const [found] = await session.find(marker, new Date(0))
      await fake.set({ shares: SHARES })
      if (found !== undefined) return found.ref.id
    }
  }
  throw new Error(`${marker} was never made`)
}

const tried = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!isFault(error)) throw error
  }
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('abc')
}

const storm = async (seed: number): Promise<void> => {
  const fake = await startRedmineFake({ random: seeded(seed) })
  const http = openHttp({
    baseUrl: fake.url,
    headers: () => redmine.headers(fake.settings),
    now: () => new Date(),
    allowPrivate: [fake.address],
  })
  const session = redmine.connect(fake.settings, http, () => new Date())
  try {
    await fake.set({ shares: SHARES })
    for (let each = 0; each < 6; each += 1) {
      const id = await createOnce(session, fake, `T-${each}`)
      const ref = { id }
      await tried(() =>
        session.push(
          { op: 'update', ref, fields: { priority: 'High', release: '2.1.0' }, version: null },
          'k',
        ),
      )
      await tried(() =>
        session.push({ op: 'comment.add', ref, visibility: 'internal', text: `secret ${each}` }, 'k'),
      )
      const file = {
        op: 'attach',
        ref,
        name: 'a.txt',
        mediaType: 'text/plain',
        size: 3,
        sha256: '',
        visibility: 'public',
      } as const
      await tried(() => session.push(file, 'k', bytes))
      await tried(() => session.pull(null, 'all'))
    }
    expect([...fake.state.issues.values()].map((each) => each.subject)).toEqual([
      'T-0',
      'T-1',
      'T-2',
      'T-3',
      'T-4',
      'T-5',
    ])
    const notes = [...fake.state.issues.values()].flatMap((each) =>
      each.journals.filter((one) => one.notes !== ''),
    )
    expect(notes.every((each) => each.isPrivate)).toBe(true)
    expect(Object.values(fake.faults.struck()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5)
  } finally {
    await http.close()
    await fake.close()
  }
}

describe('a storm of faults', () => {
  it('makes no twin, publishes no private note, and throws nothing but faults', async () => {
    await fc.assert(fc.asyncProperty(fc.integer(), storm), { numRuns: 10 })
  })
})
