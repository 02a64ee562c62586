import { MultiSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useKeepFreeze, useLiftFreeze } from '../api/changes.ts'
import { organisationQuery } from '../api/organisation.ts'
import { tell } from '../parts/tell.tsx'
import { useTimeZone } from '../parts/time.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './booking-dialog.module.css'
import { FormDialog } from './form-dialog.tsx'
import { localMinute, momentOf, nextQuarter } from './local-minute.ts'
import { TimesZone } from './times-zone.tsx'

/** A freeze that is there already. */
export interface KnownFreeze {
  readonly id: string
  readonly reason: string
  readonly products: readonly { readonly id: string; readonly name: string }[]
  readonly from: string
  readonly to: string
}

const DAY_HOURS = 24

/** Says when nothing that can wait is changed. */
export const FreezeDialog = ({
  freeze,
  close,
}: {
  /** Null: a new one. */
  readonly freeze: KnownFreeze | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { freeze: words, form, saved } = texts.changes
  const products = useQuery(organisationQuery('products'))
  const keep = useKeepFreeze()
  const zone = useTimeZone()
  const [reason, setReason] = useState(freeze?.reason ?? '')
  const [chosen, setChosen] = useState<string[]>((freeze?.products ?? []).map(({ id }) => id))
  const [from, setFrom] = useState(() => localMinute(freeze?.from ?? nextQuarter(new Date(), 0), zone))
  const [to, setTo] = useState(() => localMinute(freeze?.to ?? nextQuarter(new Date(), DAY_HOURS), zone))
  const known = new Map(
    [...(freeze?.products ?? []), ...(products.data?.items ?? [])].map(({ id, name }) => [id, name]),
  )
  const send = (): void => {
    const asked = {
      ...{ reason: reason.trim(), products: chosen },
      ...{ from: momentOf(from, zone), to: momentOf(to, zone) },
    }
    keep.mutate(freeze === null ? { make: asked } : { id: freeze.id, set: asked }, {
      onSuccess: () => {
        close()
        tell({ text: freeze === null ? words.planned : saved, tone: 'good' })
      },
    })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={freeze === null ? words.newTitle : words.editTitle}
      send={send}
      sendLabel={freeze === null ? words.plan : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={reason.trim() !== '' && from !== '' && to !== ''}
    >
      <TextInput
        label={words.reason}
        required
        data-autofocus
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <MultiSelect
        label={words.products}
        description={words.productsAbout}
        data={[...known].map(([value, label]) => ({ value, label }))}
        value={chosen}
        onChange={setChosen}
        searchable
      />
      <div className={styles.times}>
        <TextInput
          type="datetime-local"
          label={form.from}
          required
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          label={form.to}
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <TimesZone />
    </FormDialog>
  )
}

export const LiftFreezeDialog = ({
  freeze,
  close,
}: {
  readonly freeze: KnownFreeze
  readonly close: () => void
}) => {
  const { freeze: words } = useTexts().changes
  const lift = useLiftFreeze()
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.liftTitle}
      send={() =>
        lift.mutate(freeze.id, {
          onSuccess: () => {
            close()
            tell({ text: words.lifted, tone: 'good' })
          },
        })
      }
      sendLabel={words.lift}
      isSending={lift.isPending}
      error={lift.error}
      isDanger
    >
      <p>
        <strong>{freeze.reason}</strong>
      </p>
      <p className="quiet">{words.liftAbout}</p>
    </FormDialog>
  )
}
