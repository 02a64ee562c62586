import { useState } from 'react'
import { type ListedCrossing, useCrossings } from '../api/connections.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { UndoDialog } from '../forms/undo-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { ConnectionFilter } from '../parts/connection-filter.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { fieldName } from '../parts/field-words.ts'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { RecordLink } from '../parts/record-link.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { WhyDialog } from '../parts/why.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'

const KNOWN = { connection: 'any' } as const

/** What the sync set here and there, each of which can be taken back. */
export const Crossings = () => {
  const { waits } = useTexts()
  const mayRead = useMay('sync.read')
  return (
    <>
      <ScreenHead title={waits.writtenTitle} about={waits.writtenAbout} />
      <WaitTabs />
      {mayRead ? <Written /> : <NoRights />}
    </>
  )
}

const namesOf = (crossing: ListedCrossing, to: 'hub' | 'tool', texts: Texts): string =>
  crossing.fields
    .filter((line) => line.to === to)
    .map(({ field }) => fieldName(field, texts))
    .join(', ')

const wordsOf = (crossing: ListedCrossing, texts: Texts): string => {
  const [here, there] = [namesOf(crossing, 'hub', texts), namesOf(crossing, 'tool', texts)]
  return [here === '' ? null : texts.waits.toHere(here), there === '' ? null : texts.waits.toThere(there)]
    .filter((text) => text !== null)
    .join(' · ')
}

const Written = () => {
  const texts = useTexts()
  const { waits } = texts
  const self = useSelf()
  const { filters, set } = useFilters(KNOWN, paths.crossings)
  const source = useCrossings(filters)
  const [undoing, setUndoing] = useState<ListedCrossing | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const explain = mayDo(self, 'sync.explain') ? null : roleReason(self, texts)
  return (
    <>
      <Filters label={texts.filters.title}>
        <ConnectionFilter value={filters.connection} set={(key) => set('connection', key)} />
      </Filters>
      <List
        source={{
          ...source,
          items: source.items.map((crossing) => ({ id: crossing.event, key: crossing.event, crossing })),
        }}
        row={({ crossing }) => (
          <Row
            row={{
              name: wordsOf(crossing, texts),
              face: <Icon name="arrow" />,
              about: (
                <>
                  <RecordLink kind={crossing.record.kind} name={crossing.record.key ?? '…'} />
                  {` · ${crossing.connection} ${crossing.there.key ?? ''} · ${crossing.by} · `}
                  <Time at={crossing.at} />
                </>
              ),
              facts: crossing.isUndone ? <Badge tone="plain">{waits.wasUndone}</Badge> : null,
              actions: [
                {
                  label: texts.why.open,
                  reason: explain,
                  run: () => setWhy(crossing.record.key ?? crossing.there.key),
                },
                {
                  label: waits.takeBack,
                  reason: crossing.isUndone
                    ? waits.wasUndone
                    : mayDo(self, 'sync.undo')
                      ? null
                      : roleReason(self, texts),
                  run: () => setUndoing(crossing),
                },
              ],
            }}
          />
        )}
        open={({ crossing }) => {
          if (explain === null) setWhy(crossing.record.key ?? crossing.there.key)
        }}
        empty={<Empty title={waits.writtenNone}>{waits.writtenNoneAbout}</Empty>}
      />
      {undoing === null ? null : <UndoDialog of={{ event: undoing.event }} close={() => setUndoing(null)} />}
      {why === null ? null : <WhyDialog of={why} close={() => setWhy(null)} />}
    </>
  )
}
