import { expect, it } from 'vitest'
import { isSchemaUpToDate } from './write-json-schema.ts'

it('finds docs/causeway.schema.json up to date; else run `node tools/write-json-schema.ts`', () => {
  expect(isSchemaUpToDate()).toBe(true)
})
