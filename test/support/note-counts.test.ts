import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDemoTool } from '../../src/connectors/demo/fake.ts'
import { seededRandom } from '../../src/connectors/demo/seeded-random.ts'
import { callingTest, noteCounts, readCounts } from './note-counts.ts'

it('sums what occurred on the roads of one test, so that a report can tell it from nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'causeway-counts-'))
  process.env['CAUSEWAY_ROAD_COUNTS'] = join(folder, 'counts')
  const now = (): Date => new Date('2026-03-02T08:00:00Z')
  const desk = createDemoTool({ kind: 'desk', name: 'counted desk', now, random: seededRandom(1) })
  desk.humanCreate({ container: 'support', fields: { title: 'Login fails' } })
  noteCounts({ test: callingTest(), seed: 7 }, [desk], 0)
  noteCounts({ test: callingTest(), seed: 8 }, [desk], 2)
  delete process.env['CAUSEWAY_ROAD_COUNTS']
  const told = readCounts(readFileSync(join(folder, 'counts'), 'utf8'))
  rmSync(folder, { recursive: true })
  expect([...told.keys()]).toEqual(['note-counts'])
  expect(told.get('note-counts')).toMatchObject({
    seeds: [7, 8],
    counts: { roads: 2, 'edits by people': 2, calls: 0, 'our writes': 0, restarts: 2 },
  })
})
