import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { CalendarConflict, CalendarEntry, ChangeConflict } from '../api/calendar.ts'
import { useMay, useSelf } from '../api/session.ts'
import { BookingDialog, CancelBookingDialog, type KnownBooking } from '../forms/booking-dialog.tsx'
import { FreezeDialog, type KnownFreeze, LiftFreezeDialog } from '../forms/freeze-dialog.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'
import { Badge } from './badge.tsx'
import styles from './calendar.module.css'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { roleReason } from './roles.ts'
import { useDays, useMoments } from './time.tsx'

const TONES = { planned: 'info', released: 'good', booking: 'plain', change: 'move', freeze: 'bad' } as const

/** One thing of a day: when, what, and of a booking what can be done with it. */
export const Entry = ({ entry }: { readonly entry: CalendarEntry }) => {
  const texts = useTexts()
  const { calendar } = texts
  const { kind, from, to, booking, freeze } = entry
  const days = useDays()
  const { moment, range } = useMoments()
  const when = kind === 'planned' ? days(from, to) : kind === 'released' ? moment(from) : range(from, to)
  const about = aboutOf(entry, texts)
  return (
    <li className={styles.entry}>
      <span className={styles.when}>{when}</span>
      <span className={styles.what}>
        <Title entry={entry} />
        {about.length === 0 ? null : <small>{about.join(' · ')}</small>}
      </span>
      <Badge tone={TONES[kind]}>{calendar.kinds[kind]}</Badge>
      {booking === null ? null : <BookingMenu entry={entry} booking={booking} />}
      {freeze === null ? null : <FreezeMenu entry={entry} freeze={freeze} />}
      {booking === null && freeze === null ? <span className={styles.noMenu} /> : null}
    </li>
  )
}

const releaseName = ({ product, release }: CalendarEntry): string =>
  `${product?.name ?? ''} ${release?.name ?? ''}`.trim()

const Title = ({ entry }: { readonly entry: CalendarEntry }) => {
  const { booking, change, freeze } = entry
  if (booking !== null) return <strong>{booking.purpose}</strong>
  if (freeze !== null) return <strong>{freeze.reason}</strong>
  if (change !== null)
    return (
      <Go to={paths.change(change.key)}>
        <strong>{`${change.key} ${change.title}`}</strong>
      </Go>
    )
  return (
    <Go to={paths.release(entry.id)}>
      <strong>{releaseName(entry)}</strong>
    </Go>
  )
}

/** What stands below the title, in the order of what matters. */
const aboutOf = (entry: CalendarEntry, { calendar, words }: Texts): readonly string[] => {
  const { booking, change, freeze, product, release, confidence } = entry
  const places = (change?.environments ?? []).map(({ name }) => name)
  const isFor = release !== null && (booking !== null || change !== null)
  return [
    ...(booking === null ? [] : [booking.environment.name, booking.person.name]),
    ...(change === null ? [] : [words.changeState[change.state], product?.name ?? '', ...places]),
    ...(freeze === null ? [] : [freeze.products.map(({ name }) => name).join(', ') || calendar.allProducts]),
    ...(isFor ? [calendar.forRelease(releaseName(entry))] : []),
    ...(booking?.isShareable === true ? [calendar.shared] : []),
    ...(confidence === null ? [] : [calendar.sure(confidence)]),
  ]
}

const BookingMenu = ({
  entry,
  booking,
}: {
  readonly entry: CalendarEntry
  readonly booking: NonNullable<CalendarEntry['booking']>
}) => {
  const texts = useTexts()
  const self = useSelf()
  const mayBook = useMay('bookings.write')
  const mayForOthers = useMay('bookings.others')
  const [open, setOpen] = useState<'change' | 'cancel' | null>(null)
  const { environments, manage, calendar } = texts
  const isOver = new Date(entry.to).getTime() <= Date.now()
  const mayTouch = mayForOthers || booking.person.id === self.personId
  const whyNot = !mayBook
    ? roleReason(self, texts)
    : isOver
      ? environments.over
      : mayTouch
        ? null
        : environments.othersBooking
  const known: KnownBooking = {
    ...booking,
    ...{ id: entry.id, from: entry.from, to: entry.to },
    release: entry.release,
  }
  const close = (): void => setOpen(null)
  return (
    <>
      <EntryMenu
        label={calendar.actions(booking.purpose)}
        whyNot={whyNot}
        actions={[
          [manage.change, () => setOpen('change')],
          [environments.cancel, () => setOpen('cancel')],
        ]}
      />
      {open === 'change' ? (
        <BookingDialog environmentId={booking.environment.id} booking={known} close={close} />
      ) : null}
      {open === 'cancel' ? <CancelBookingDialog booking={known} close={close} /> : null}
    </>
  )
}

const FreezeMenu = ({
  entry,
  freeze,
}: {
  readonly entry: CalendarEntry
  readonly freeze: NonNullable<CalendarEntry['freeze']>
}) => {
  const texts = useTexts()
  const self = useSelf()
  const mayWrite = useMay('freezes.write')
  const [open, setOpen] = useState<'change' | 'lift' | null>(null)
  const { changes, manage, calendar } = texts
  const isOver = new Date(entry.to).getTime() <= Date.now()
  const whyNot = mayWrite ? (isOver ? changes.freeze.over : null) : roleReason(self, texts)
  const known: KnownFreeze = { ...freeze, ...{ id: entry.id, from: entry.from, to: entry.to } }
  const close = (): void => setOpen(null)
  return (
    <>
      <EntryMenu
        label={calendar.actions(freeze.reason)}
        whyNot={whyNot}
        actions={[
          [manage.change, () => setOpen('change')],
          [changes.freeze.lift, () => setOpen('lift')],
        ]}
      />
      {open === 'change' ? <FreezeDialog freeze={known} close={close} /> : null}
      {open === 'lift' ? <LiftFreezeDialog freeze={known} close={close} /> : null}
    </>
  )
}

const EntryMenu = ({
  label,
  whyNot,
  actions,
}: {
  readonly label: string
  /** Null: all of it can be done. */
  readonly whyNot: string | null
  readonly actions: readonly (readonly [label: string, run: () => void])[]
}) => (
  <Menu shadow="md" position="bottom-end">
    <Menu.Target>
      <Button variant="subtle" color="gray" px={8} aria-label={label}>
        <Icon name="more" />
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      {actions.map(([words, run]) => (
        <Menu.Item key={words} disabled={whyNot !== null} title={whyNot ?? undefined} onClick={run}>
          {words}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
)

/** What is in the way of what: above everything else. */
export const Conflicts = ({
  conflicts,
  changeConflicts,
}: {
  readonly conflicts: readonly CalendarConflict[]
  readonly changeConflicts: readonly ChangeConflict[]
}) => {
  const { calendar } = useTexts()
  const { range } = useMoments()
  const count = conflicts.length + changeConflicts.length
  if (count === 0) return null
  return (
    <section className={styles.conflicts}>
      <h2>
        <Icon name="warn" /> {calendar.conflicts(count)}
      </h2>
      <ul>
        {changeConflicts.map((conflict) => (
          <ChangeConflictLine key={conflictName(conflict)} conflict={conflict} />
        ))}
        {conflicts.map(({ release, product, booking }) => (
          <li key={`${release.id} ${booking.id}`}>
            {calendar.conflict(
              `${product.name} ${release.name}`,
              booking.environment.name,
              booking.person.name,
              booking.purpose,
            )}{' '}
            <span>{range(booking.from, booking.to)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const conflictName = ({ kind, changes, freeze, booking }: ChangeConflict): string =>
  [kind, ...changes.map(({ id }) => id), freeze?.id, booking?.id].join(' ')

/** Two changes, a change in a freeze, or a change and a booking; and the time of what it meets. */
export const ChangeConflictLine = ({ conflict }: { readonly conflict: ChangeConflict }) => {
  const { calendar } = useTexts()
  const { range } = useMoments()
  const { kind, changes, freeze, booking } = conflict
  const [one, other] = changes.map(({ key, title }) => `${key} ${title}`)
  const met =
    freeze?.reason ??
    (booking === null ? other : `${booking.environment.name}: ${booking.purpose}, ${booking.person.name}`)
  const time = freeze ?? booking ?? changes[1] ?? changes[0]
  return (
    <li>
      {calendar.changeConflict[kind](one ?? '', met ?? '')}{' '}
      {time === undefined ? null : <span>{range(time.from, time.to)}</span>}
    </li>
  )
}
