import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import { seededRandom } from '../demo/seeded-random.ts'
import { openTool } from '../open-tool.ts'
import { type GithubFake, startGithubFake } from './fake.ts'
import { github } from './index.ts'

/** Many operations while everything goes wrong by chance: nothing is thrown but faults, and no twin is made. */

const SHARES = {
  'commit then drop': 0.08,
  drop: 0.06,
  'half body': 0.06,
  'server error': 0.06,
  'server error after commit': 0.06,
  rate: 0.03,
  'secondary limit': 0.03,
  html: 0.04,
} as const

const TITLES = ['T-0', 'T-1', 'T-2', 'T-3', 'T-4']

/** As the caller does: what is unknown is read back before anything is done again. */
const madeOnce = async (session: Session, fake: GithubFake, marker: string): Promise<string> => {
  for (let attempt = 0; attempt < 80; attempt += 1) {
    const fields = { title: marker, 'cf:Roadmap · Status': 'Todo' }
    const order = { op: 'create', container: 'acme/road', marker, fields } as const
    const outcome = await session.push(order, marker).then(
      ({ ref }) => ({ ref }),
      (thrown: unknown) => ({ thrown }),
    )
    if ('ref' in outcome) return outcome.ref?.id ?? ''
    if (!isFault(outcome.thrown)) throw outcome.thrown
    if (outcome.thrown.kind !== 'unknown') continue
    await fake.set({})
    const [found] = await session.find(marker, new Date(0))
    await fake.set({ shares: SHARES })
    if (found !== undefined) return found.ref.id
  }
  throw new Error(`${marker} was never made`)
}

const orFault = async (work: Promise<unknown>): Promise<void> => {
  const thrown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown !== null && !isFault(thrown)) throw thrown
}

const storm = async (seed: number): Promise<void> => {
  const fake = await startGithubFake({ random: seededRandom(seed) })
  const now = () => new Date()
  const settings = { ...fake.settings, projects: { Roadmap: 'acme/7' } }
  const http = openTool(github, settings, { now, allowPrivate: [fake.address] })
  const session = github.connect(settings, http, now)
  try {
    await fake.set({ shares: SHARES })
    for (const title of TITLES) {
      const ref = { id: await madeOnce(session, fake, title) }
      const fields = { priority: 'high', description: 'words', 'cf:Roadmap · Estimate': 3 }
      await orFault(session.push({ op: 'update', ref, fields, version: null }, 'k'))
      await orFault(session.push({ op: 'comment.add', ref, visibility: 'public', text: 'a word' }, 'k'))
      await orFault(session.push({ op: 'transition', ref, to: 'completed', fields: {} }, 'k'))
      await orFault(session.pull(null, 'all'))
      await orFault(session.fetch(ref))
    }
    const issues = [...(fake.state.repositories[0]?.issues.values() ?? [])]
    expect(issues.map((each) => each.title)).toEqual(TITLES)
    expect(issues.every((each) => each.body?.includes('<!-- causeway: T-') ?? false)).toBe(true)
    expect(Object.values(fake.faults.struck()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3)
  } finally {
    await http.close()
    await fake.close()
  }
}

it('makes no twin in a storm of faults, loses no marker, and throws nothing but faults', async () => {
  await fc.assert(fc.asyncProperty(fc.integer(), storm), { numRuns: 8 })
})
