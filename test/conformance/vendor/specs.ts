import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'

/**
 * Vendors' published schemas. They are read where they lie and never part of this repository: their licences differ, and
 * they are large. `CAUSEWAY_SPECS` names the folder, and then a missing file is a failure.
 */
const folder = process.env['CAUSEWAY_SPECS']

const told = new Set<string>()

/** The document in `<folder>/<name>.gz`, or null where it is not at hand; then one line says which check does not run. */
export const vendorSpec = (name: string): unknown => {
  if (folder === undefined) {
    if (!told.has(name))
      console.info(`Not run: the check of requests and answers against ${name} (CAUSEWAY_SPECS).`)
    told.add(name)
    return null
  }
  const path = join(folder, `${name}.gz`)
  if (!existsSync(path))
    throw new Error(`${path} is missing: requests cannot be checked against the vendor's schema`)
  const text = gunzipSync(readFileSync(path)).toString('utf8')
  return name.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1 })
}
