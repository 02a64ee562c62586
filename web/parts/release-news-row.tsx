import { type ReleaseNews, useSeeReleaseNews } from '../api/release-news.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ToldRow } from './mention-row.tsx'
import { useDays } from './time.tsx'

/** What became of a release that one follows; seen by a click. */
export const ReleaseNewsRow = ({ news, to }: { readonly news: ReleaseNews; readonly to: string }) => {
  const see = useSeeReleaseNews()
  const say = useNewsWords()
  const { id, by, release, at } = news
  const record = `${release.product} ${release.name}`
  return (
    <ToldRow
      told={{ ...{ by: by.name, to, at, record }, title: say(news), text: reasonOf(news) ?? by.name }}
      see={{ isPending: see.isPending, run: () => see.mutate(id) }}
    />
  )
}

const reasonOf = (news: ReleaseNews): string | null =>
  news.kind === 'decided' && news.data.reason !== null ? `${news.by.name}: ${news.data.reason}` : null

const useNewsWords = () => {
  const { moves, ticket } = useTexts()
  const days = useDays()
  const shown = ({ from, to, confidence }: Estimate): string | null => {
    const range = days(from, to)
    if (range === null || confidence === null) return range
    return `${range} (${ticket.confidence(confidence)})`
  }
  return (news: ReleaseNews): string => {
    if (news.kind === 'decided') return moves.decided[news.data.decision]
    if (news.kind !== 'estimated') return moves.ended[news.kind]
    const [before, now] = [shown(news.data.from), shown(news.data.to)]
    return now === null ? moves.unplanned(before ?? '') : moves.planned(now, before)
  }
}

type Estimate = Extract<ReleaseNews, { kind: 'estimated' }>['data']['to']
