import { createHmac } from 'node:crypto'
import { placeOfHook } from '../commands/keep-partner-hook.ts'
import { openHttp } from '../connectors/http.ts'
import { claimRings, noteRung } from '../store/partner-hooks.ts'
import type { PartnerRow } from '../store/partners.ts'
import { openSecret } from '../store/secrets.ts'
import { onceShared, sharedRecords, touchedSince } from '../store/shared-records.ts'
import { isFault } from '../sync/fault.ts'
import type { WorkerDeps } from './deps.ts'

/**
 * Tells partners which of their items changed, by ids alone; they come and look, through their policy. Nobody's work
 * waits for it: who does not answer is told later and later, and finds everything by asking meanwhile.
 */
const LOOK_EVERY_MS = 2_000
const LEASE_SECONDS = 60
const TIMEOUT_MS = 10_000
const LONGEST_WAIT_MS = 600_000
/** Ids in one ring. */
const AT_ONCE = 500

export const ringPartners = async (deps: WorkerDeps): Promise<void> => {
  const rows = await claimRings(deps.runner.db, deps.clock.now(), LEASE_SECONDS)
  for (const row of rows) await ringOne(deps, row)
}

const ringOne = async (deps: WorkerDeps, row: PartnerRow): Promise<void> => {
  const { db } = deps.runner
  const from = { tx: row.hook_tx ?? '0', seq: row.hook_seq ?? 0 }
  const { to, ids } = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const touched = await touchedSince(tx, row, from, null)
      const shared = (await sharedRecords(tx, row, touched.ids)).map(({ id }) => id)
      const ids = [...new Set([...shared, ...(await onceShared(tx, row, touched.ids))])]
      return { to: touched.to, ids }
    })
  const problem = ids.length === 0 ? null : await ring(deps, row, ids)
  const now = deps.clock.now().getTime()
  const wait = problem === null ? LOOK_EVERY_MS : Math.min(LONGEST_WAIT_MS, 5_000 * 2 ** row.hook_failures)
  await noteRung(db, row, {
    place: problem === null ? to : from,
    problem,
    next: new Date(now + wait),
  })
}

/** Why they were not reached, as a sentence; null: they were told. */
const ring = async (deps: WorkerDeps, row: PartnerRow, ids: readonly string[]): Promise<string | null> => {
  const { hook_address: address, hook_secret: sealed } = row
  if (address === null || sealed === null) return null
  const secret = openSecret(deps.masterKey, placeOfHook(row.id, address), sealed)
  if (!secret.ok)
    return 'The secret they gave for it does not open with our key: they have to register again.'
  const url = new URL(address)
  const http = openHttp({
    baseUrl: url.origin,
    headers: () => ({}),
    now: () => deps.clock.now(),
    allowPrivate: deps.allowPrivate,
    timeoutMs: TIMEOUT_MS,
  })
  try {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const body = Buffer.from(JSON.stringify({ items: ids.slice(at, at + AT_ONCE) }))
      const stamp = String(Math.floor(deps.clock.now().getTime() / 1000))
      await http.request({
        method: 'POST',
        path: `${url.pathname}${url.search}`,
        body,
        // told twice is looked at twice
        effect: 'read',
        headers: {
          'content-type': 'application/json',
          'x-causeway-delivery': deps.runner.newId(),
          'x-causeway-timestamp': stamp,
          'x-causeway-signature': `v1=${createHmac('sha256', secret.value.reveal()).update(`${stamp}.`).update(body).digest('hex')}`,
        },
      })
    }
    return null
  } catch (thrown) {
    if (!isFault(thrown)) throw thrown
    return thrown.detail
  } finally {
    await http.close()
  }
}
