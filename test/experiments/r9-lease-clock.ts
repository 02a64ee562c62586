import { claimConnection } from '../../src/store/connections.ts'
import { LEASE_SECONDS } from '../../src/store/lease.ts'
import { claimMirrors, finishMirror, holdsMirror, renewLease } from '../../src/store/mirrors.ts'
import { buildRoad, type Road } from '../support/road.ts'
import { type Experiment, must, zero } from './experiment.ts'

/**
 * R9 with the clock of the leases in hand, which is the database's in production and cannot be turned there.
 *
 * A jump forward ends every lease at once: another worker takes over, and what the first one had in hand it can no
 * longer write down; before its next call it sees that. A jump back makes leases last longer by as much: what a dead
 * worker held waits so long, what a living one holds it renews and gives back as ever. At no time are there two.
 */
export const leaseClock: Experiment = {
  id: 'R9',
  title: "leases while the database's clock jumps ten minutes forward and back",
  run: async (test) => {
    const road = await buildRoad({ db: test.db, seed: 9 })
    road.desk.humanCreate({ container: 'support', fields: { title: 'Leased' } })
    await road.converge(3)
    const all = []
    for (const jumpMs of JUMPS) all.push(await jump(road, jumpMs))
    const listing = await listingJump(road)
    await road.close()
    const twoHolders = all.filter((one) => one.hasTwoHolders).length + listing
    const oldFence = all.reduce((sum, one) => sum + one.oldFenceWrites, 0)
    const renewed = all.filter((one) => one.isHolderFree).length
    return {
      seed: 9,
      counts: {
        jumps: JUMPS.length + 2,
        'two holders': twoHolders,
        'writes with an old fence': oldFence,
        'holders that went on': renewed,
      },
      failures: [
        ...zero('two holders', twoHolders),
        ...zero('writes with an old fence', oldFence),
        ...must('holders that went on', renewed, renewed === JUMPS.length, String(JUMPS.length)),
      ],
    }
  },
}

const MINUTE = 60_000
const LEASE_MS = LEASE_SECONDS * 1000
/** Within the lease, at its very end, beyond it, and back. */
const JUMPS: readonly number[] = [
  LEASE_MS - 1,
  LEASE_MS,
  LEASE_MS + 1,
  10 * MINUTE,
  -1,
  -LEASE_MS,
  -10 * MINUTE,
]

interface Jumped {
  readonly hasTwoHolders: boolean
  readonly oldFenceWrites: number
  /** Whoever holds it after the jump can renew it and write. */
  readonly isHolderFree: boolean
}

/** One worker claims, the clock jumps, another one asks; then both try everything that a holder does. */
const jump = async (road: Road, jumpMs: number): Promise<Jumped> => {
  const { db } = road
  await db
    .updateTable('mirror')
    .set((is) => ({ dirty_seq: is('clean_seq', '+', 1), lease_until: null, retry_at: null }))
    .execute()
  const claim = async (now: Date) =>
    (await claimMirrors(db, { connectionId: road.ids.desk, limit: 1, worstLane: 3, now }))[0]
  const at = road.clock.now()
  const later = new Date(at.getTime() + jumpMs)
  const first = await claim(at)
  if (first === undefined) throw new Error('nothing was to claim')
  const second = await claim(later)
  const isOver = jumpMs > LEASE_MS
  const tries = async (mirror: typeof first): Promise<number> =>
    [
      await renewLease(db, mirror, later),
      await db.transaction().execute((tx) => holdsMirror(tx, mirror.id, mirror.fence)),
      await db
        .transaction()
        .execute((tx) => finishMirror(tx, { id: mirror.id, fence: mirror.fence, cleanSeq: null })),
    ].filter(Boolean).length
  const oldFenceWrites = second === undefined ? 0 : await tries(first)
  return {
    hasTwoHolders: second !== undefined && !isOver,
    oldFenceWrites,
    isHolderFree: (await tries(second ?? first)) === 3,
  }
}

/** The same of a poll: how often two had it at once. */
const listingJump = async (road: Road): Promise<number> => {
  const { db } = road
  let two = 0
  for (const jumpMs of [LEASE_MS - 1, -10 * MINUTE]) {
    await db.updateTable('connection').set({ next_poll_at: null, lease_until: null }).execute()
    const at = road.clock.now()
    const first = await claimConnection(db, road.ids.desk, 'poll', at)
    const second = await claimConnection(db, road.ids.desk, 'poll', new Date(at.getTime() + jumpMs))
    if (first === null || second !== null) two += 1
  }
  return two
}
