import { markedPieces } from '../../src/domain/query/marks.ts'
import { parseQuery, type Term } from '../../src/domain/query/parse.ts'
import { quote } from '../../src/domain/query/tokens.ts'
import type { TicketState, WorkItemState } from '../../src/domain/words.ts'
import type { FoundItem, SearchKind } from '../api/search.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'
import { Badge } from './badge.tsx'
import styles from './found.module.css'
import { Go } from './go.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Time } from './time.tsx'
import { TICKET_TONES, type Tone, WORK_ITEM_TONES } from './tones.ts'

/** Something that was found, on the search screen and in the palette alike. */
export const KIND_ICONS: Readonly<Record<SearchKind, IconName>> = {
  ticket: 'ticket',
  'work item': 'work',
  customer: 'house',
  contact: 'person',
  person: 'person',
  team: 'people',
  product: 'box',
  component: 'box',
  release: 'box',
}

/** Where it is shown; of what has no screen of its own, the list it stands in. */
export const placeOf = (kind: SearchKind, { key, title }: FoundItem): string => {
  switch (kind) {
    case 'ticket':
      return paths.ticket(key ?? '')
    case 'work item':
      return paths.workItem(key ?? '')
    case 'customer':
      return paths.customers({ text: title })
    case 'contact':
      return paths.contacts({ text: title })
    case 'person':
      return paths.people({ text: title })
    case 'team':
      return paths.teams({ text: title })
    case 'product':
      return paths.products({ text: title })
    case 'component':
      return paths.workItems({ q: `component:${quote(title)}` })
    case 'release':
      return paths.workItems({ q: `release:${quote(title)}` })
  }
}

const stateOf = (
  kind: SearchKind,
  state: string | null,
  texts: Texts,
): { readonly word: string; readonly tone: Tone } | null => {
  if (state === null) return null
  if (kind === 'work item') {
    const known = state as WorkItemState
    return { word: texts.words.workItemState[known], tone: WORK_ITEM_TONES[known] }
  }
  const known = state as TicketState
  return { word: texts.words.ticketState[known], tone: TICKET_TONES[known] }
}

/** State and belonging, in a line. */
export const aboutOf = (kind: SearchKind, item: FoundItem, texts: Texts): string =>
  [stateOf(kind, item.state, texts)?.word, item.about].filter(Boolean).join(' · ')

export const Marked = ({ text, terms }: { readonly text: string; readonly terms: readonly Term[] }) => {
  let at = 0
  return markedPieces(text, terms).map((piece) => {
    const key = at
    at += piece.text.length
    return piece.isHit ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>
  })
}

export const FoundRow = ({
  kind,
  item,
  query,
}: {
  readonly kind: SearchKind
  readonly item: FoundItem
  readonly query: string
}) => {
  const texts = useTexts()
  const { terms } = parseQuery(query, 'tickets')
  const state = stateOf(kind, item.state, texts)
  return (
    <Go to={placeOf(kind, item)} className={styles.row}>
      <Icon name={KIND_ICONS[kind]} />
      <span className={styles.words}>
        <span className={styles.title}>
          {item.key === null || item.state === null ? null : <span className={styles.key}>{item.key}</span>}
          <Marked text={item.title} terms={terms} />
        </span>
        {item.excerpt === null ? null : (
          <small>
            <Marked text={item.excerpt} terms={terms} />
          </small>
        )}
      </span>
      <span className={styles.about}>{item.about ?? ''}</span>
      {state === null ? <span /> : <Badge tone={state.tone}>{state.word}</Badge>}
      <span className={styles.when}>
        {item.updatedAt === null ? null : <Time at={item.updatedAt} short />}
      </span>
    </Go>
  )
}
