import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { PLANS } from '../../src/domain/change.ts'
import { type ChangeModel, useKeepModel } from '../api/changes.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { PlanFields } from './change-dialog.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

/** What is done again and again, written down for one key. */
export const ChangeModelDialog = ({
  model,
  close,
}: {
  /** Null: a new one. */
  readonly model: ChangeModel | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { models, form, saved } = texts.changes
  const keep = useKeepModel()
  const [name, setName] = useState(model?.name ?? '')
  const [product, setProduct] = useState(model?.product?.id ?? null)
  const [plans, setPlans] = useState(model?.plans ?? { implement: '', test: '', backOut: '' })
  const send = (): void => {
    const asked = { name: name.trim(), product, plans }
    keep.mutate(model === null ? { make: asked } : { id: model.id, set: asked }, {
      onSuccess: () => {
        close()
        tell({ text: saved, tone: 'good' })
      },
    })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      size="lg"
      title={models.newTitle}
      send={send}
      sendLabel={texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && PLANS.every((part) => plans[part].trim() !== '')}
    >
      {model?.approvedAt == null ? null : <p className="quiet">{models.voids}</p>}
      <TextInput
        label={models.name}
        required
        data-autofocus
        maxLength={500}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PickRecord
        noun="products"
        label={form.product}
        placeholder={models.everyProduct}
        value={product}
        choose={setProduct}
        known={model?.product ?? null}
      />
      <PlanFields plans={plans} set={(more) => setPlans({ ...plans, ...more })} />
    </FormDialog>
  )
}
