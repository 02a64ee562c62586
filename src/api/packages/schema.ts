import { Type } from 'typebox'
import { BILL_FORMATS } from '../../domain/bill/read-bill.ts'
import { RELEASE_STATES } from '../../domain/words.ts'
import { KeyedName } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

export const BillQuery = closed({ build: Type.Optional(line(500, 'As the pipeline calls it.')) })
export const Document = Type.Record(Type.String(), Type.Unknown(), {
  description: 'CycloneDX or SPDX 2 as JSON, or `{"packages": [{"name", "version", "purl"}]}`.',
})
export const Bill = Type.Object({
  id: Id,
  build: nullable(Type.String()),
  format: oneOf(BILL_FORMATS),
  name: nullable(Type.String({ description: 'As the document calls itself.' })),
  packages: Type.Integer(),
  toldAt: Instant,
})
export const Bills = Type.Object({ items: Type.Array(Bill) })

export const PackageQuery = closed({
  limit: PageQuery.properties.limit,
  // it holds the name and version of a package: two groups of 500 signs and a version of as many, written as base64
  cursor: Type.Optional(Type.String({ maxLength: 9_000, description: '`next` of the page before.' })),
  text: Type.Optional(
    Type.String({ maxLength: 200, description: 'The beginning of its name, or of the part behind a slash.' }),
  ),
  version: Type.Optional(line(200, 'Exactly this one.')),
  release: Type.Optional(Id),
})
export const Package = Type.Object({
  name: Type.String(),
  version: nullable(Type.String()),
  purl: nullable(Type.String({ description: 'https://github.com/package-url/purl-spec' })),
  build: nullable(Type.String()),
  release: Type.Object({ id: Id, name: Type.String(), state: oneOf(RELEASE_STATES) }),
  product: KeyedName,
  installations: Type.Integer({ description: 'That run this release.' }),
  customers: Type.Integer(),
})
