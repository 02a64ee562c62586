import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDemoTool, type DemoTool } from '../connectors/demo/fake.ts'
import { demoTools } from '../connectors/demo/instances.ts'
import { seededRandom } from '../connectors/demo/seeded-random.ts'
import { demoStory } from '../connectors/demo/story.ts'

/**
 * The two simulated tools of the demo, in this process. They forget with the process, and their mirrors do not: so
 * what they hold is kept in a file of the data folder.
 */
export interface DemoTools {
  readonly desk: DemoTool
  readonly tracker: DemoTool
  /** People at work: one believable thing now and then. */
  play(): void
  /** Keeps what the tools hold. */
  stop(): void
}

const FILE = 'demo-tools.json'
const SEED = 20_260_302
const STEP_EVERY_MS = 20_000
const KEEP_EVERY_MS = 10_000
const LEDGER_KEPT = 2_000
/** What happened before the newcomer came: enough that both tools have something to show. */
const STEPS_BEFORE = 12

export const openDemoTools = (dataDir: string, now: () => Date): DemoTools => {
  // ids and texts of the first run repeat; a later run goes on from the file
  const random = seededRandom(SEED)
  // they are polled: nobody listens for their webhooks in this process
  const common = { now, random, ledgerKept: LEDGER_KEPT, traits: { webhooks: false } }
  const desk = createDemoTool({ ...common, kind: 'desk', name: 'demo-desk' })
  const tracker = createDemoTool({ ...common, kind: 'tracker', name: 'demo-tracker' })
  // T-1 is a ticket here; the desk's own are D-1, so that a key means one thing
  desk.change({
    containers: desk.setup.containers.map((one) => (one.prefix === 'T' ? { ...one, prefix: 'D' } : one)),
  })
  const path = join(dataDir, FILE)
  load(path, desk, tracker)
  demoTools.set(desk.name, desk).set(tracker.name, tracker)

  let kept = -1
  const keep = (): void => {
    const changes = desk.ledger.length + tracker.ledger.length + desk.calls.length + tracker.calls.length
    if (changes === kept) return
    kept = changes
    writeFileSync(`${path}.partial`, JSON.stringify({ desk: desk.dump(), tracker: tracker.dump() }), {
      mode: 0o600,
    })
    renameSync(`${path}.partial`, path)
  }
  const timers: NodeJS.Timeout[] = [setInterval(keep, KEEP_EVERY_MS).unref()]
  const story = demoStory(desk, tracker, random)
  return {
    desk,
    tracker,
    play: () => {
      if (desk.items().length === 0) for (let step = 0; step < STEPS_BEFORE; step += 1) story.step()
      timers.push(setInterval(() => story.step(), STEP_EVERY_MS).unref())
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer)
      keep()
      demoTools.delete(desk.name)
      demoTools.delete(tracker.name)
    },
  }
}

type Kept = Readonly<Record<'desk' | 'tracker', Parameters<DemoTool['load']>[0]>>

/** Our own file: what cannot be read is as if it were not there. */
const load = (path: string, desk: DemoTool, tracker: DemoTool): void => {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept
    desk.load(kept.desk)
    tracker.load(kept.tracker)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error
  }
}
