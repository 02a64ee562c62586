import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ConfigurationDocument } from '../src/configuration/schema.ts'

/**
 * Writes docs/causeway.schema.json from the schema in the code, so that editors complete and check configuration
 * files. `node tools/write-json-schema.ts` writes it; a test says when it is behind.
 */
export const SCHEMA_FILE = fileURLToPath(new URL('../docs/causeway.schema.json', import.meta.url))

export const jsonSchemaText = (): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      ...(ConfigurationDocument as object),
    },
    null,
    2,
  )}\n`

export const isSchemaUpToDate = (): boolean => {
  try {
    return readFileSync(SCHEMA_FILE, 'utf8') === jsonSchemaText()
  } catch {
    return false
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(SCHEMA_FILE, jsonSchemaText())
  process.stdout.write(`Wrote ${SCHEMA_FILE}\n`)
}
