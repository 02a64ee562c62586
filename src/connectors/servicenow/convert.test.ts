import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnOf, columnsOf } from './columns.ts'
import { targetOf } from './convert.ts'
import { goldenOf, isCalmlyRefused } from './golden.ts'
import { fromIso, isoOf } from './times.ts'

const folder = join(import.meta.dirname, 'fixtures')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.golden.json'))
  .map((file) => file.replace('.golden.json', ''))

describe('published answers', () => {
  it('are there', () => expect(names.length).toBeGreaterThanOrEqual(8))

  it.each(names)('%s becomes its golden value', (name) => {
    expect(JSON.parse(JSON.stringify(goldenOf(name, read(name))))).toEqual(read(`${name}.golden`))
  })

  it('never crash the reader, whatever stands in a column', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.record({ value: fc.anything(), display_value: fc.anything() }, { requiredKeys: [] }),
      fc.anything(),
    )
    const row = fc.dictionary(
      fc.constantFrom('sys_id', 'state', 'assigned_to', 'due_date', 'sys_mod_count', 'cmdb_ci', 'toString'),
      cell,
    )
    fc.assert(
      fc.property(row, (result) => {
        const isCalm = isCalmlyRefused('record-any', { result: { sys_id: 'a'.repeat(32), ...result } })
        return (
          isCalm &&
          isCalmlyRefused('journal-any', { result: [result] }) &&
          isCalmlyRefused('files', { result: [result] })
        )
      }),
      { numRuns: 300 },
    )
  })
})

describe('a time of the database', () => {
  it('is UTC, and a display value of any other format is none', () => {
    expect(isoOf('2026-01-05 09:00:00')).toBe('2026-01-05T09:00:00.000Z')
    expect(isoOf('2026-02-01')).toBe('2026-02-01')
    for (const other of ['05.01.2026 09:00:00', '2026-01-05 09:00 AM', '', '2026-13-05 09:00:00'])
      expect(isoOf(other)).toBeNull()
  })

  it('comes from any ISO time, whatever its offset', () => {
    expect(fromIso('2026-01-05T10:00:00+01:00')).toBe('2026-01-05 09:00:00')
    expect(fromIso('2026-01-05')).toBe('2026-01-05')
    expect(fromIso('tomorrow')).toBeNull()
  })
})

describe('a column of the settings', () => {
  it('has the kind that is given, or the one of the standard tables', () => {
    expect(columnOf('u_product:reference=cmdb_model')).toEqual({
      name: 'u_product',
      kind: 'reference',
      table: 'cmdb_model',
    })
    expect(columnOf('u_details:html').kind).toBe('html')
    expect(columnOf('category').kind).toBe('choice')
    expect(columnOf('cmdb_ci').table).toBe('cmdb_ci')
    expect(columnOf('u_words').kind).toBe('text')
  })

  it('is left out where a field of another name holds it already, or ServiceNow writes it alone', () => {
    const columns = columnsOf({
      url: 'https://x.example',
      columns: ['state', 'priority', 'sys_id', 'category'],
    })
    expect(columns.map(({ name }) => name)).toEqual(['category'])
  })
})

it('takes no id for a record that is none, so that no path can be made of one', () => {
  for (const id of ['incident:x', 'incident', `../x:${'a'.repeat(32)}`, `incident:${'A'.repeat(32)}`, ''])
    expect(targetOf(id)).toBeNull()
})
