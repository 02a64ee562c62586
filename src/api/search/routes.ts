import type { QueryList } from '../../domain/query/filters.ts'
import { excerptOf } from '../../domain/query/marks.ts'
import { parseQuery, type Term } from '../../domain/query/parse.ts'
import { positive } from '../../store/views/found-words.ts'
import { type KnownWords, openWords, slipsIn } from '../../store/views/known-words.ts'
import type { Asked } from '../../store/views/query-conditions.ts'
import { COUNTED, type FoundRecord, type FoundRow, search, type Wanted } from '../../store/views/search.ts'
import { NAMED_KINDS } from '../../store/views/search-names.ts'
import { toPlainText } from '../../sync/rich-text/plain.ts'
import { allows, type RuleName } from '../access.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import { askedBy } from '../asked.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { Found, SEARCH_KINDS, type SearchKind, SearchQuery } from './schema.ts'

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
  readonly now: Date
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
      const asking: Search = {
        caller,
        text: q,
        wants: (one) => (kind === undefined || kind === one) && allows(RULE_OF[one], caller.roles),
        now: deps.runner.now(),
      }
      const groups =
        q.trim() === ''
          ? []
          : await read(deps, async (tx) => {
              const known = await openWords(tx, terms)
              return groupsOf(await search(tx, wantedBy(asking, known), limit), marked(terms, known))
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

const wantedBy = ({ caller, text: typed, wants, now }: Search, known: KnownWords): Wanted => {
  const on = (list: QueryList, kind: SearchKind): Asked | undefined => {
    const asking = askedBy(caller, typed, list, now)
    return wants(kind) && asking.asked !== undefined && isAnswerable(asking)
      ? { ...asking.asked, known }
      : undefined
  }
  const ticket = on('tickets', 'ticket')
  const workItem = on('work-items', 'work item')
  // names know no filters but are found by words alone
  const { filters, terms } = parseQuery(typed, 'tickets')
  const text = positive(terms)
    .map((term) => term.text)
    .join(' ')
  return {
    ...(ticket === undefined ? {} : { ticket }),
    ...(workItem === undefined ? {} : { workItem }),
    ...(filters.length > 0 ? {} : { names: { text, kinds: NAMED_KINDS.filter(wants) } }),
  }
}

/** What may be marked in a text that was found: the words as they were typed, else those they are nearly. */
const marked = (terms: readonly Term[], known: KnownWords): Marks => [
  terms,
  terms.flatMap((term) =>
    slipsIn(term)
      .flatMap(known.near)
      .map((text) => ({ text, isExact: true, isNot: false })),
  ),
]

type Marks = readonly (readonly Term[])[]

const groupsOf = (found: readonly FoundRow[], marks: Marks) =>
  SEARCH_KINDS.flatMap((kind) => {
    const rows = found.filter(({ of }) => of === kind)
    const total = rows[0]?.total ?? 0
    if (total === 0) return []
    const isMore = (kind === 'ticket' || kind === 'work item') && total >= COUNTED
    return [{ kind, total: isMore ? COUNTED : total, isMore, items: rows.map((row) => itemOf(row, marks)) }]
  })

const itemOf = (row: FoundRow, marks: Marks) => {
  const { id, key, title, about } = row
  return row.of === 'ticket' || row.of === 'work item'
    ? asJson({
        id,
        key,
        title,
        about,
        state: row.state,
        updatedAt: row.updatedAt,
        excerpt: excerptIn(row, marks),
      })
    : { id, key, title, about, state: null, updatedAt: null, excerpt: null }
}

const excerptIn = ({ description, comment }: FoundRecord, marks: Marks): string | null => {
  const texts = [comment, description].flatMap((text) => (text === null ? [] : [toPlainText(text)]))
  for (const terms of marks)
    for (const text of texts) {
      const excerpt = excerptOf(text, terms)
      if (excerpt !== null) return excerpt
    }
  return null
}
