import { Button, Group, Select, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { environmentChoices, useCancelBooking, useKeepBooking } from '../api/environments.ts'
import { factsOf } from '../api/problem.ts'
import { useMay, useSelf } from '../api/session.ts'
import { tell } from '../parts/tell.tsx'
import { useMoments, useTimeZone } from '../parts/time.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './booking-dialog.module.css'
import { FormDialog } from './form-dialog.tsx'
import { localMinute, momentOf, nextQuarter } from './local-minute.ts'
import { PickRecord } from './pick-record.tsx'
import { PickRelease } from './pick-release.tsx'
import { TimesZone } from './times-zone.tsx'

/** A booking that is there already. */
export interface KnownBooking {
  readonly id: string
  readonly environment: { readonly id: string; readonly name: string }
  readonly purpose: string
  readonly from: string
  readonly to: string
  readonly isShareable: boolean
  readonly release: { readonly id: string } | null
}

const HOURS = 2

/** Asks for a time; where somebody has it, says who, until when, and offers the next that is free. */
export const BookingDialog = ({
  environmentId,
  booking = null,
  close,
}: {
  /** Null: it is chosen here. */
  readonly environmentId: string | null
  readonly booking?: KnownBooking | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { environments } = texts
  const self = useSelf()
  const mayForOthers = useMay('bookings.others')
  const found = useQuery(environmentChoices)
  const keep = useKeepBooking()
  const zone = useTimeZone()
  const [chosen, setChosen] = useState(environmentId)
  const [person, setPerson] = useState<string | null>(self.personId)
  const [purpose, setPurpose] = useState(booking?.purpose ?? '')
  const [release, setRelease] = useState<string | null>(booking?.release?.id ?? null)
  const [isShareable, setShareable] = useState(booking?.isShareable ?? false)
  const [from, setFrom] = useState(() => localMinute(booking?.from ?? nextQuarter(new Date(), 0), zone))
  const [to, setTo] = useState(() => localMinute(booking?.to ?? nextQuarter(new Date(), HOURS), zone))
  const [runs] = useState(() => booking !== null && Date.parse(booking.from) <= Date.now())
  const choices = found.data?.items ?? []
  const environment = choices.find(({ id }) => id === chosen) ?? null
  const saved = {
    onSuccess: () => {
      close()
      tell({ text: booking === null ? environments.booked : texts.manage.saved, tone: 'good' as const })
    },
  }
  const send = (): void => {
    if (environment === null) return
    const times = { from: momentOf(from, zone), to: momentOf(to, zone) }
    const asked = { purpose: purpose.trim(), release }
    const shared = environment.isShareable ? { isShareable } : {}
    if (booking !== null)
      keep.mutate(
        { id: booking.id, set: { ...asked, ...shared, ...(runs ? { to: times.to } : times) } },
        saved,
      )
    else
      keep.mutate(
        {
          make: {
            ...{ ...asked, ...times, ...shared, environment: environment.id },
            ...(mayForOthers && person !== null ? { person } : {}),
          },
        },
        saved,
      )
  }
  const take = (free: string): void => {
    const length = Date.parse(momentOf(to, zone)) - Date.parse(momentOf(from, zone))
    setFrom(localMinute(free, zone))
    setTo(localMinute(new Date(Date.parse(free) + length).toISOString(), zone))
    keep.reset()
  }
  const title =
    booking !== null
      ? environments.changeTitle(booking.environment.name)
      : environment === null
        ? environments.bookAny
        : environments.bookTitle(environment.name)
  return (
    <FormDialog
      isOpen
      close={close}
      title={title}
      send={send}
      sendLabel={booking === null ? environments.book : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={environment !== null && purpose.trim() !== '' && from !== '' && to !== ''}
    >
      {environmentId !== null ? null : (
        <Select
          label={environments.environment}
          required
          searchable
          data={choices.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen}
          onChange={setChosen}
          nothingFoundMessage={found.isError ? texts.states.failed : texts.palette.nothing}
        />
      )}
      <TextInput
        label={environments.bookingPurpose}
        required
        data-autofocus
        maxLength={500}
        value={purpose}
        onChange={(event) => setPurpose(event.currentTarget.value)}
      />
      <div className={styles.times}>
        <TextInput
          type="datetime-local"
          label={environments.from}
          required
          disabled={runs}
          description={runs ? environments.begun : undefined}
          inputWrapperOrder={['label', 'input', 'description']}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={environments.to}
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <TimesZone />
      {environment === null ? null : (
        <PickRelease
          label={environments.release}
          product={environment.product.id}
          value={release}
          choose={setRelease}
        />
      )}
      {environment?.isShareable === true ? (
        <Switch
          label={environments.share}
          description={environments.shareAbout}
          checked={isShareable}
          onChange={(event) => setShareable(event.currentTarget.checked)}
        />
      ) : null}
      {booking === null && mayForOthers ? (
        <PickRecord
          noun="people"
          label={environments.person}
          value={person}
          known={self.personId === null ? null : { id: self.personId, name: self.name }}
          choose={setPerson}
        />
      ) : null}
      <NextFree error={keep.error} take={runs ? null : take} />
    </FormDialog>
  )
}

/** Of a time that somebody has: until when, and from when on it is free. What runs cannot take another time. */
const NextFree = ({
  error,
  take,
}: {
  readonly error: unknown
  readonly take: ((free: string) => void) | null
}) => {
  const { environments } = useTexts()
  const { moment } = useMoments()
  const reason = error === null ? null : factsOf(error).reason
  if (reason?.code !== 'environment-booked') return null
  const { until = '', free = '' } = reason.values
  return (
    <Group gap="xs" justify="space-between" role="status">
      <span>{`${environments.taken(moment(until))} ${environments.freeFrom(moment(free))}`}</span>
      {take === null ? null : (
        <Button variant="default" onClick={() => take(free)}>
          {environments.takeFree}
        </Button>
      )}
    </Group>
  )
}

/** Gives the rest of a booking back. */
export const CancelBookingDialog = ({
  booking,
  close,
}: {
  readonly booking: Pick<KnownBooking, 'id' | 'environment'>
  readonly close: () => void
}) => {
  const { environments } = useTexts()
  const cancel = useCancelBooking()
  return (
    <FormDialog
      isOpen
      isDanger
      close={close}
      title={environments.cancelTitle(booking.environment.name)}
      send={() =>
        cancel.mutate(booking.id, {
          onSuccess: () => {
            close()
            tell({ text: environments.cancelled, tone: 'good' })
          },
        })
      }
      sendLabel={environments.cancel}
      isSending={cancel.isPending}
      error={cancel.error}
    >
      <p className="plain">{environments.cancelAbout}</p>
    </FormDialog>
  )
}
