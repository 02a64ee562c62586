import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { factsOfConnector } from '../src/configuration/connector-facts.ts'
import { parseConfiguration } from '../src/configuration/parse.ts'
import { connectors } from '../src/connectors/registry.ts'

/** The configuration files we publish are right for the connectors we ship, settings and all. */
const facts = connectors.map(factsOfConnector)
const kinds = {
  all: facts.map(({ kind }) => kind),
  factsOf: (kind: string) => facts.find((one) => one.kind === kind) ?? null,
}
const folder = new URL('../docs/examples/', import.meta.url)

describe('published configuration files', () => {
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml')))
    it(`${name} is complete and correct for the connectors it names`, () => {
      const parsed = parseConfiguration(readFileSync(new URL(name, folder), 'utf8'), {
        names: null,
        stored: null,
        kinds,
      })
      expect(parsed.ok ? [] : parsed.error).toEqual([])
    })
})
