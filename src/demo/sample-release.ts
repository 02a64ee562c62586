import { addReleaseNote } from '../commands/add-release-note.ts'
import { bookEnvironment } from '../commands/book-environment.ts'
import { createEnvironment } from '../commands/create-environment.ts'
import { createInstallation } from '../commands/create-installation.ts'
import { createRelease } from '../commands/create-release.ts'
import { estimateRelease } from '../commands/estimate-release.ts'
import { openChange } from '../commands/open-change.ts'
import { recordDeployment } from '../commands/record-deployment.ts'
import { applyCommand, type Command } from '../commands/run-command.ts'
import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../lib/result.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const RELEASE = '3.2'

/** A planned release on its way to customers: what they run, where it is tried, what it changes, how it goes live. */
export const makeSampleRelease: Command<null, null> = async (tx, context) => {
  const run =
    <I>(command: Command<I, unknown>, input: I) =>
    (): Promise<Result<unknown, Refusal>> =>
      applyCommand(tx, context, command, input)
  const at = (days: number, hour: number): Date =>
    new Date(Math.floor(context.now.getTime() / DAY_MS + days) * DAY_MS + hour * HOUR_MS)
  const day = (days: number): string => at(days, 0).toISOString().slice(0, 10)
  const release = await applyCommand(tx, context, createRelease, { product: 'beacon', name: RELEASE })
  if (!release.ok) return release
  const { id } = release.value
  const ofBeacon = { product: 'beacon', isShareable: true } as const
  const steps = [
    run(estimateRelease, { release: id, estimate: { from: day(10), to: day(17), confidence: 70 } }),
    run(createInstallation, { ...NORTHWIND, product: 'portal', version: '7.4' }),
    run(createInstallation, { ...NORTHWIND, product: 'beacon', version: '3.1' }),
    run(createEnvironment, {
      ...{ ...ofBeacon, key: 'beacon-staging', name: 'Beacon staging' },
      purpose: 'The next release, with data like that of customers',
    }),
    run(createEnvironment, {
      ...{ product: 'beacon', key: 'beacon-uat', name: 'Beacon UAT', isShareable: false },
      purpose: 'Where support accepts a release',
    }),
    run(recordDeployment, {
      ...{ environment: 'beacon-staging', release: RELEASE, build: 'beacon-3.2-rc1', source: 'sample' },
      ...{ state: 'succeeded', startedAt: null, finishedAt: new Date(context.now.getTime() - HOUR_MS) },
    } as const),
    run(bookEnvironment, {
      ...{ environment: 'beacon-uat', person: 'ben@demo.example', purpose: 'Acceptance of 3.2' },
      ...{ from: at(2, 9), to: at(2, 12), isShareable: false, release: id },
    }),
    run(addReleaseNote, {
      ...{ release: id, kind: 'behaves differently', title: 'Alerts show the time of the site' },
      body: 'An alert names the time of the place where it happened, and no longer that of the server.',
      say: 'The times are right: they are those of your site. Nothing has to be set.',
      component: 'alerts',
    } as const),
    run(addReleaseNote, {
      ...{ release: id, kind: 'new', title: 'Reports can be sent to a group' },
      ...{ body: 'A report may have a group of people as its reader.', component: 'reports' },
    } as const),
    run(openChange, {
      ...{ kind: 'normal', title: 'Bring Beacon 3.2 to customers', product: 'beacon', release: id },
      ...{ reason: 'It has the fix for late alerts.', owner: 'finn@demo.example' },
      window: { from: at(12, 18), to: at(12, 20) },
      plans: {
        implement: 'One site after the other, the smallest first.',
        test: 'An alert of each kind arrives in time.',
        backOut: 'The packages of 3.1 are kept; going back takes ten minutes a site.',
      },
    } as const),
  ]
  for (const step of steps) {
    const made = await step()
    if (!made.ok) return made
  }
  return ok({ value: null, events: [], changed: [] })
}

const NORTHWIND = { customer: 'northwind', environment: 'production' } as const
