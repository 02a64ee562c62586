import { describe, expect, it } from 'vitest'
import type { Session } from '../../src/sync/connector.ts'
import { isFault, RemoteFault } from '../../src/sync/fault.ts'
import type { Snapshot } from '../../src/sync/snapshot.ts'
import { cases } from './cases.ts'
import { runAll } from './run-all.ts'
import type { Subject } from './subject.ts'
import { demoSubject } from './subjects/demo.ts'

/** Does the suite notice? Each defect is one a connector could really have, and names the cases that must fail. */
interface Defect {
  readonly name: string
  readonly session?: (session: Session) => Partial<Session>
  readonly subject?: (subject: Subject) => Partial<Subject>
  /** Beginnings of the names of cases. */
  readonly caughtBy: readonly string[]
}

const changed = (
  snapshot: Snapshot | 'gone',
  change: (snapshot: Snapshot) => Partial<Snapshot>,
): Snapshot | 'gone' => (snapshot === 'gone' ? 'gone' : { ...snapshot, ...change(snapshot) })

const rethrown = async <T>(work: Promise<T>, turn: (fault: RemoteFault) => RemoteFault): Promise<T> => {
  try {
    return await work
  } catch (thrown) {
    throw isFault(thrown) ? turn(thrown) : thrown
  }
}

const DEFECTS: readonly Defect[] = [
  {
    name: 'calls a lost write "down"',
    session: ({ push }) => ({
      push: (...call) =>
        rethrown(push(...call), (fault) =>
          fault.kind === 'unknown' ? new RemoteFault('down', fault.detail) : fault,
        ),
    }),
    caughtBy: [
      'creating: a lost answer',
      'commenting: a lost answer',
      'attaching: a lost answer',
      'failing: an update whose answer',
    ],
  },
  {
    name: 'tries a lost write again by itself',
    session: ({ push }) => ({
      push: (operation, key, content) =>
        push(operation, key, content).catch((fault: unknown) => {
          if (isFault(fault) && fault.kind === 'unknown') return push(operation, `${key} again`, content)
          throw fault
        }),
    }),
    caughtBy: ['creating: a lost answer', 'commenting: a lost answer'],
  },
  {
    name: 'shows every comment as public',
    session: ({ fetch }) => ({
      fetch: async (ref) =>
        changed(await fetch(ref), ({ comments }) => ({
          comments: comments?.map((comment) => ({ ...comment, visibility: 'public' })) ?? null,
        })),
    }),
    caughtBy: ['commenting: a comment shows', 'commenting: an internal comment'],
  },
  {
    name: 'sends internal files as public ones',
    session: ({ push }) => ({
      push: (operation, ...rest) =>
        push(operation.op === 'attach' ? { ...operation, visibility: 'public' } : operation, ...rest),
    }),
    caughtBy: ['attaching: an internal file'],
  },
  {
    name: 'empties labels with every update',
    session: ({ push }) => ({
      push: (operation, ...rest) =>
        push(
          operation.op === 'update'
            ? { ...operation, fields: { labels: [], ...operation.fields } }
            : operation,
          ...rest,
        ),
    }),
    caughtBy: ['updating: each field changes alone'],
  },
  {
    name: 'ignores versions',
    session: ({ push }) => ({
      push: (operation, ...rest) =>
        push(operation.op === 'update' ? { ...operation, version: null } : operation, ...rest),
    }),
    caughtBy: ['updating: from an old version'],
  },
  {
    name: 'goes on after the last time stamp of a page, not within it',
    session: ({ pull }) => ({
      pull: async (cursor, scope) => {
        const page = await pull(cursor, scope)
        const last = page.snapshots.at(-1)?.updatedAt
        const next = new Date(Date.parse(last ?? '') + 1).toISOString()
        return scope === 'changes' && page.more
          ? { ...page, cursor: JSON.stringify({ since: next, after: null }) }
          : page
      },
    }),
    caughtBy: ['pulling: two pages and a half'],
  },
  {
    name: 'has no overlap for a clock of whole seconds',
    session: ({ pull }) => ({
      pull: async (cursor, scope) => {
        const page = await pull(cursor, scope)
        const last = page.snapshots.at(-1)?.updatedAt
        const next = new Date(Date.parse(last ?? '') + 1).toISOString()
        return scope === 'changes' && !page.more && last != null
          ? { ...page, cursor: JSON.stringify({ since: next, after: null }) }
          : page
      },
    }),
    caughtBy: ['pulling: a change made in the same second'],
  },
  {
    name: 'takes a failed list for an empty one',
    session: ({ pull }) => ({
      pull: (cursor, scope) =>
        pull(cursor, scope).catch(() => ({ snapshots: [], cursor: cursor ?? '', more: false })),
    }),
    caughtBy: ['pulling: a list that fails'],
  },
  {
    name: 'never gets to the end of a round',
    session: ({ pull }) => ({
      pull: async (cursor, scope) => ({ ...(await pull(cursor, scope)), more: true }),
    }),
    caughtBy: ['pulling: changes from no cursor', 'pulling: everything is visited'],
  },
  {
    name: 'takes a broken download for the whole file',
    session: ({ download }) => ({
      download: async (ref, id) => {
        const { size, stream } = await download(ref, id)
        return { size, stream: untilItBreaks(stream) }
      },
    }),
    caughtBy: ['attaching: a download that breaks off'],
  },
  {
    name: 'finds nothing by marker',
    session: () => ({ find: async () => [] }),
    caughtBy: [
      'creating: an item is found by its marker',
      'creating: an item made before a restart',
      'creating: a lost answer',
    ],
  },
  {
    name: 'says "slow down" without saying until when',
    session: ({ push }) => ({
      push: (...call) =>
        rethrown(push(...call), (fault) => new RemoteFault(fault.kind, fault.detail, { field: fault.field })),
    }),
    caughtBy: ['failing: 429 says when'],
  },
  {
    name: 'does not name the field that was refused',
    session: ({ push }) => ({
      push: (...call) =>
        rethrown(
          push(...call),
          (fault) => new RemoteFault(fault.kind, fault.detail, { retryAt: fault.retryAt }),
        ),
    }),
    caughtBy: ['creating: an unknown option', 'creating: an unknown person', 'updating: an unknown option'],
  },
  {
    name: 'shows a key where the id belongs',
    session: ({ fetch }) => ({
      fetch: async (ref) => changed(await fetch(ref), ({ key }) => ({ ref: { id: key } })),
    }),
    caughtBy: ['moved: an item keeps its id'],
  },
  {
    name: 'takes a deleted item for one that refuses',
    session: ({ fetch }) => ({
      fetch: async (ref) => {
        const snapshot = await fetch(ref)
        if (snapshot === 'gone') throw new RemoteFault('auth', 'no')
        return snapshot
      },
    }),
    caughtBy: ['gone: an item that never existed', 'gone: a deleted item'],
  },
  {
    name: 'reads webhooks without looking at the signature',
    subject: () => ({
      readHook: ({ bytes }) => ({
        outcome: 'hints',
        refs: [{ id: JSON.parse(Buffer.from(bytes).toString()).item.id }],
        deliveryId: null,
      }),
    }),
    caughtBy: [
      'ringing: one changed byte',
      'ringing: no signature',
      'ringing: a replay',
      'ringing: whatever is signed well',
    ],
  },
]

async function* untilItBreaks(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch {
    // the defect: what came is taken for all there is
  }
}

const broken = (defect: Defect) => async (): Promise<Subject> => {
  const subject = await demoSubject('tracker')
  const connect = (): Session => {
    const session = subject.connect()
    return { ...session, ...defect.session?.(session) }
  }
  return { ...subject, connect, ...defect.subject?.(subject) }
}

describe('the conformance suite', () => {
  for (const defect of DEFECTS) {
    it(`notices a connector that ${defect.name}`, async () => {
      const meant = cases.filter(({ name }) => defect.caughtBy.some((start) => name.startsWith(start)))
      expect(meant).toHaveLength(defect.caughtBy.length)
      const results = await runAll(meant, broken(defect))
      expect(results.filter(({ outcome }) => outcome !== 'failed')).toEqual([])
    })
  }

  it('has a name of its own for each case', () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length)
  })
})
