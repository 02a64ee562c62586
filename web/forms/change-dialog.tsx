import { MultiSelect, SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { CHANGE_KINDS } from '../../src/domain/words.ts'
import { type Change, modelChoices, useKeepChange } from '../api/changes.ts'
import { environmentChoices } from '../api/environments.ts'
import { organisationQuery } from '../api/organisation.ts'
import { useSelf } from '../api/session.ts'
import { useGo } from '../parts/go.tsx'
import { tell } from '../parts/tell.tsx'
import { useTimeZone } from '../parts/time.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './booking-dialog.module.css'
import {
  type ChangeDraft,
  changeEditOf,
  draftOf,
  isWindowWhole,
  newChangeOf,
  newDraft,
} from './change-draft.ts'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { PickRelease } from './pick-release.tsx'
import { TimesZone } from './times-zone.tsx'

interface Fields {
  readonly draft: ChangeDraft
  readonly set: (more: Partial<ChangeDraft>) => void
}

/** Opens a change, or writes one anew. */
export const ChangeDialog = ({
  change,
  close,
}: {
  /** Null: a new one. */
  readonly change: Change | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { form, done, saved } = texts.changes
  const self = useSelf()
  const go = useGo()
  const keep = useKeepChange()
  const zone = useTimeZone()
  const [draft, setDraft] = useState(() =>
    change === null ? newDraft(self.personId) : draftOf(change, zone),
  )
  const set = (more: Partial<ChangeDraft>): void => setDraft({ ...draft, ...more })
  const made = newChangeOf(draft, zone)
  const send = (): void => {
    if (change !== null)
      keep.mutate(
        { ref: change.key, set: changeEditOf(draft, change.revision, zone) },
        {
          onSuccess: () => {
            close()
            tell({ text: saved, tone: 'good' })
          },
        },
      )
    else if (made !== null)
      keep.mutate(
        { make: made },
        {
          onSuccess: ({ key }) => {
            close()
            tell({ text: done.opened(key), tone: 'good' })
            go(paths.change(key))
          },
        },
      )
  }
  const isWritten = draft.title.trim() !== '' && draft.reason.trim() !== ''
  const fields = { draft, set }
  return (
    <FormDialog
      isOpen
      close={close}
      size="lg"
      title={change === null ? form.newTitle : form.editTitle(change.key)}
      send={send}
      sendLabel={change === null ? form.open : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={made !== null && isWritten && isWindowWhole(draft)}
    >
      {change === null ? <Beginning {...fields} /> : <p className="quiet">{form.voids}</p>}
      <Words {...fields} />
      <Places {...fields} />
      <Window {...fields} />
      <Plans {...fields} />
    </FormDialog>
  )
}

const Beginning = ({ draft, set }: Fields) => {
  const { form, kinds } = useTexts().changes
  const models = useQuery({ ...modelChoices, enabled: draft.kind === 'standard' })
  const approved = (models.data?.items ?? []).filter(
    ({ approvedAt, product }) =>
      approvedAt !== null && (draft.product === null || product === null || product.id === draft.product),
  )
  return (
    <>
      <SegmentedControl
        fullWidth
        data={CHANGE_KINDS.map((value) => ({ value, label: kinds[value] }))}
        value={draft.kind}
        onChange={(value) => set({ kind: CHANGE_KINDS.find((one) => one === value) ?? 'normal' })}
      />
      <p className="quiet">{form.kindAbout[draft.kind]}</p>
      <PickRecord
        noun="products"
        label={form.product}
        value={draft.product}
        choose={(product) => set({ product, components: [], environments: [], release: null })}
      />
      {draft.kind === 'standard' ? (
        <Select
          label={form.model}
          description={form.modelAbout}
          required
          data={approved.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.model}
          onChange={(model) => set({ model })}
          nothingFoundMessage={form.noModels}
          placeholder={models.isSuccess && approved.length === 0 ? form.noModels : undefined}
        />
      ) : null}
    </>
  )
}

const Words = ({ draft, set }: Fields) => {
  const { form } = useTexts().changes
  return (
    <>
      <TextInput
        label={form.title}
        required
        data-autofocus
        maxLength={1_000}
        value={draft.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <Textarea
        label={form.reason}
        required
        autosize
        minRows={2}
        maxLength={20_000}
        value={draft.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </>
  )
}

const Places = ({ draft, set }: Fields) => {
  const { form } = useTexts().changes
  const products = useQuery(organisationQuery('products'))
  const environments = useQuery(environmentChoices)
  const product = products.data?.items.find(({ id }) => id === draft.product)
  const components = (product?.components ?? []).filter(
    ({ archived, id }) => !archived || draft.components.includes(id),
  )
  const places = (environments.data?.items ?? []).filter((one) => one.product.id === draft.product)
  const isEmergency = draft.kind === 'emergency'
  return (
    <>
      <MultiSelect
        label={form.components}
        data={components.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...draft.components]}
        onChange={(ids) => set({ components: ids })}
        disabled={draft.product === null}
        searchable
      />
      <MultiSelect
        label={form.environments}
        data={places.map(({ id, name }) => ({ value: id, label: name }))}
        value={[...draft.environments]}
        onChange={(ids) => set({ environments: ids })}
        disabled={draft.product === null}
        searchable
      />
      {draft.product === null ? null : (
        <PickRelease
          label={form.release}
          product={draft.product}
          value={draft.release}
          choose={(release) => set({ release })}
        />
      )}
      <TextInput
        label={form.workItems}
        description={form.keysAbout}
        maxLength={1_000}
        value={draft.workItems}
        onChange={(event) => set({ workItems: event.currentTarget.value })}
      />
      {isEmergency ? (
        <TextInput
          label={form.displaces}
          description={form.displacesAbout}
          maxLength={1_000}
          value={draft.displaces}
          onChange={(event) => set({ displaces: event.currentTarget.value })}
        />
      ) : null}
      <PickRecord noun="people" label={form.owner} value={draft.owner} choose={(owner) => set({ owner })} />
    </>
  )
}

const Window = ({ draft, set }: Fields) => {
  const { form } = useTexts().changes
  return (
    <>
      <div className={styles.times}>
        <TextInput
          type="datetime-local"
          label={form.from}
          value={draft.from}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label={form.to}
          value={draft.to}
          onChange={(event) => set({ to: event.currentTarget.value })}
        />
      </div>
      <TimesZone />
    </>
  )
}

const Plans = ({ draft, set }: Fields): ReactNode => {
  const { form } = useTexts().changes
  return (
    <>
      {draft.kind === 'standard' ? null : <PlanFields plans={draft} set={set} />}
      <Switch
        label={form.isBackOutTested}
        checked={draft.isBackOutTested}
        onChange={(event) => set({ isBackOutTested: event.currentTarget.checked })}
      />
      <Textarea
        label={form.testEvidence}
        autosize
        maxLength={20_000}
        value={draft.testEvidence}
        onChange={(event) => set({ testEvidence: event.currentTarget.value })}
      />
    </>
  )
}

type PlanTexts = Pick<ChangeDraft, 'implement' | 'test' | 'backOut'>

/** The three plans, of a change or of a model. */
export const PlanFields = ({
  plans,
  set,
}: {
  readonly plans: PlanTexts
  readonly set: (more: Partial<PlanTexts>) => void
}) => {
  const { form } = useTexts().changes
  return (['implement', 'test', 'backOut'] as const).map((part) => (
    <Textarea
      key={part}
      label={form[part]}
      autosize
      minRows={2}
      maxLength={20_000}
      value={plans[part]}
      onChange={(event) => set({ [part]: event.currentTarget.value })}
    />
  ))
}
