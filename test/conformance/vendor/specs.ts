import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'

/**
 * Vendors' published schemas. They are read where they lie and never part of this repository: their licences differ, and
 * they are large. `CAUSEWAY_SPECS` names a folder of them, and then a missing file is a failure; those that are npm
 * packages, `npm run specs` brings into `.cache/specs`.
 */
const named = process.env['CAUSEWAY_SPECS']
const fetched = join(import.meta.dirname, '..', '..', '..', '.cache', 'specs')

const told = new Set<string>()

const pathOf = (name: string): string | undefined =>
  [...(named === undefined ? [] : [named]), fetched]
    .map((folder) => join(folder, `${name}.gz`))
    .find((path) => existsSync(path))

/**
 * The document in `<folder>/<name>.gz`, or null where it is not at hand; then one line says which check does not run.
 * Of a GraphQL schema it is the text.
 */
export const vendorSpec = (name: string): unknown => {
  const path = pathOf(name)
  if (path === undefined && named !== undefined)
    throw new Error(`${name} is missing: requests cannot be checked against the vendor's schema`)
  if (path === undefined) {
    if (!told.has(name))
      console.info(
        `Not run: the check of requests and answers against ${name} (CAUSEWAY_SPECS, npm run specs).`,
      )
    told.add(name)
    return null
  }
  // some are saved with a byte order mark
  const text = gunzipSync(readFileSync(path))
    .toString('utf8')
    .replace(/^\ufeff/, '')
  if (name.endsWith('.graphql')) return text
  return name.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })
}
