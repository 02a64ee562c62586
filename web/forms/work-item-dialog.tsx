import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { WORK_ITEM_KINDS } from '../../src/domain/words.ts'
import { useWorkItemChange, type WorkItem } from '../api/work-items.ts'
import { tell } from '../parts/tell.tsx'
import {
  changesOf,
  draftOf,
  type ReferenceField,
  type WorkItemDraft,
  type WrittenField,
} from '../parts/work-item-draft.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickComponent } from './pick-component.tsx'
import { knownChoice, PickRecord } from './pick-record.tsx'
import { PickRelease } from './pick-release.tsx'
import styles from './work-item-dialog.module.css'

const TEXT_MAX = 20_000
const LINE_MAX = 500

/** Everything that is written about a work item; its state has actions of its own. */
export const WorkItemDialog = ({
  refOfItem,
  item,
  close,
}: {
  readonly refOfItem: string
  readonly item: WorkItem
  readonly close: () => void
}) => {
  const texts = useTexts()
  const { fields } = texts
  const change = useWorkItemChange(refOfItem)
  // as it was when the dialog opened: what others change meanwhile is refused, not overwritten
  const [before] = useState(() => ({ draft: draftOf(item), revision: item.revision }))
  const [draft, setDraft] = useState<WorkItemDraft>(before.draft)
  const set = changesOf(before.draft, draft)
  const write = (field: WrittenField) => (text: string) =>
    setDraft((had) => ({ ...had, texts: { ...had.texts, [field]: text } }))
  const refer = (field: ReferenceField) => (id: string | null) =>
    setDraft((had) => ({ ...had, references: { ...had.references, [field]: id } }))
  const line = (field: WrittenField) => (
    <TextInput
      label={fields[field]}
      maxLength={LINE_MAX}
      required={field === 'title'}
      value={draft.texts[field]}
      onChange={(event) => write(field)(event.currentTarget.value)}
    />
  )
  const text = (field: WrittenField, about?: string) => (
    <Textarea
      label={fields[field]}
      description={about}
      autosize
      minRows={2}
      maxRows={12}
      maxLength={TEXT_MAX}
      value={draft.texts[field]}
      onChange={(event) => write(field)(event.currentTarget.value)}
    />
  )
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.workEdit.title(item.key)}
      send={() =>
        change.mutate(
          { revision: before.revision, set },
          {
            onSuccess: () => {
              tell({ text: texts.workEdit.saved, tone: 'good' })
              close()
            },
          },
        )
      }
      sendLabel={texts.manage.save}
      isSending={change.isPending}
      error={change.error}
      isReady={Object.keys(set).length > 0 && draft.texts.title.trim() !== ''}
      size="xl"
    >
      {line('title')}
      {text('description')}
      {text('steps')}
      <div className={styles.pairs}>
        {text('expected')}
        {text('actual')}
        {line('frequency')}
        {line('since')}
        {line('environment')}
        {line('version')}
      </div>
      {text('workaround', texts.workEdit.customersRead)}
      {text('behaviourNote', texts.workEdit.customersRead)}
      {text('rootCause', texts.workEdit.customersRead)}
      <div className={styles.pairs}>
        <Select
          label={fields.kind}
          data={WORK_ITEM_KINDS.map((kind) => ({ value: kind, label: texts.words.workItemKind[kind] }))}
          value={draft.kind}
          allowDeselect={false}
          onChange={(kind) =>
            setDraft((had) => ({ ...had, kind: WORK_ITEM_KINDS.find((one) => one === kind) ?? had.kind }))
          }
        />
        {line('priority')}
        <PickRecord
          noun="people"
          label={fields.assignee}
          placeholder={texts.filters.owner.nobody}
          value={draft.references.assignee}
          choose={refer('assignee')}
          extra={knownChoice(item.assignee)}
        />
        <PickRecord
          noun="teams"
          label={fields.team}
          value={draft.references.team}
          choose={refer('team')}
          extra={knownChoice(item.team)}
        />
        <PickComponent
          label={fields.component}
          value={draft.references.component}
          choose={refer('component')}
        />
        <PickRelease
          label={fields.release}
          product={item.product?.id}
          value={draft.references.release}
          choose={refer('release')}
        />
      </div>
    </FormDialog>
  )
}
