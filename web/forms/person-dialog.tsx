import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { grantFault } from '../../src/domain/grants.ts'
import { type Organised, useKeep } from '../api/organisation.ts'
import { useMay, useSelf } from '../api/session.ts'
import { grantWords } from '../parts/problem-words.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import type { Invited } from './invite-dialog.tsx'
import { RolesField, type StaffRole, staffRolesOf } from './roles-field.tsx'

/** A colleague: who they are and what they may do. A new one is handed a link to come in. */
export const PersonDialog = ({
  person,
  close,
  invite,
}: {
  readonly person: Organised<'people'> | null
  readonly close: () => void
  readonly invite: (invited: Invited) => void
}) => {
  const texts = useTexts()
  const self = useSelf()
  const mayInvite = useMay('tokens.manage')
  const keep = useKeep('people')
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState(person?.email ?? '')
  const [roles, setRoles] = useState<readonly StaffRole[]>(staffRolesOf(person?.roles ?? []))
  const [invites, setInvites] = useState(mayInvite)
  const before = person?.roles ?? []
  const isSelf = person !== null && person.id === self.personId
  // the same rule as the server's, asked for the one step that this box would be
  const reasonAgainst = (role: StaffRole): string | null => {
    const after = roles.includes(role) ? roles.filter((one) => one !== role) : [...roles, role]
    return grantWords(grantFault(self.roles, { before, after, isSelf }), texts)
  }
  const members = { name: name.trim(), email: email.trim(), roles: [...roles] }
  const send = (): void =>
    keep.mutate(person === null ? { make: members } : { id: person.id, set: members }, {
      onSuccess: ({ id }) => {
        close()
        if (person === null && invites) invite({ personId: id, name: members.name, roles: members.roles })
        else tell({ text: texts.manage.saved, tone: 'good' })
      },
    })
  return (
    <FormDialog
      isOpen
      close={close}
      title={person === null ? texts.people.add : texts.people.edit}
      send={send}
      sendLabel={person === null ? texts.people.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && email.trim() !== '' && roles.length > 0}
    >
      <TextInput
        label={texts.manage.name}
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={texts.fields.email}
        type="email"
        required
        maxLength={320}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <RolesField
        label={texts.people.roles}
        about={texts.people.rolesAbout}
        value={roles}
        set={setRoles}
        reasonAgainst={reasonAgainst}
      />
      {person === null && mayInvite ? (
        <Checkbox
          size="xs"
          label={texts.people.inviteAtOnce}
          checked={invites}
          onChange={(event) => setInvites(event.currentTarget.checked)}
        />
      ) : null}
    </FormDialog>
  )
}
