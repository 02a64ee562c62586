import { Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type SavedView, useKeepView } from '../api/views.ts'
import { tell } from '../parts/tell.tsx'
import { usePinning } from '../parts/use-pinning.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

const SHARED = ['me', 'team', 'everyone'] as const

/** A name for what a list shows, and who else sees it. */
export const ViewDialog = ({
  list,
  query,
  view,
  close,
}: {
  readonly list: SavedView['list']
  readonly query: string
  /** Null: a new one. */
  readonly view: SavedView | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeepView()
  const [name, setName] = useState(view?.name ?? '')
  const [sharedWith, setSharedWith] = useState<SavedView['sharedWith']>(view?.sharedWith ?? 'me')
  const [team, setTeam] = useState<string | null>(view?.team?.id ?? null)
  const { againstMore, pin } = usePinning()
  const [isPinned, setPinned] = useState(true)
  const saved = { name: name.trim(), sharedWith, team: sharedWith === 'team' ? team : null }
  const send = (): void =>
    keep.mutate(view === null ? { make: { ...saved, list, query } } : { id: view.id, set: saved }, {
      onSuccess: (made) => {
        tell({ text: texts.views.kept(saved.name), tone: 'good' })
        if (view === null && isPinned && againstMore === null) pin(made)
        close()
      },
    })
  return (
    <FormDialog
      isOpen
      close={close}
      title={view === null ? texts.views.keep : texts.views.change}
      send={send}
      sendLabel={texts.views.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={saved.name !== '' && (sharedWith !== 'team' || team !== null)}
    >
      <TextInput
        label={texts.views.name}
        value={name}
        maxLength={100}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={texts.views.sharedWith}
        data={SHARED.map((word) => ({ value: word, label: texts.views.shared[word] }))}
        value={sharedWith}
        allowDeselect={false}
        onChange={(word) => setSharedWith(SHARED.find((one) => one === word) ?? 'me')}
      />
      {sharedWith === 'team' ? (
        <PickRecord noun="teams" label={texts.fields.team} value={team} choose={setTeam} />
      ) : null}
      {view === null ? (
        <Checkbox
          size="xs"
          label={texts.rail.pinNew}
          description={againstMore}
          disabled={againstMore !== null}
          checked={isPinned && againstMore === null}
          onChange={(event) => setPinned(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  )
}
