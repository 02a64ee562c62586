import { useMay } from '../api/session.ts'
import { useGo } from '../parts/go.tsx'
import { Rows } from '../parts/list.tsx'
import { type Moves, useMyMentions, useMyReleaseNews, useMyTickets, useMyWork } from '../parts/my-moves.tsx'
import { ScreenHead, Section } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { useListKeys } from '../parts/use-list-keys.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What waits for me: tickets for who answers customers, work for who does it, both for who is both. */
export const MyMove = () => {
  const texts = useTexts()
  const answersCustomers = useMay('tickets.write')
  const doesWork = useMay('escalations.answer')
  const tickets = useMyTickets(answersCustomers)
  const work = useMyWork(doesWork)
  const mentions = useMyMentions()
  const news = useMyReleaseNews()
  const told = [mentions, news]
  const kinds = [...told, ...(answersCustomers ? [tickets] : []), ...(doesWork ? [work] : [])]
  return (
    <>
      <ScreenHead
        title={texts.myMove.title}
        about={answersCustomers ? texts.moves.order : texts.myMove.about}
      />
      {kinds.length === told.length && told.every(({ sections }) => sections.length === 0) ? (
        <NoRights detail={texts.myMove.noRights} />
      ) : (
        <All kinds={kinds} emptyAbout={answersCustomers ? texts.myMove.emptyAbout : texts.myMove.emptyWork} />
      )}
    </>
  )
}

const All = ({ kinds, emptyAbout }: { readonly kinds: readonly Moves[]; readonly emptyAbout: string }) => {
  const texts = useTexts()
  const go = useGo()
  const sections = kinds.flatMap((kind) => kind.sections)
  const { cursor, ref } = useListKeys(
    sections.flatMap(({ moves }) => moves),
    ({ to }) => go(to),
  )
  const failed = kinds.find(({ error }) => error !== null)
  if (failed !== undefined && sections.length === 0)
    return <Failed error={failed.error} retry={failed.refetch} />
  // half a list would look as if the rest were done
  if (kinds.some(({ isPending }) => isPending)) return <Loading />
  if (sections.length === 0)
    return (
      <Empty icon="move" title={texts.myMove.empty}>
        {emptyAbout}
      </Empty>
    )
  return sections.map(({ title, moves }) => (
    <Section key={title} title={title} count={moves.length}>
      <Rows items={moves} row={({ row }) => row} cursor={cursor} cursorRef={ref} />
    </Section>
  ))
}
