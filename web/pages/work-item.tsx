import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useSelf } from '../api/session.ts'
import { type WorkItem as WorkItemRecord, workItemQuery } from '../api/work-items.ts'
import { Composer, type Mode } from '../forms/composer.tsx'
import { Badge } from '../parts/badge.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { RecordHead, RecordLayout, Road, Station } from '../parts/record.tsx'
import { ReleaseStation } from '../parts/release-station.tsx'
import { sidesOf } from '../parts/roles.ts'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { TicketsBehind } from '../parts/tickets-behind.tsx'
import { Time } from '../parts/time.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { ENGINEERING_TONES, WORK_ITEM_TONES } from '../parts/tones.ts'
import { WorkItemChanges } from '../parts/work-item-changes.tsx'
import { WorkItemLinks } from '../parts/work-item-links.tsx'
import { WorkItemPanel } from '../parts/work-item-panel.tsx'
import { Verdict, Voices, WorkItemStory } from '../parts/work-item-story.tsx'
import { WorkItemToolbar } from '../parts/work-item-toolbar.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const WorkItem = () => {
  const ref = useParam('ref')
  const mayRead = useMay('work-items.read')
  const item = useQuery({ ...workItemQuery(ref), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (item.isPending) return <Loading />
  if (item.data === undefined) return <Failed isScreen error={item.error} retry={() => void item.refetch()} />
  return <OneWorkItem key={ref} refOfItem={ref} item={item.data} />
}

const OneWorkItem = ({ refOfItem, item }: { readonly refOfItem: string; readonly item: WorkItemRecord }) => {
  const texts = useTexts()
  useTabTitle(`${item.key} ${item.title}`)
  const { fields } = texts
  const mayWrite = useMay('work-items.comment')
  const modes = useModes()
  const [mode, setMode] = useState<Mode['id']>('staff')
  const [focusCount, setFocusCount] = useState(0)
  const home = { noun: 'work-items', ref: refOfItem } as const
  return (
    <RecordLayout panel={<WorkItemPanel item={item} />}>
      <RecordHead
        title={item.title}
        crumbs={
          <>
            <Go to={paths.workItems()}>{texts.workItems.title}</Go>
            <span>/</span>
            <span>{item.key}</span>
            <span>·</span>
            <span>{texts.words.workItemKind[item.kind]}</span>
          </>
        }
      >
        <Road>
          <Station title={texts.workItem.board} about={<Time at={item.statusMovedAt} />}>
            <Badge tone={WORK_ITEM_TONES[item.state]} large>
              {texts.words.workItemState[item.state]}
            </Badge>
          </Station>
          <Station title={fields.engineeringStatus} about={texts.workItem.asSupportReads}>
            <Badge tone={ENGINEERING_TONES[item.engineeringStatus]} large>
              {texts.words.engineeringStatus[item.engineeringStatus]}
            </Badge>
          </Station>
          <ReleaseStation release={item.release} />
        </Road>
      </RecordHead>
      <WorkItemToolbar
        refOfItem={refOfItem}
        item={item}
        write={() => {
          setMode('staff')
          setFocusCount((count) => count + 1)
        }}
      />
      <Verdict item={item} />
      <WorkItemStory item={item} />
      <Voices refOfItem={refOfItem} item={item} />
      <TicketsBehind item={item} />
      <WorkItemLinks refOfItem={refOfItem} item={item} />
      <WorkItemChanges itemKey={item.key} />
      {mayWrite ? (
        <Composer home={home} modes={modes} mode={mode} setMode={setMode} focusCount={focusCount} />
      ) : null}
      <Timeline home={home} />
    </RecordLayout>
  )
}

/** On a work item nobody speaks to a customer: words for them are written on their ticket. */
const useModes = (): readonly Mode[] => {
  const { composer } = useTexts()
  const sides = sidesOf(useSelf())
  const staff: Mode = {
    ...{ id: 'staff', audience: 'staff', icon: 'lock', label: composer.both },
    ...{ goesTo: composer.goesToBoth, placeholder: composer.noteHint, send: composer.sendNote },
  }
  const engineering: Mode = {
    ...{ id: 'engineering', audience: 'engineering', icon: 'engine', label: composer.engineering },
    ...{ goesTo: composer.goesToEngineering, placeholder: composer.noteHint, send: composer.sendNote },
  }
  // nobody writes what they could not read afterwards
  return sides.engineering ? [staff, engineering] : [staff]
}
