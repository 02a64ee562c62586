import { Group, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { NOTE_KINDS, type NoteKind, type whatLacks } from '../../src/domain/release-note.ts'
import { type ReleaseNote, useKeepNote } from '../api/release-notes.ts'
import type { Release } from '../api/releases.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ComponentField } from './component-field.tsx'
import { FormDialog } from './form-dialog.tsx'

const TEXT_MAX = 20_000

/** What users of a release will notice, and what support says then. */
export const NoteDialog = ({
  release,
  note,
  lacks = null,
  close,
}: {
  readonly release: Pick<Release, 'id' | 'name' | 'product'>
  /** Null: a new one. */
  readonly note: ReleaseNote | null
  /** What it was opened for: without it nobody can approve it. */
  readonly lacks?: ReturnType<typeof whatLacks>
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { releaseNotes: words, manage } = texts
  const keep = useKeepNote()
  const [kind, setKind] = useState<NoteKind>(note?.kind ?? 'behaves differently')
  const [title, setTitle] = useState(note?.title ?? '')
  const [body, setBody] = useState(note?.body ?? '')
  const [say, setSay] = useState(note?.say ?? '')
  const [workaround, setWorkaround] = useState(note?.workaround ?? '')
  const [component, setComponent] = useState<string | null>(note?.component?.id ?? null)
  const [workItem, setWorkItem] = useState(note?.workItem?.key ?? '')
  const said = {
    ...{ kind, title: title.trim(), body, component },
    ...{ say: orNull(say), workaround: orNull(workaround), workItem: orNull(workItem) },
  }
  const saved = {
    onSuccess: () => {
      close()
      tell({ text: note === null ? words.done.add : words.done.change, tone: 'good' as const })
    },
  }
  const text = (name: 'body' | 'say' | 'workaround', value: string, set: (value: string) => void) => (
    <Textarea
      label={words[name]}
      description={name === 'workaround' ? words.workaroundAbout : undefined}
      data-autofocus={name === lacks || undefined}
      autosize
      minRows={2}
      maxRows={8}
      maxLength={TEXT_MAX}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
    />
  )
  return (
    <FormDialog
      isOpen
      size="lg"
      close={close}
      title={note === null ? words.addTitle(release.name) : words.editTitle}
      send={() =>
        keep.mutate(
          note === null
            ? { release: release.id, make: said }
            : { id: note.id, set: said, revision: note.revision },
          saved,
        )
      }
      sendLabel={note === null ? words.add : manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={said.title !== ''}
    >
      {lacks === null ? null : <p className="plain">{words.lacks[lacks]}</p>}
      {note?.state === 'approved' ? <p className="quiet plain">{words.editAbout}</p> : null}
      <Select
        label={words.kind}
        description={words.kindAbouts[kind]}
        allowDeselect={false}
        data={NOTE_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
        value={kind}
        onChange={(value) => setKind(NOTE_KINDS.find((one) => one === value) ?? kind)}
      />
      <TextInput
        label={words.noteTitle}
        required
        data-autofocus={lacks === null || undefined}
        maxLength={1_000}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      {text('body', body, setBody)}
      {text('say', say, setSay)}
      {kind === 'known broken' || workaround !== '' ? text('workaround', workaround, setWorkaround) : null}
      <Group grow align="start">
        <ComponentField product={release.product.id} value={component} choose={setComponent} />
        <TextInput
          label={words.workItem}
          placeholder={words.workItemAbout}
          maxLength={320}
          value={workItem}
          onChange={(event) => setWorkItem(event.currentTarget.value)}
        />
      </Group>
    </FormDialog>
  )
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
