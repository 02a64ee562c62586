import { inParallel, pause, until } from './awaited.ts'
import { mailSent } from './desk.ts'
import { listAt, numberAt, textAt } from './json.ts'
import { type Count, countLedger } from './ledger.ts'
import { backPortSteps } from './story/back-port.ts'
import { bothEditSteps } from './story/both-edit.ts'
import { firstDefectSteps } from './story/first-defect.ts'
import { joinSteps } from './story/join.ts'
import { oddEndSteps } from './story/odd-ends.ts'
import { outageSteps } from './story/outage.ts'
import type { Step, World } from './world.ts'

/** The story in its order. A step that fails does not keep the next ones from being played: all that is wrong is told. */
export const STEPS: readonly Step[] = [
  ...firstDefectSteps,
  ...bothEditSteps,
  ...oddEndSteps,
  ...backPortSteps,
  ...outageSteps,
  ...joinSteps,
]

export interface Told {
  readonly failed: readonly { readonly step: string; readonly why: string }[]
  readonly counts: readonly Count[]
}

export const tellStory = async (world: World, only: readonly string[]): Promise<Told> => {
  const failed: { step: string; why: string }[] = []
  for (const step of STEPS) {
    if (only.length > 0 && !only.includes(step.name)) continue
    const begun = performance.now()
    world.say(`▸ ${step.title}`)
    try {
      await step.play(world)
      world.say(`  ✓ ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      world.say(`  ✗ ${why}`)
      failed.push({ step: step.title, why })
    }
  }
  await quiet(world).catch((error: unknown) => failed.push({ step: 'Coming to rest', why: String(error) }))
  return { failed, counts: await count(world) }
}

/** Until nothing waits any more, and a little longer: what would still be doubled has its chance. */
export const quiet = async (world: World, seconds = 900): Promise<void> => {
  await until(
    'nothing to wait to be looked at',
    async () => {
      const connections = listAt(await world.causeway.get('/api/v1/status'), 'connections')
      const waiting = connections.filter((one) => numberAt(one, 'dirty') + numberAt(one, 'unknown') > 0)
      if (waiting.length > 0)
        throw new Error(
          waiting
            .map(
              (one) =>
                `${textAt(one, 'key')}: ${numberAt(one, 'dirty')} wait, ${numberAt(one, 'unknown')} unknown`,
            )
            .join('; '),
        )
      return connections.length > 0
    },
    { seconds, everyMs: 2_000 },
  )
  await pause(8_000)
}

const count = (world: World): Promise<readonly Count[]> =>
  countLedger(
    world.ledger,
    async () => (await world.trackerAdmin.find(`[${world.run}]`)).map(({ subject }) => subject),
    async () => {
      // the many of the last two steps hold no internal words
      const wordy = `Subject LIKE '[${world.run}]' AND Subject NOT LIKE 'Killed while' AND Subject NOT LIKE 'Kept by hand'`
      const shown = await inParallel(await world.customer.find(wordy), 3, async (id) => ({
        place: `ticket ${id} as the customer sees it`,
        text: JSON.stringify([await world.customer.show(id), await world.customer.words(id)]),
      }))
      const mails = mailSent(world.rt)
        .filter((mail) => /^To:.*(customer\.example|other-customer\.example)/im.test(mail))
        .map((text, index) => ({ place: `mail ${index + 1} to a customer`, text }))
      return [...shown, ...mails]
    },
  )
