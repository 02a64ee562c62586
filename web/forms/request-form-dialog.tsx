import { ActionIcon, Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FORM_FIELD_KINDS, FORM_LIMITS } from '../../src/domain/request-form.ts'
import { type Organised, useKeepForm } from '../api/organisation.ts'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { type DraftField, draftOf, formOf, moved, newField } from './form-draft.ts'
import styles from './request-form-dialog.module.css'
import { useSaved } from './use-saved.ts'

/** What customers are asked who report something about a product. */
export const RequestFormDialog = ({
  product,
  close,
}: {
  readonly product: Organised<'products'>
  readonly close: () => void
}) => {
  const { requestForm, manage } = useTexts()
  const keep = useKeepForm()
  const saved = useSaved(close)
  const [isOffered, setOffered] = useState(product.form !== null)
  const [fields, setFields] = useState<readonly DraftField[]>(() => draftOf(product.form ?? []))
  const change = (at: number, part: Partial<DraftField>): void =>
    setFields((had) => had.map((field, index) => (index === at ? { ...field, ...part } : field)))
  const isReady = fields.every(
    ({ label, kind, choices }) => label.trim() !== '' && (kind !== 'choice' || choices.trim() !== ''),
  )
  return (
    <FormDialog
      isOpen
      close={close}
      title={requestForm.title(product.name)}
      size="lg"
      send={() => keep.mutate({ id: product.id, form: isOffered ? formOf(fields) : null }, saved)}
      sendLabel={manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={!isOffered || isReady}
    >
      <Checkbox
        label={requestForm.offered}
        description={requestForm.offeredAbout}
        checked={isOffered}
        onChange={(event) => setOffered(event.currentTarget.checked)}
      />
      {isOffered ? (
        <Stack gap="sm">
          {fields.length === 0 ? <p className="quiet">{requestForm.empty}</p> : null}
          {fields.map((field, at) => (
            <Question
              key={field.id}
              field={field}
              number={at + 1}
              isLast={at === fields.length - 1}
              change={(part) => change(at, part)}
              move={(by) => setFields((had) => moved(had, at, by))}
              remove={() => setFields((had) => had.filter(({ id }) => id !== field.id))}
            />
          ))}
          <Group>
            <Button
              variant="default"
              leftSection={<Icon name="plus" size={14} />}
              disabled={fields.length >= FORM_LIMITS.fields}
              title={fields.length >= FORM_LIMITS.fields ? requestForm.full(FORM_LIMITS.fields) : undefined}
              onClick={() => setFields((had) => [...had, newField(had)])}
            >
              {requestForm.add}
            </Button>
          </Group>
        </Stack>
      ) : null}
    </FormDialog>
  )
}

const Question = ({
  field,
  number,
  isLast,
  change,
  move,
  remove,
}: {
  readonly field: DraftField
  readonly number: number
  readonly isLast: boolean
  readonly change: (part: Partial<DraftField>) => void
  readonly move: (by: -1 | 1) => void
  readonly remove: () => void
}) => {
  const { requestForm } = useTexts()
  return (
    <fieldset className={styles.question}>
      <legend>{requestForm.question(number)}</legend>
      <TextInput
        label={requestForm.label}
        required
        maxLength={FORM_LIMITS.label}
        value={field.label}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <TextInput
        label={requestForm.help}
        maxLength={FORM_LIMITS.help}
        value={field.help}
        onChange={(event) => change({ help: event.currentTarget.value })}
      />
      <Group align="end" gap="sm">
        <Select
          label={requestForm.kind}
          allowDeselect={false}
          data={FORM_FIELD_KINDS.map((kind) => ({ value: kind, label: requestForm.kinds[kind] }))}
          value={field.kind}
          onChange={(value) =>
            change({ kind: FORM_FIELD_KINDS.find((kind) => kind === value) ?? field.kind })
          }
        />
        <Checkbox
          label={requestForm.required}
          checked={field.required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
        <Group gap={4} className={styles.moves}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={requestForm.up(number)}
            disabled={number === 1}
            onClick={() => move(-1)}
          >
            ↑
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={requestForm.down(number)}
            disabled={isLast}
            onClick={() => move(1)}
          >
            ↓
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" aria-label={requestForm.remove(number)} onClick={remove}>
            <Icon name="close" size={14} />
          </ActionIcon>
        </Group>
      </Group>
      {field.kind === 'choice' ? (
        <Textarea
          label={requestForm.choices}
          description={requestForm.choicesAbout}
          required
          autosize
          minRows={2}
          maxRows={8}
          value={field.choices}
          onChange={(event) => change({ choices: event.currentTarget.value })}
        />
      ) : null}
    </fieldset>
  )
}
