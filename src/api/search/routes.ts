import { excerptOf } from '../../domain/query/marks.ts'
import { parseQuery, type Term } from '../../domain/query/parse.ts'
import type { Tx } from '../../store/database.ts'
import { positive } from '../../store/views/found-words.ts'
import { type KnownWords, openWords, slipsIn } from '../../store/views/known-words.ts'
import { COUNTED, type FoundRecord, searchTickets, searchWorkItems } from '../../store/views/search.ts'
import { type FoundName, NAMED_KINDS, type NamedKind, searchNames } from '../../store/views/search-names.ts'
import { toPlainText } from '../../sync/rich-text/plain.ts'
import { allows, type RuleName } from '../access.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { askedBy } from '../asked.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { Found, type SearchKind, SearchQuery } from './schema.ts'

/** Who finds what: whoever may read its list. */
const RULE_OF: Readonly<Record<SearchKind, RuleName>> = {
  ticket: 'tickets.read',
  'work item': 'work-items.read',
  customer: 'organisation.read',
  contact: 'organisation.read',
  person: 'people.read',
  team: 'people.read',
  product: 'organisation.read',
  component: 'organisation.read',
  release: 'releases.read',
}

const DEFAULT_LIMIT = 6

interface Search {
  readonly caller: Caller
  readonly text: string
  readonly wants: (kind: SearchKind) => boolean
  readonly limit: number
  readonly now: Date
  readonly known: KnownWords
}

export const searchRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/search',
    {
      config: { access: 'search' },
      schema: {
        tags: ['search'],
        summary: 'Everything one may see that holds these words, as one types them',
        querystring: SearchQuery,
        response: { 200: Found },
      },
    },
    async (request, reply) => {
      const caller = callerOfRequest(request)
      const { q = '', kind, limit = DEFAULT_LIMIT } = request.query
      const { terms } = parseQuery(q, 'tickets')
      const search: Omit<Search, 'known'> = {
        caller,
        text: q,
        wants: (one) => (kind === undefined || kind === one) && allows(RULE_OF[one], caller.roles),
        limit,
        now: deps.runner.now(),
      }
      const groups =
        q.trim() === ''
          ? []
          : await read(deps, async (tx) => {
              const asking = { ...search, known: await openWords(tx, terms) }
              return [
                ...(await tickets(tx, asking)),
                ...(await workItems(tx, asking)),
                ...(await names(tx, asking)),
              ]
            })
      return reply.send({ groups })
    },
  )
}

/** A list that does not have one of the filters has nothing that they let through. */
const isAnswerable = ({ asked }: ReturnType<typeof askedBy>): boolean =>
  asked !== undefined &&
  !asked.query.hints.some(({ code }) => code === 'not here') &&
  asked.query.filters.length + asked.query.terms.length > 0

const tickets = async (tx: Tx, search: Search) => {
  const asking = askedBy(search.caller, search.text, 'tickets', search.now)
  if (!search.wants('ticket') || asking.asked === undefined || !isAnswerable(asking)) return []
  const asked = { ...asking.asked, known: search.known }
  return groupOf(
    'ticket',
    await searchTickets(tx, asked, search.limit),
    marked(asked.query.terms, search.known),
  )
}

const workItems = async (tx: Tx, search: Search) => {
  const asking = askedBy(search.caller, search.text, 'work-items', search.now)
  if (!search.wants('work item') || asking.asked === undefined || !isAnswerable(asking)) return []
  const asked = { ...asking.asked, known: search.known }
  const found = await searchWorkItems(tx, asked, search.limit)
  return groupOf('work item', found, marked(asked.query.terms, search.known))
}

/** What may be marked in a text that was found: the words as they were typed, else those they are nearly. */
const marked = (terms: readonly Term[], known: KnownWords): readonly (readonly Term[])[] => [
  terms,
  terms.flatMap((term) =>
    slipsIn(term)
      .flatMap(known.near)
      .map((text) => ({ text, isExact: true, isNot: false })),
  ),
]

/** Names know no filters but are found by words alone. */
const names = async (tx: Tx, search: Search) => {
  const { filters, terms } = parseQuery(search.text, 'tickets')
  const kinds = NAMED_KINDS.filter(search.wants)
  if (filters.length > 0 || kinds.length === 0) return []
  const text = positive(terms)
    .map((term) => term.text)
    .join(' ')
  const found = await searchNames(tx, text, kinds, search.limit)
  return kinds.flatMap((kind) => namedGroup(kind, found))
}

const groupOf = (
  kind: 'ticket' | 'work item',
  found: readonly FoundRecord[],
  marks: readonly (readonly Term[])[],
) => {
  const [first] = found
  if (first === undefined) return []
  const items = found.map((record) => {
    const { id, key, title, state, about, updatedAt } = record
    return asJson({ id, key, title, state, about, updatedAt, excerpt: excerptIn(record, marks) })
  })
  return [{ kind, total: Math.min(first.total, COUNTED), isMore: first.total >= COUNTED, items }]
}

const excerptIn = (
  { description, comment }: FoundRecord,
  marks: readonly (readonly Term[])[],
): string | null => {
  const texts = [comment, description].flatMap((text) => (text === null ? [] : [toPlainText(text)]))
  for (const terms of marks)
    for (const text of texts) {
      const excerpt = excerptOf(text, terms)
      if (excerpt !== null) return excerpt
    }
  return null
}

const namedGroup = (kind: NamedKind, all: readonly FoundName[]) => {
  const found = all.filter((one) => one.kind === kind)
  const [first] = found
  if (first === undefined) return []
  const items = found.map(({ id, key, title, about }) => ({
    ...{ id, key, title, about, state: null, excerpt: null, updatedAt: null },
  }))
  return [{ kind, total: first.total, isMore: false, items }]
}
