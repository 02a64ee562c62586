import { describe, expect, it } from 'vitest'
import type { Operation } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { FakeFault } from './fake/faults.ts'
import { type FakeSession, openFakeSession } from './fake-session.ts'

/**
 * Each kind of write, with each fault at each of its calls in turn, from a session that knows nothing yet. What is called
 * "not done" must not be done: that is how twins are made.
 */

const FAULTS: readonly FakeFault[] = [
  ...(['commit then lose', 'half body', 'rate', 'maintenance', 'auth', 'server error', 'html'] as const),
  ...(['deep json', 'busy'] as const),
]

/** What says of itself that nothing was changed. */
const NOT_DONE = ['down', 'rate', 'auth', 'conflict', 'gone']

const SINCE = '2026-01-05T09:00:00Z'

const WRITES: Readonly<Record<string, (ref: { id: string }) => Operation>> = {
  'a new ticket': () => ({
    op: 'create',
    container: 'Support',
    marker: 'TK-1',
    fields: { title: 'New', 'cf:Severity': 'Severity high' },
  }),
  'an update': (ref) => ({ op: 'update', ref, fields: { title: 'Ours' }, version: null, since: SINCE }),
  'new labels': (ref) => ({ op: 'update', ref, fields: { labels: ['ours'] }, version: null }),
  'a transition': (ref) => ({ op: 'transition', ref, to: 'Pending', fields: {}, since: SINCE }),
  'a comment': (ref) => ({ op: 'comment.add', ref, visibility: 'internal', text: '<p>Secret</p>' }),
  'a file': (ref) => ({
    ...{ op: 'attach', ref, name: 'a.txt', mediaType: 'text/plain', size: 3, sha256: '' },
    visibility: 'internal',
  }),
}

async function* threeBytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('abc')
}

const push = ({ another }: FakeSession, operation: Operation) =>
  another()
    .push(operation, 'one-key', threeBytes)
    .then(
      () => 'done',
      (thrown: unknown) => (isFault(thrown) ? thrown.kind : Promise.reject(thrown)),
    )

const subjectTicket = (zendesk: FakeSession): { id: string } => {
  const id = zendesk.fake.people.create('T')
  zendesk.later(1_000)
  return { id: String(id) }
}

/** How many calls it makes when all goes well. */
const callsOf = async (write: (ref: { id: string }) => Operation): Promise<number> => {
  await using zendesk = await openFakeSession()
  const ref = subjectTicket(zendesk)
  zendesk.newCalls()
  expect(await push(zendesk, write(ref))).toBe('done')
  return zendesk.newCalls().length
}

describe('a fault at any call', () => {
  it.each(Object.entries(WRITES))(
    'of %s never calls done what is not, nor not done what is',
    async (_, write) => {
      const calls = await callsOf(write)
      let struck = 0
      for (const fault of FAULTS) {
        for (let after = 0; after < calls; after += 1) {
          await using zendesk = await openFakeSession()
          const ref = subjectTicket(zendesk)
          zendesk.fake.setFaults([{ fault, after }])
          const outcome = await push(zendesk, write(ref))
          const writes = zendesk.fake.ledger.length
          if (outcome === 'done') expect([fault, after, writes]).toEqual([fault, after, 1])
          else struck += 1
          if (NOT_DONE.includes(outcome))
            expect([fault, after, outcome, writes]).toEqual([fault, after, outcome, 0])
          expect(zendesk.fake.state.tickets.get(Number(ref.id))?.comments.slice(1)).not.toContainEqual(
            expect.objectContaining({ isPublic: true }),
          )
        }
      }
      expect(struck).toBeGreaterThan(calls)
    },
  )
})
