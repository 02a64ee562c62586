import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { CalendarConflict, CalendarEntry } from '../api/calendar.ts'
import { useMay, useSelf } from '../api/session.ts'
import { BookingDialog, CancelBookingDialog, type KnownBooking } from '../forms/booking-dialog.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import styles from './calendar.module.css'
import { Go } from './go.tsx'
import { Icon } from './icons.tsx'
import { roleReason } from './roles.ts'
import { useDays, useMoments } from './time.tsx'

const TONES = { planned: 'info', released: 'good', booking: 'plain' } as const

/** One thing of a day: when, what, and of a booking what can be done with it. */
export const Entry = ({ entry }: { readonly entry: CalendarEntry }) => {
  const texts = useTexts()
  const { calendar } = texts
  const { kind, from, to, product, release, confidence, booking } = entry
  const days = useDays()
  const { moment, range } = useMoments()
  const when = kind === 'planned' ? days(from, to) : kind === 'released' ? moment(from) : range(from, to)
  const releaseName = `${product.name} ${release?.name ?? ''}`.trim()
  const about = [
    ...(booking === null ? [] : [booking.environment.name, booking.person.name]),
    ...(booking !== null && release !== null ? [calendar.forRelease(releaseName)] : []),
    ...(booking?.isShareable === true ? [calendar.shared] : []),
    ...(confidence === null ? [] : [calendar.sure(confidence)]),
  ]
  return (
    <li className={styles.entry}>
      <span className={styles.when}>{when}</span>
      <span className={styles.what}>
        {booking !== null ? (
          <strong>{booking.purpose}</strong>
        ) : (
          <Go to={paths.release(entry.id)}>
            <strong>{releaseName}</strong>
          </Go>
        )}
        {about.length === 0 ? null : <small>{about.join(' · ')}</small>}
      </span>
      <Badge tone={TONES[kind]}>{calendar.kinds[kind]}</Badge>
      {booking === null ? (
        <span className={styles.noMenu} />
      ) : (
        <BookingMenu entry={entry} booking={booking} />
      )}
    </li>
  )
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
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" color="gray" px={8} aria-label={calendar.actions(booking.purpose)}>
            <Icon name="more" />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setOpen('change')}>
            {manage.change}
          </Menu.Item>
          <Menu.Item disabled={whyNot !== null} title={whyNot ?? undefined} onClick={() => setOpen('cancel')}>
            {environments.cancel}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'change' ? (
        <BookingDialog environmentId={booking.environment.id} booking={known} close={close} />
      ) : null}
      {open === 'cancel' ? <CancelBookingDialog booking={known} close={close} /> : null}
    </>
  )
}

/** Releases that are expected while the only environment for them is taken: above everything else. */
export const Conflicts = ({ conflicts }: { readonly conflicts: readonly CalendarConflict[] }) => {
  const { calendar } = useTexts()
  const { range } = useMoments()
  if (conflicts.length === 0) return null
  return (
    <section className={styles.conflicts}>
      <h2>
        <Icon name="warn" /> {calendar.conflicts(conflicts.length)}
      </h2>
      <ul>
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
