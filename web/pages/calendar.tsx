import { Button, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { calendarQuery } from '../api/calendar.ts'
import { useMay, useSelf } from '../api/session.ts'
import { BookingDialog } from '../forms/booking-dialog.tsx'
import { CalendarDialog } from '../forms/calendar-dialog.tsx'
import { FreezeDialog } from '../forms/freeze-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import styles from '../parts/calendar.module.css'
import {
  askedSpan,
  byDay,
  CALENDAR_VIEWS,
  type CalendarView,
  type DaySpan,
  dayAt,
  readDay,
  spanOf,
  stepFrom,
} from '../parts/calendar-days.ts'
import { Conflicts, Entry } from '../parts/calendar-entry.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { roleReason } from '../parts/roles.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { useDays, useLongDay, useMonth, useTimeZone } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { view: CALENDAR_VIEWS, at: 'any' } as const

/** Releases and bookings of a month or a week, as a list that a phone shows too. */
export const CalendarPage = () => {
  const texts = useTexts()
  const { calendar, environments } = texts
  const self = useSelf()
  const mayRead = useMay('calendar.read')
  const mayBook = useMay('bookings.write')
  const maySubscribe = useMay('calendar.subscribe')
  const [open, setOpen] = useState<'book' | 'freeze' | 'subscribe' | null>(null)
  const reason = mayBook ? null : roleReason(self, texts)
  const book = (): void => setOpen('book')
  const noFreeze = useMay('freezes.write') ? null : roleReason(self, texts)
  useKeys(calendar.title, [
    { keys: 'a', label: environments.bookAny, run: book, reason },
    { keys: 'f', label: texts.changes.freeze.add, run: () => setOpen('freeze'), reason: noFreeze },
  ])
  if (!mayRead)
    return (
      <>
        <ScreenHead title={calendar.title} about={calendar.about} />
        <NoRights />
      </>
    )
  return (
    <>
      <ScreenHead title={calendar.title} about={calendar.about}>
        <ActionButton label={environments.book} keys="a" reason={reason} run={book} />
        <ActionButton
          label={texts.changes.freeze.add}
          keys="f"
          reason={noFreeze}
          run={() => setOpen('freeze')}
        />
        <ActionButton
          label={calendar.subscribe}
          reason={maySubscribe ? null : roleReason(self, texts)}
          run={() => setOpen('subscribe')}
        />
      </ScreenHead>
      <Shown />
      {open === 'book' ? <BookingDialog environmentId={null} close={() => setOpen(null)} /> : null}
      {open === 'freeze' ? <FreezeDialog freeze={null} close={() => setOpen(null)} /> : null}
      {open === 'subscribe' ? <CalendarDialog close={() => setOpen(null)} /> : null}
    </>
  )
}

const Shown = () => {
  const { calendar } = useTexts()
  const zone = useTimeZone()
  const { filters } = useFilters(KNOWN, paths.calendar)
  const view: CalendarView = filters.view === 'week' ? 'week' : 'month'
  const today = dayAt(new Date(), zone)
  const at = readDay(filters.at) ?? today
  const span = spanOf(view, at)
  const found = useQuery(calendarQuery(askedSpan(span)))
  return (
    <>
      <Steps view={view} at={at} span={span} today={today} />
      {found.isPending ? <Loading /> : null}
      {found.data === undefined && found.error !== null ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : null}
      {found.data === undefined ? null : (
        <>
          <Conflicts conflicts={found.data.conflicts} changeConflicts={found.data.changeConflicts} />
          {found.data.isCut ? <p className={styles.cut}>{calendar.isCut}</p> : null}
          <Days days={byDay(found.data.entries, span, zone)} today={today} />
        </>
      )}
    </>
  )
}

const Steps = ({
  view,
  at,
  span,
  today,
}: {
  readonly view: CalendarView
  readonly at: string
  readonly span: DaySpan
  readonly today: string
}) => {
  const { calendar } = useTexts()
  const go = useGo()
  const month = useMonth()
  const days = useDays()
  const show = (shown: { readonly view: CalendarView; readonly at: string }): void =>
    go(paths.calendar(shown), { replace: true })
  useKeys(calendar.view, [
    { keys: 'p', label: calendar.previous[view], run: () => show({ view, at: stepFrom(view, at, -1) }) },
    { keys: 'n', label: calendar.next[view], run: () => show({ view, at: stepFrom(view, at, 1) }) },
    { keys: 't', label: calendar.today, run: () => show({ view, at: today }) },
  ])
  return (
    <div className={styles.steps}>
      <h2 aria-live="polite">{view === 'month' ? month(span.first) : days(span.first, span.last)}</h2>
      <div className={styles.moves}>
        <Button
          variant="default"
          aria-label={calendar.previous[view]}
          onClick={() => show({ view, at: stepFrom(view, at, -1) })}
        >
          <span className={styles.back}>
            <Icon name="arrow" size={14} />
          </span>
        </Button>
        <Button variant="default" onClick={() => show({ view, at: today })}>
          {calendar.today}
        </Button>
        <Button
          variant="default"
          aria-label={calendar.next[view]}
          onClick={() => show({ view, at: stepFrom(view, at, 1) })}
        >
          <Icon name="arrow" size={14} />
        </Button>
      </div>
      <SegmentedControl
        aria-label={calendar.view}
        data={CALENDAR_VIEWS.map((value) => ({ value, label: calendar.views[value] }))}
        value={view}
        onChange={(value) => show({ view: value === 'week' ? 'week' : 'month', at })}
      />
    </div>
  )
}

const Days = ({
  days,
  today,
}: {
  readonly days: ReturnType<typeof byDay<Parameters<typeof Entry>[0]['entry']>>
  readonly today: string
}) => {
  const { calendar } = useTexts()
  const long = useLongDay()
  if (days.length === 0)
    return (
      <Empty icon="calendar" title={calendar.empty}>
        {calendar.emptyAbout}
      </Empty>
    )
  return days.map(({ day, entries }) => (
    <section key={day} className={styles.day} data-today={day === today}>
      <h3>
        {long(day)}
        {day === today ? <span>{calendar.today}</span> : null}
      </h3>
      <ul>
        {entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.id}`} entry={entry} />
        ))}
      </ul>
    </section>
  ))
}
