import { expect, it } from 'vitest'
import { createDemoTool } from './fake.ts'
import { seededRandom } from './seeded-random.ts'
import { demoStory } from './story.ts'

const told = (seed: number) => {
  let ms = Date.parse('2026-01-05T09:00:00.000Z')
  const now = (): Date => new Date(ms)
  const random = seededRandom(seed)
  const desk = createDemoTool({ kind: 'desk', name: 'desk', now, random })
  const tracker = createDemoTool({ kind: 'tracker', name: 'tracker', now, random })
  for (const title of ['Currency', 'Login', 'Export', 'Dates', 'Uploads', 'Search'])
    tracker.humanCreate({ container: 'ENG', fields: { title } })
  const story = demoStory(desk, tracker, random)
  const lines = Array.from({ length: 300 }, () => {
    ms += 5_000
    return story.step()
  })
  return { desk, tracker, lines }
}

it('tells of customers, agents, engineers and releases, and goes on when a tool has nothing left to move', () => {
  const { desk, tracker, lines } = told(1)
  expect(lines.filter((line) => line === 'A quiet moment.')).toEqual([])
  expect(lines.some((line) => line.startsWith('Release '))).toBe(true)
  expect(desk.ledger.length).toBeGreaterThan(150)
  expect(
    tracker
      .items()
      .every(
        (item) =>
          item.kind === 'release' || item.fields.status === 'done' || item.fields.status === 'declined',
      ),
  ).toBe(true)
})

it('tells the same story for the same seed', () => {
  expect(told(5).lines).toEqual(told(5).lines)
})
