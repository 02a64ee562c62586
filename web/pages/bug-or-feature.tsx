import { useQuery } from '@tanstack/react-query'
import { bugOrFeatureQuery } from '../api/bug-or-feature.ts'
import { useMay } from '../api/session.ts'
import { CallerFields } from '../forms/caller-fields.tsx'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { VerdictOnWords } from '../parts/verdict-on-words.tsx'
import { type BugOrFeatureWords, paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { text: 'any', product: 'any', version: 'any', customer: 'any' } as const

/** Somebody calls: what they say is read against what engineering knows, while they are on the line. */
export const BugOrFeature = () => {
  const texts = useTexts()
  const mayRead = useMay('tickets.read')
  return (
    <>
      <ScreenHead title={texts.bugOrFeature.title} about={mayRead ? texts.bugOrFeature.about : undefined} />
      {mayRead ? <Call /> : <NoRights />}
    </>
  )
}

const Call = () => {
  const { filters, set, setAll } = useFilters(KNOWN, paths.bugOrFeature)
  return (
    <>
      <CallerFields words={filters} set={set} setAll={setAll} />
      <Answer words={filters} />
    </>
  )
}

const Answer = ({ words }: { readonly words: BugOrFeatureWords }) => {
  const { bugOrFeature } = useTexts()
  const { text, product, version } = words
  const answer = useQuery(bugOrFeatureQuery({ text, product, version }))
  if (text === undefined)
    return (
      <Empty icon="ask" title={bugOrFeature.start}>
        {bugOrFeature.startAbout}
      </Empty>
    )
  if (answer.isError) return <Failed error={answer.error} retry={() => void answer.refetch()} />
  if (answer.isPending) return <Loading />
  return <VerdictOnWords words={{ ...words, text }} answer={answer.data} isOlder={answer.isPlaceholderData} />
}
