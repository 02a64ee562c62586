import { Type } from 'typebox'
import { FORM_FIELD_KINDS, FORM_LIMITS } from '../../domain/request-form.ts'
import { ENGINEERING_STATUSES, TICKET_KINDS, TICKET_STATES } from '../../domain/words.ts'
import { KeyedName, Line, Markdown, Named, Ref } from '../record-shapes.ts'
import { closed, Day, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

/** What customers send and are shown. None of these shapes is shared with staff: what is added there stays there. */

export const RequestQuery = closed({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(TICKET_STATES)),
  open: Type.Optional(
    Type.Boolean({ description: 'Only those still going on, or only those that are over.' }),
  ),
  person: Type.Optional({ ...Id, description: 'Who of the organisation asked.' }),
  text: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'Words of the request or of what was said to it, part of its title, or its key.',
    }),
  ),
})

export const RequestPage = PageQuery

export const LikelyQuery = closed({
  text: Type.String({ maxLength: 500, description: 'What somebody is about to ask.' }),
})

export const NewRequest = closed({
  title: line(500),
  description: Markdown,
  kind: Type.Optional(oneOf(TICKET_KINDS)),
  product: Type.Optional(Ref),
  installation: Type.Optional(Id),
  version: Type.Optional(Line),
  environment: Type.Optional(Line),
  answers: Type.Optional(
    Type.Record(Type.String({ maxLength: 50 }), Type.String({ maxLength: FORM_LIMITS.answer }), {
      maxProperties: FORM_LIMITS.fields,
      description: 'To the form of the product, by the keys of its fields.',
    }),
  ),
})

export const Reply = closed({ text: Markdown })
export const Verdict = closed({ works: Type.Boolean({ description: 'False: it is still broken.' }) })
export const NewFile = closed({
  name: Type.String({ minLength: 1, maxLength: 500, description: 'Name of the file.' }),
  comment: Type.Optional({ ...Id, description: 'The reply it belongs to.' }),
})

/** What was made; a request is known by its key. */
export const Asked = Type.Object({ id: Id, key: Type.String() })

const PortalPromise = Type.Object(
  { release: Type.String(), from: nullable(Day), to: nullable(Day), releasedAt: nullable(Instant) },
  { description: 'When it is planned to be solved, as far as that may be told.' },
)

const shown = {
  id: Id,
  key: Type.String(),
  kind: oneOf(TICKET_KINDS),
  title: Type.String(),
  state: oneOf(TICKET_STATES),
  standing: Type.String({ description: 'Where it stands, in a sentence.' }),
  waitsForYou: Type.Boolean(),
  progress: oneOf(ENGINEERING_STATUSES),
  promise: nullable(PortalPromise),
  product: nullable(KeyedName),
  contact: nullable(Named),
  createdAt: Instant,
  updatedAt: Instant,
}

export const ListedRequest = Type.Object(shown)

export const PortalRequest = Type.Object(
  {
    ...shown,
    description: Markdown,
    version: nullable(Type.String()),
    environment: nullable(Type.String()),
    answers: Type.Array(Type.Object({ label: Type.String(), value: Type.String() })),
    handler: nullable(Type.String({ description: 'Who of support looks after it.' })),
    told: Type.Object(
      {
        workaround: nullable(Type.String()),
        behaviour: nullable(Type.String()),
        decline: nullable(Type.String()),
        wish: nullable(
          Type.Object({
            standing: oneOf([
              'new',
              'under review',
              'planned',
              'in progress',
              'shipped',
              'declined',
            ] as const),
            words: nullable(Type.String()),
          }),
        ),
      },
      { description: 'What we can tell already.' },
    ),
    mayTry: Type.Boolean({ description: 'A fix is out; tell whether it works.' }),
    continuedIn: nullable(Type.String()),
    resolvedAt: nullable(Instant),
    closedAt: nullable(Instant),
  },
  { description: 'A request as its customer sees it.' },
)

const Author = Type.Object({
  kind: oneOf(['contact', 'staff']),
  name: nullable(Type.String({ description: 'Null: somebody of support.' })),
})
export const PortalFile = Type.Object({
  id: Id,
  name: Type.String(),
  mediaType: Type.String(),
  size: nullable(Type.Integer()),
  state: oneOf(['pending', 'stored', 'refused']),
})

export const PortalEntry = Type.Object({
  type: oneOf(['comment', 'attachment', 'event']),
  id: Id,
  at: Instant,
  author: nullable(Author),
  text: nullable(Markdown),
  editedAt: nullable(Instant),
  kind: nullable(Type.String({ description: 'Of an event.' })),
  files: Type.Array(PortalFile),
})

export const Likely = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      title: Type.String(),
      state: oneOf(TICKET_STATES),
      waitsForYou: Type.Boolean(),
      updatedAt: Instant,
      answer: nullable(Type.String({ description: 'What we said to it, in short.' })),
    }),
  ),
})

export const FormField = closed({
  key: line(50),
  label: line(FORM_LIMITS.label),
  help: nullable(Type.String({ maxLength: FORM_LIMITS.help })),
  kind: oneOf(FORM_FIELD_KINDS),
  required: Type.Boolean(),
  choices: Type.Array(line(FORM_LIMITS.choice), { maxItems: FORM_LIMITS.choices }),
})
export const FormOfProduct = closed({
  form: nullable(Type.Array(FormField, { maxItems: FORM_LIMITS.fields })),
})

export const Offers = Type.Object({
  products: Type.Array(
    Type.Object({
      ...KeyedName.properties,
      form: Type.Array(FormField),
      installations: Type.Array(
        Type.Object({ id: Id, environment: Type.String(), version: nullable(Type.String()) }),
      ),
    }),
  ),
})
export const Colleagues = Type.Object({ items: Type.Array(Named) })
