import { Group, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { goLiveQuery } from '../api/go-live.ts'
import { type Estimate, type Release, useReleaseStep } from '../api/releases.ts'
import { useMay } from '../api/session.ts'
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
  const mayRead = useMay('go-live.read')
  const goLive = useQuery({ ...goLiveQuery(release.id), enabled: isOut && mayRead })
  const last = goLive.data?.decisions[0]?.decision ?? null
  // who says why is asked where nobody said go; where a go is needed it must be said
  const asks = isOut && goLive.data !== undefined && last !== 'go'
  const isNeeded = asks && (last === 'no-go' || goLive.data?.rules.needsGo === true)
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      isOpen
      close={close}
      title={isOut ? texts.releases.releaseTitle(release.name) : texts.releases.withdrawTitle(release.name)}
      send={() =>
        step.mutate(
          { step: end, id: release.id, ...(isOut && reason.trim() !== '' ? { reason: reason.trim() } : {}) },
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
      isReady={!isNeeded || reason.trim() !== ''}
    >
      <p className="plain">
        {isOut ? texts.releases.releaseAbout(release.tickets ?? 0) : texts.releases.withdrawAbout}
      </p>
      {asks ? (
        <Textarea
          label={last === 'no-go' ? texts.goLive.againstNo : texts.goLive.withoutGo}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2_000}
          required={isNeeded}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      ) : null}
    </FormDialog>
  )
}
