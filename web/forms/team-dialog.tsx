import { useState } from 'react'
import { type Organised, useKeep } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { NamedFields } from './named-fields.tsx'
import { type Known, PickPeople } from './pick-people.tsx'
import { useSaved } from './use-saved.ts'

export const TeamDialog = ({
  team,
  close,
}: {
  readonly team: Organised<'teams'> | null
  readonly close: () => void
}) => {
  const texts = useTexts()
  const keep = useKeep('teams')
  const saved = useSaved(close)
  const [key, setKey] = useState('')
  const [name, setName] = useState(team?.name ?? '')
  const [members, setMembers] = useState<readonly Known[]>(team?.members ?? [])
  const set = { name: name.trim(), members: members.map(({ id }) => id) }
  return (
    <FormDialog
      isOpen
      close={close}
      title={team === null ? texts.teams.add : texts.teams.edit}
      send={() =>
        keep.mutate(team === null ? { make: { ...set, key: key.trim() } } : { id: team.id, set }, saved)
      }
      sendLabel={team === null ? texts.teams.add : texts.manage.save}
      isSending={keep.isPending}
      error={keep.error}
      isReady={name.trim() !== '' && (team !== null || key.trim() !== '')}
    >
      <NamedFields keyValue={team === null ? key : null} setKey={setKey} name={name} setName={setName} />
      <PickPeople label={texts.teams.members} value={members} set={setMembers} />
    </FormDialog>
  )
}
