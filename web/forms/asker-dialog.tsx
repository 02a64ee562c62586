import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { IMPORTANCES, type Importance, RECEPTIONS } from '../../src/domain/enhancement.ts'
import { type Ask, useChangeAsk } from '../api/enhancements.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { ImportanceField } from './importance-field.tsx'
import { useSaved } from './use-saved.ts'

/** How much it matters to them, and what they say of it when they have it. */
export const AskerDialog = ({ ask, close }: { readonly ask: Ask; readonly close: () => void }) => {
  const texts = useTexts()
  const { enhancements } = texts
  const changing = useChangeAsk()
  const saved = useSaved(close)
  const [importance, setImportance] = useState<Importance | null>(
    IMPORTANCES.find((one) => one === ask.importance) ?? null,
  )
  const [reception, setReception] = useState(ask.reception)
  const [words, setWords] = useState(ask.receptionWords ?? '')
  return (
    <FormDialog
      isOpen
      close={close}
      title={enhancements.askerTitle(ask.ticket.key)}
      send={() =>
        changing.mutate(
          {
            id: ask.id,
            set: { importance, reception, receptionWords: words.trim() === '' ? null : words.trim() },
          },
          saved,
        )
      }
      sendLabel={texts.manage.save}
      isSending={changing.isPending}
      error={changing.error}
    >
      <ImportanceField value={importance} choose={setImportance} />
      <Select
        label={enhancements.reception}
        description={enhancements.receptionAbout}
        placeholder={enhancements.nothingSaid}
        data={RECEPTIONS.map((value) => ({ value, label: enhancements.receptions[value] }))}
        value={reception}
        clearable
        onChange={(value) => setReception(RECEPTIONS.find((one) => one === value) ?? null)}
      />
      {reception === null ? null : (
        <Textarea
          label={enhancements.receptionWords}
          autosize
          minRows={2}
          maxLength={20_000}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}
