import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { tokenFault } from '../../src/domain/grants.ts'
import type { Role } from '../../src/domain/words.ts'
import { useSelf } from '../api/session.ts'
import { useNewToken } from '../api/tokens.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { grantWords } from '../parts/problem-words.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'
import { RolesField, type StaffRole } from './roles-field.tsx'

interface Holder {
  readonly id: string
  readonly roles: readonly Role[]
}

/** A token of a program. It may no more than whom it stands for, or than its maker when it stands for nobody. */
export const TokenDialog = ({ close }: { readonly close: () => void }) => {
  const texts = useTexts()
  const { tokens } = texts
  const self = useSelf()
  const making = useNewToken()
  const [name, setName] = useState('')
  const [holder, setHolder] = useState<Holder | null>(null)
  const [roles, setRoles] = useState<readonly StaffRole[]>([])
  const [days, setDays] = useState('90')
  const reasonAgainst = (role: StaffRole): string | null =>
    grantWords(
      tokenFault(self.roles, {
        roles: [role],
        holder: holder?.roles ?? null,
        isSelf: holder !== null && holder.id === self.personId,
      }),
      texts,
    )
  const chosen = roles.filter((role) => reasonAgainst(role) === null)
  if (making.data !== undefined)
    return (
      // shown once: a slip beside it must not lose it
      <Modal
        opened
        onClose={close}
        title={tokens.made}
        size="md"
        closeOnClickOutside={false}
        closeOnEscape={false}
      >
        <Stack gap="sm">
          <p className="plain">{tokens.madeAbout}</p>
          <CopyText text={making.data.token} label={tokens.made} />
          <Group justify="flex-end">
            <Button onClick={close}>{tokens.done}</Button>
          </Group>
        </Stack>
      </Modal>
    )
  return (
    <FormDialog
      isOpen
      close={close}
      title={tokens.add}
      send={() =>
        making.mutate({
          ...{ name: name.trim(), roles: chosen, validForDays: Number(days) },
          ...(holder === null ? {} : { personId: holder.id }),
        })
      }
      sendLabel={tokens.add}
      isSending={making.isPending}
      error={making.error}
      isReady={name.trim() !== '' && chosen.length > 0}
    >
      <TextInput
        label={tokens.name}
        required
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PickRecord
        noun="people"
        label={tokens.holder}
        about={tokens.holderAbout}
        placeholder={texts.manage.nobody}
        value={holder?.id ?? null}
        choose={(id, person) =>
          setHolder(id === null || person === null ? null : { id, roles: person.roles })
        }
      />
      <RolesField label={tokens.roles} value={chosen} set={setRoles} reasonAgainst={reasonAgainst} />
      <Select
        label={tokens.validFor}
        allowDeselect={false}
        data={Object.entries(tokens.days).map(([value, label]) => ({ value, label }))}
        value={days}
        onChange={(value) => setDays(value ?? days)}
      />
    </FormDialog>
  )
}
