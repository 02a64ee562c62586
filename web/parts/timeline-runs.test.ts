import { expect, it } from 'vitest'
import type { Entry } from '../api/timeline.ts'
import { partRuns } from './timeline-runs.ts'

const entry = (type: Entry['type'], id: string): Entry => ({ type, id, at: '' }) as Entry

it('gathers what happened between two things that were said, and keeps the order', () => {
  const blocks = partRuns([
    entry('event', '1'),
    entry('event', '2'),
    entry('comment', '3'),
    entry('attachment', '4'),
    entry('event', '5'),
  ])
  expect(
    blocks.map((block) => (block.type === 'run' ? block.events.map(({ id }) => id) : block.entry.id)),
  ).toEqual([['1', '2'], '3', '4', ['5']])
})
