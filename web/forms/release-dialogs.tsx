import { Group, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Estimate, type Release, useReleaseStep } from '../api/releases.ts'
import { useGo } from '../parts/go.tsx'
import { tell } from '../parts/tell.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

const NAME_MAX = 200

/** Plans a release of a product. */
export const PlanReleaseDialog = ({ close }: { readonly close: () => void }) => {
  const texts = useTexts()
  const go = useGo()
  const step = useReleaseStep()
  const [product, setProduct] = useState<string | null>(null)
  const [name, setName] = useState('')
  const send = (): void => {
    if (product === null) return
    step.mutate(
      { step: 'plan', body: { product, name: name.trim() } },
      {
        onSuccess: ({ id }) => {
          tell({ text: texts.releases.done.plan, tone: 'good' })
          close()
          go(paths.release(id))
        },
      },
    )
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.releases.add}
      send={send}
      sendLabel={texts.releases.add}
      isSending={step.isPending}
      error={step.error}
      isReady={product !== null && name.trim() !== ''}
    >
      <PickRecord noun="products" label={texts.fields.product} value={product} choose={setProduct} />
      <TextInput
        label={texts.releases.name}
        description={texts.releases.nameAbout}
        required
        maxLength={NAME_MAX}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

interface OfRelease {
  readonly release: Release
  readonly close: () => void
}

/** When it is expected: a range and how sure one is. */
export const EstimateDialog = ({ release, close }: OfRelease) => {
  const texts = useTexts()
  const step = useReleaseStep()
  const [draft, setDraft] = useState<Estimate>(release.estimate)
  const set = (part: Partial<Estimate>): void => setDraft((had) => ({ ...had, ...part }))
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={texts.releases[name]}
      value={draft[name] ?? ''}
      data-autofocus={name === 'from' || undefined}
      onChange={(event) =>
        set({ [name]: event.currentTarget.value === '' ? null : event.currentTarget.value })
      }
    />
  )
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.releases.estimateTitle(release.name)}
      send={() =>
        step.mutate(
          { step: 'estimate', id: release.id, body: draft },
          {
            onSuccess: () => {
              tell({ text: texts.releases.done.estimate, tone: 'good' })
              close()
            },
          },
        )
      }
      sendLabel={texts.manage.save}
      isSending={step.isPending}
      error={step.error}
    >
      <p className="quiet plain">{texts.releases.estimateAbout}</p>
      <Group grow>
        {day('from')}
        {day('to')}
      </Group>
      <NumberInput
        label={texts.releases.confidence}
        min={0}
        max={100}
        allowDecimal={false}
        value={draft.confidence ?? ''}
        onChange={(value) => set({ confidence: typeof value === 'number' ? value : null })}
      />
    </FormDialog>
  )
}

export const RenameReleaseDialog = ({ release, close }: OfRelease) => {
  const texts = useTexts()
  const step = useReleaseStep()
  const [name, setName] = useState(release.name)
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.releases.renameTitle}
      send={() => step.mutate({ step: 'rename', id: release.id, body: name.trim() }, { onSuccess: close })}
      sendLabel={texts.manage.save}
      isSending={step.isPending}
      error={step.error}
      isReady={name.trim() !== '' && name.trim() !== release.name}
    >
      <TextInput
        label={texts.releases.name}
        required
        data-autofocus
        maxLength={NAME_MAX}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** What cannot be taken back is asked about, with who hears of it. */
export const EndReleaseDialog = ({
  release,
  end,
  close,
}: OfRelease & { readonly end: 'release' | 'withdraw' }) => {
  const texts = useTexts()
  const step = useReleaseStep()
  const isOut = end === 'release'
  return (
    <FormDialog
      isOpen
      close={close}
      title={isOut ? texts.releases.releaseTitle(release.name) : texts.releases.withdrawTitle(release.name)}
      send={() =>
        step.mutate(
          { step: end, id: release.id },
          {
            onSuccess: () => {
              tell({ text: texts.releases.done[end], tone: 'good' })
              close()
            },
          },
        )
      }
      sendLabel={texts.releases[end]}
      isSending={step.isPending}
      error={step.error}
      isDanger={!isOut}
    >
      <p className="plain">
        {isOut ? texts.releases.releaseAbout(release.tickets ?? 0) : texts.releases.withdrawAbout}
      </p>
    </FormDialog>
  )
}
