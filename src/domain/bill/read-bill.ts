import { err, ok, type Result } from '../../lib/result.ts'
import { said } from '../../lib/said.ts'

/** How a bill of materials is written. */
export const BILL_FORMATS = ['cyclonedx', 'spdx', 'manifest'] as const
export type BillFormat = (typeof BILL_FORMATS)[number]

export interface BillPackage {
  readonly name: string
  readonly version: string | null
  /** https://github.com/package-url/purl-spec */
  readonly purl: string | null
}

export interface Bill {
  readonly format: BillFormat
  readonly name: string | null
  /** Each once, in the order of the document. */
  readonly packages: readonly BillPackage[]
}

export const MOST_PACKAGES = 50_000
const MOST_LINE = 500

type Members = Readonly<Record<string, unknown>>
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const membersIn = (value: unknown): readonly Members[] =>
  Array.isArray(value) ? value.filter(isMembers) : []
const lineOf = (value: unknown): string | null => {
  const text = typeof value === 'string' ? value.trim().slice(0, MOST_LINE).toWellFormed() : ''
  // a database takes no text with a zero in it
  return text === '' || text.includes('\0') ? null : text
}

/** The error is a sentence that says what to send instead. */
export const readBill = (document: unknown): Result<Bill, string> => {
  if (!isMembers(document)) return err(said`A bill of materials is a JSON object.`)
  if (document['bomFormat'] === 'CycloneDX')
    return bounded('cyclonedx', nameOfCyclone(document), fromCyclone(document))
  if (typeof document['spdxVersion'] === 'string')
    return bounded('spdx', lineOf(document['name']), membersIn(document['packages']).flatMap(fromSpdx))
  if ('@graph' in document)
    return err(said`SPDX 3 is not read yet: let the tool write SPDX 2.3 or CycloneDX.`)
  if (Array.isArray(document['packages']))
    return bounded(
      'manifest',
      lineOf(document['name']),
      membersIn(document['packages']).flatMap(fromManifest),
    )
  return err(
    said`This is no bill of materials: send CycloneDX or SPDX 2 as JSON, or an object with “packages”, each with a name and a version.`,
  )
}

const bounded = (
  format: BillFormat,
  name: string | null,
  found: readonly BillPackage[],
): Result<Bill, string> => {
  const seen = new Set<string>()
  const packages = found.filter(({ name: called, version, purl }) => {
    const key = JSON.stringify([called, version, purl])
    return !seen.has(key) && seen.add(key)
  })
  if (packages.length === 0) return err(said`The document names no package.`)
  return packages.length > MOST_PACKAGES
    ? err(said`The document names ${packages.length} packages; ${MOST_PACKAGES} are the most.`)
    : ok({ format, name, packages })
}

const packageOf = (name: string | null, version: unknown, purl: unknown): readonly BillPackage[] =>
  name === null ? [] : [{ name, version: lineOf(version), purl: lineOf(purl) }]

/** https://cyclonedx.org/docs/1.6/json/ : a group stands before the name, and components hold components. */
const fromCyclone = (document: Members): readonly BillPackage[] => {
  const found: BillPackage[] = []
  const open = [...membersIn(document['components'])].reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [group, name] = [lineOf(next['group']), lineOf(next['name'])]
    const called = group === null || name === null ? name : `${group}/${name}`
    found.push(...packageOf(called, next['version'], next['purl']))
    for (const one of membersIn(next['components']).toReversed()) open.push(one)
  }
  return found
}

const nameOfCyclone = (document: Members): string | null => {
  const metadata = document['metadata']
  const about = isMembers(metadata) ? metadata['component'] : null
  return isMembers(about) ? lineOf(about['name']) : null
}

/** https://spdx.github.io/spdx-spec/v2.3/ */
const fromSpdx = (one: Members): readonly BillPackage[] => {
  const purl = membersIn(one['externalRefs']).find(({ referenceType }) => referenceType === 'purl')
  const version = one['versionInfo']
  return packageOf(
    lineOf(one['name']),
    version === 'NOASSERTION' ? null : version,
    purl?.['referenceLocator'],
  )
}

const fromManifest = (one: Members): readonly BillPackage[] =>
  packageOf(lineOf(one['name']), one['version'], one['purl'])
