import { Type } from 'typebox'
import { NOTICE_PLACES } from '../../domain/notice-words.ts'
import {
  DELAY_MINUTES,
  NOTICE_REASONS,
  NOTICE_STATES,
  OUTREACH_STANDINGS,
  TELLING_MODES,
} from '../../domain/outreach.ts'
import { SETTING_LANGUAGES } from '../../domain/settings.ts'
import { RELEASE_STANDINGS, TICKET_STATES } from '../../domain/words.ts'
import { Actor, KeyedName, Named, Ref, Revision } from '../record-shapes.ts'
import { closed, Id, Instant, nullable, oneOf, PageQuery } from '../shapes.ts'

const Standing = oneOf(OUTREACH_STANDINGS, 'How a customer stands to the release.')
const Language = oneOf(SETTING_LANGUAGES)
const Words = Type.String({ minLength: 1, maxLength: 20_000, description: 'Markdown.' })
const ANSWERS = ['works', 'still broken'] as const

export const NoticeQuery = closed({
  ...PageQuery.properties,
  state: Type.Optional(oneOf(NOTICE_STATES)),
  standing: Type.Optional(Standing),
  release: Type.Optional(Id),
  product: Type.Optional(Id),
  customer: Type.Optional(Id),
})

export const Notice = Type.Object({
  id: Id,
  state: oneOf(NOTICE_STATES),
  standing: Standing,
  release: Named,
  product: KeyedName,
  contact: nullable(Named),
  customer: nullable(KeyedName),
  channel: nullable(Type.String({ description: 'The tool that it goes through; null: the portal.' })),
  language: Language,
  text: Type.String({ description: 'Markdown, exactly as the customer reads it.' }),
  isEdited: Type.Boolean({ description: 'Somebody wrote it by hand.' }),
  isHeld: Type.Boolean({ description: 'Somebody holds it back: the policy does not let it go.' }),
  dueAt: nullable(Type.String({ format: 'date-time', description: 'When it goes; null: it waits.' })),
  approvedBy: nullable(Actor),
  reason: nullable(oneOf(NOTICE_REASONS, 'Why it was not sent.')),
  why: nullable(Type.String({ description: 'In the words of who dismissed it.' })),
  endedAt: nullable(Instant),
  endedBy: nullable(Actor),
  tickets: Type.Array(
    Type.Object({
      id: Id,
      key: Type.String(),
      shownKey: Type.String({ description: 'As the customer knows it.' }),
      title: Type.String(),
      runs: Type.Array(
        Type.Object({
          environment: Type.String(),
          version: nullable(Type.String()),
          has: oneOf(['yes', 'no', 'unknown']),
        }),
      ),
      reason: nullable(oneOf(NOTICE_REASONS, 'Why it dropped out; null: it is told.')),
      answer: nullable(oneOf(ANSWERS, 'What the customer answered.')),
    }),
  ),
  createdAt: Instant,
  revision: Type.Integer(),
})

const MOST_AT_ONCE = 500
const Seen = closed({ id: Id, revision: Type.Optional(Revision) })
const notices = Type.Array(Seen, { minItems: 1, maxItems: MOST_AT_ONCE })
export const SeenNotices = closed({ notices })
export const Dismissal = closed({
  notices,
  why: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 500 }))),
})
export const Decided = Type.Object({
  done: Type.Array(Id),
  left: Type.Array(Type.Object({ id: Id, detail: Type.String({ description: 'Why it stays as it is.' }) })),
  goesAt: nullable(
    Type.String({ format: 'date-time', description: 'Until then it can be taken back; null: none goes.' }),
  ),
})
export const NewWords = closed({
  revision: Type.Optional(Revision),
  text: nullable({ ...Words, description: 'Markdown; null: as the template has it.' }),
})

const Count = Type.Integer()
export const OutreachOfRelease = Type.Object({
  items: Type.Array(
    Type.Object({ standing: Standing, state: oneOf(NOTICE_STATES), notices: Count, tickets: Count }),
  ),
  coverage: Type.Object(
    { affected: Count, inTime: Count, pending: Count, optedOut: Count },
    {
      description:
        'Customers the release has reached: told within one business day of it (`inTime` of `affected`), not told yet while there is time (`pending`), and those who want no messages.',
    },
  ),
})

export const ReportedTicket = Type.Object({
  workItem: Type.Object({ id: Id, key: Type.String(), title: Type.String() }),
  ticket: Type.Object({ id: Id, key: Type.String(), title: Type.String(), state: oneOf(TICKET_STATES) }),
  customer: nullable(KeyedName),
  contact: nullable(Named),
  standing: nullable(oneOf(RELEASE_STANDINGS, 'Null: the ticket is over.')),
  told: nullable(
    Type.Object({
      at: Instant,
      by: Actor,
      standing: Standing,
      release: Type.String({ description: 'Of which they were told: it may be another that brought it.' }),
      answer: nullable(oneOf(ANSWERS)),
    }),
  ),
  reason: nullable(oneOf(NOTICE_REASONS, 'Why they were not told of it.')),
  why: nullable(Type.String()),
  isProposed: Type.Boolean(),
})

export const NoticeCounts = Type.Object({
  items: Type.Array(
    Type.Object({
      standing: Standing,
      state: oneOf(NOTICE_STATES),
      notices: Type.Integer(),
      tickets: Type.Integer(),
    }),
  ),
})

export const Templates = Type.Object({
  places: Type.Array(oneOf(NOTICE_PLACES)),
  items: Type.Array(
    Type.Object({
      standing: Standing,
      language: Language,
      text: Type.String(),
      isOwn: Type.Boolean({ description: 'Written here; else as shipped.' }),
    }),
  ),
})
export const TemplateOf = closed({ standing: Standing, language: Language })
export const NewTemplate = closed({ text: nullable({ ...Words, description: 'Null: as shipped.' }) })

const Mode = oneOf(TELLING_MODES, '`automatic`: it goes after the delay unless somebody holds it back.')
const Policy = closed({
  modes: closed({ 'has it': Mode, 'must upgrade': Mode, 'gets it': Mode }),
  delayMinutes: Type.Integer({ minimum: DELAY_MINUTES.min, maximum: DELAY_MINUTES.max }),
})
export const Policies = Type.Object({
  items: Type.Array(
    Type.Object({
      product: nullable(KeyedName),
      policy: Policy,
    }),
    { description: 'The one for all first; then products that have their own.' },
  ),
})
export const NewPolicy = closed({
  product: nullable(Ref),
  policy: nullable({ ...Policy, description: 'Null: the product follows the one for all.' }),
})
