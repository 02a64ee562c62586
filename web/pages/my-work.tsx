import { useQuery } from '@tanstack/react-query'
import { myWorkQuery } from '../api/board.ts'
import { useMay, useSelf } from '../api/session.ts'
import { useGo } from '../parts/go.tsx'
import { Rows } from '../parts/list.tsx'
import { groupOwnWork } from '../parts/own-work-groups.ts'
import { ScreenHead, Section } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { useListKeys } from '../parts/use-list-keys.ts'
import { WorkCardRow } from '../parts/work-card-row.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What I have in hand: what came back first, then what I am at, then what waits for others. */
export const MyWork = () => {
  const texts = useTexts()
  const doesWork = useMay('escalations.answer')
  const { personId } = useSelf()
  return (
    <>
      <ScreenHead title={texts.myWork.title} about={doesWork ? texts.myWork.about : undefined} />
      {doesWork ? (
        personId === null ? (
          <Empty icon="person" title={texts.myWork.nobody}>
            {texts.myWork.nobodyAbout}
          </Empty>
        ) : (
          <InHand />
        )
      ) : (
        <NoRights />
      )}
    </>
  )
}

const InHand = () => {
  const texts = useTexts()
  const go = useGo()
  const work = useQuery(myWorkQuery)
  const groups = groupOwnWork(work.data?.items ?? [])
  const { cursor, ref } = useListKeys(
    groups.flatMap(({ items }) => items),
    ({ key }) => go(paths.workItem(key)),
  )
  if (work.isPending) return <Loading />
  if (work.data === undefined) return <Failed error={work.error} retry={() => void work.refetch()} />
  if (groups.length === 0)
    return (
      <Empty icon="hammer" title={texts.myWork.empty}>
        {texts.myWork.emptyAbout}
      </Empty>
    )
  return groups.map(({ group, items }) => (
    <Section key={group} title={texts.myWork.groups[group]} count={items.length}>
      <Rows items={items} row={(item) => <WorkCardRow card={item} />} cursor={cursor} cursorRef={ref} />
    </Section>
  ))
}
