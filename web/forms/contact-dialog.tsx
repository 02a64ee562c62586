import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { type Organised, useKeep } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { MessageLanguage } from './message-language.tsx'
import { NamedFields } from './named-fields.tsx'
import { knownChoice, PickRecord } from './pick-record.tsx'
import { useSaved } from './use-saved.ts'

export const ContactDialog = ({
  contact,
  close,
}: {
  readonly contact: Organised<'contacts'> | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('contacts')
  const saved = useSaved(close)
  const [name, setName] = useState(contact?.name ?? '')
  const [email, setEmail] = useState(contact?.email ?? '')
  const [customer, setCustomer] = useState(contact?.customer?.id ?? null)
  const [isAdmin, setAdmin] = useState(contact?.isAdmin ?? false)
  const [language, setLanguage] = useState(contact?.language ?? null)
  const [takesNotices, setTakes] = useState(contact?.takesNotices ?? true)
  const address = email.trim() === '' ? null : email.trim()
  const set = { name: name.trim(), email: address, customer, isAdmin, language }
  return (
    <FormDialog
      isOpen
      close={close}
      title={contact === null ? texts.contacts.add : texts.contacts.edit}
      send={() =>
        keep.mutate(
          contact === null ? { make: set } : { id: contact.id, set: { ...set, takesNotices } },
          saved,
        )
      }
      sendLabel={contact === null ? texts.contacts.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== ''}
    >
      <NamedFields keyValue={null} setKey={() => undefined} name={name} setName={setName} />
      <TextInput
        label={texts.fields.email}
        type="email"
        maxLength={320}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PickRecord
        noun="customers"
        label={texts.fields.customer}
        placeholder={texts.fields.none}
        value={customer}
        choose={setCustomer}
        extra={knownChoice(contact?.customer)}
      />
      <Checkbox
        size="xs"
        label={texts.contacts.isAdmin}
        checked={isAdmin}
        onChange={(event) => setAdmin(event.currentTarget.checked)}
      />
      <MessageLanguage value={language} choose={setLanguage} />
      {contact === null ? null : (
        <Checkbox
          size="xs"
          label={texts.outreach.takesNotices}
          checked={takesNotices}
          onChange={(event) => setTakes(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}
