import { Type } from 'typebox'
import { AUDIENCES } from '../../domain/audience.ts'
import { SharedItem } from '../for-partners/schema.ts'
import { closed, Id, Instant, line, nullable, oneOf } from '../shapes.ts'

const Names = Type.Array(line(200), { maxItems: 500, uniqueItems: true })

export const Policy = closed({
  record: oneOf(['ticket', 'work item'], 'What they see of us.'),
  create: Type.Boolean({ description: 'They may make new ones.' }),
  products: Type.Array(line(200), {
    maxItems: 500,
    uniqueItems: true,
    description: 'Keys of products whose records they see. What they made, they always see.',
  }),
  customer: nullable(line(300, 'Of tickets: which customer they are here, by key or name.')),
  reads: Names,
  writes: Names,
  status: oneOf(['hidden', 'shown', 'set']),
  words: Type.Array(oneOf(AUDIENCES), {
    maxItems: 4,
    uniqueItems: true,
    description: 'Words and files of these audiences.',
  }),
  publicWords: nullable(oneOf(AUDIENCES, 'Who reads here what they write as public words.')),
  internalWords: nullable(oneOf(AUDIENCES, 'Who reads here what they write as internal words.')),
  files: Type.Boolean(),
  names: Type.Boolean({ description: 'Names of our people go along.' }),
})

export const PartnerInput = closed({ name: line(200), policy: Policy })
export const PartnerChange = closed({
  name: line(200),
  policy: Policy,
  version: Type.Integer({ minimum: 1 }),
})

export const Partner = Type.Object({
  id: Id,
  name: Type.String(),
  policy: Policy,
  version: Type.Integer(),
  createdAt: Instant,
  lastAskedAt: nullable(Instant),
  endedAt: nullable(Instant),
  endedBy: nullable(oneOf(['us', 'them'])),
  hook: nullable(
    Type.Object({
      address: Type.String({ description: 'Where they are told of changes.' }),
      problem: nullable(Type.String()),
    }),
  ),
  records: Type.Integer({ description: 'Records they made, or that were shared one by one.' }),
})

export const MadePartner = Type.Object({
  partner: Partner,
  token: Type.String({ description: 'For them. Shown now and never again.' }),
})

export const PartnerRecord = closed({ id: Id, ref: line(200) })
export const SharedRef = Type.Object({ id: Id, key: Type.String() })

export const PreviewInput = closed({
  ref: Type.Optional(line(200, 'Key or id of a record. Absent: the latest.')),
  policy: Type.Optional(Policy),
})

export const Previewed = Type.Object({
  item: nullable(SharedItem),
})

const Choice = Type.Object({
  field: Type.String(),
  writable: Type.Boolean(),
  /** It names a person. */
  names: Type.Boolean(),
})
export const PolicyChoices = Type.Object({
  ticket: Type.Array(Choice),
  workItem: Type.Array(Choice),
})
