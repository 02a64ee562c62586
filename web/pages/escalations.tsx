import { Button } from '@mantine/core'
import { useState } from 'react'
import { MOVERS } from '../../src/domain/escalation.ts'
import { SEVERITIES } from '../../src/domain/words.ts'
import {
  type EscalationQuery,
  type EscalationRow as Row,
  useEscalations,
  useEscalationTotals,
} from '../api/escalations.ts'
import { useMay, useSelf } from '../api/session.ts'
import { NudgeDialog, ReturnDialog } from '../forms/escalation-dialogs.tsx'
import { PickComponent } from '../forms/pick-component.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { PickRelease } from '../forms/pick-release.tsx'
import { WithdrawDialog } from '../forms/withdraw-dialog.tsx'
import styles from '../parts/escalation-row.module.css'
import { EscalationRow } from '../parts/escalation-row.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { List } from '../parts/list.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { Lasting } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { type EscalationFilters, paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = {
  move: MOVERS,
  team: 'any',
  owner: 'any',
  customer: 'any',
  component: 'any',
  release: 'any',
  severity: SEVERITIES,
  ended: ['true'],
} as const

/** Everything between the two sides, by whose move it is and for how long. */
export const Escalations = () => {
  const texts = useTexts()
  const mayRead = useMay('escalations.read')
  return (
    <>
      <ScreenHead title={texts.escalations.title} about={mayRead ? texts.escalations.about : undefined} />
      {mayRead ? <AllEscalations /> : <NoRights />}
    </>
  )
}

const AllEscalations = () => {
  const texts = useTexts()
  const go = useGo()
  const { personId } = useSelf()
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.escalations)
  const [nudged, setNudged] = useState<Row | null>(null)
  const [returned, setReturned] = useState<Row | null>(null)
  const [withdrawn, setWithdrawn] = useState<Row | null>(null)
  // words of the list of filters, checked against the same lists the API has
  const rows = useEscalations(filters as EscalationQuery)
  return (
    <>
      <Filters label={texts.filters.title}>
        <PickRecord
          noun="customers"
          label={texts.fields.customer}
          isLabelHidden
          value={filters.customer ?? null}
          choose={(id) => set('customer', id)}
        />
        <PickRecord
          noun="teams"
          label={texts.fields.team}
          isLabelHidden
          value={filters.team ?? null}
          choose={(id) => set('team', id)}
        />
        <PickComponent value={filters.component ?? null} choose={(id) => set('component', id)} />
        <WordFilter
          label={texts.fields.severity}
          words={texts.words.severity}
          value={filters.severity}
          set={(word) => set('severity', word)}
        />
        <PickRelease value={filters.release ?? null} choose={(id) => set('release', id)} />
        <PickRecord
          noun="people"
          label={texts.fields.owner}
          isLabelHidden
          value={filters.owner ?? null}
          choose={(id) => set('owner', id)}
          only={({ id }) => id !== personId}
          extra={personId === null ? [] : [{ value: personId, label: texts.filters.owner.me }]}
        />
        <WordFilter
          label={texts.manage.which}
          words={{ true: texts.withdraw.ended }}
          value={filters.ended}
          set={(word) => set('ended', word)}
        />
      </Filters>
      <Moves filters={filters} />
      <List
        source={rows}
        row={(row) => (
          <EscalationRow
            row={row}
            nudge={() => setNudged(row)}
            giveBack={() => setReturned(row)}
            withdraw={() => setWithdrawn(row)}
          />
        )}
        open={({ ticket }) => go(paths.ticket(ticket.key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={texts.escalations.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {texts.escalations.noneAbout}
            </Empty>
          ) : (
            <Empty icon="bridge" title={texts.escalations.empty}>
              {texts.escalations.emptyAbout}
            </Empty>
          )
        }
      />
      {nudged === null ? null : <NudgeDialog row={nudged} close={() => setNudged(null)} />}
      {withdrawn === null ? null : (
        <WithdrawDialog
          ticket={withdrawn.ticket.key}
          item={withdrawn.workItem.key}
          close={() => setWithdrawn(null)}
        />
      )}
      {returned === null ? null : <ReturnDialog row={returned} close={() => setReturned(null)} />}
    </>
  )
}

/** How many wait for whom, and for how long the longest. */
const Moves = ({ filters }: { readonly filters: EscalationFilters }) => {
  const texts = useTexts()
  const { move, ...others } = filters
  const totals = useEscalationTotals(others as EscalationQuery)
  const items = totals.data?.items ?? []
  const all = items.reduce((sum, { count }) => sum + count, 0)
  return (
    <nav className={styles.moves} aria-label={texts.escalations.whose}>
      <Go to={paths.escalations(others)} aria-current={move === undefined ? 'page' : undefined}>
        <span>{`${texts.escalations.all} ${totals.data === undefined ? '' : all}`}</span>
        <small>&nbsp;</small>
      </Go>
      {MOVERS.filter((one) => one === move || items.some((total) => total.move === one)).map((one) => {
        const total = items.find((item) => item.move === one)
        return (
          <Go
            key={one}
            to={paths.escalations({ ...others, move: one })}
            aria-current={move === one ? 'page' : undefined}
          >
            <span>{`${texts.escalations.moves[one]} ${total?.count ?? 0}`}</span>
            <small>
              {total === undefined || one === 'nobody' ? (
                // what has ended waits for nobody
                '–'
              ) : (
                <>
                  {texts.escalations.longest} <Lasting since={total.since} />
                </>
              )}
            </small>
          </Go>
        )
      })}
    </nav>
  )
}
