import { useState } from 'react'
import type { Role } from '../../src/domain/words.ts'
import { useTicketStep } from '../api/tickets.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

/** Those who may own a ticket: engineers answer work items, and a ticket stays with support. */
const OWNERS = new Set<Role>(['agent', 'lead', 'owner'])

export const AssignDialog = ({
  close,
  refOfTicket,
  owner,
}: {
  readonly close: () => void
  readonly refOfTicket: string
  readonly owner: string | null
}) => {
  const texts = useTexts()
  const step = useTicketStep(refOfTicket)
  const [chosen, setChosen] = useState<string | null>(owner)
  return (
    <FormDialog
      isOpen
      close={close}
      title={texts.assign.title}
      send={() => step.mutate({ step: 'assign', body: { owner: chosen } }, { onSuccess: close })}
      sendLabel={texts.ticket.actions.assign}
      isSending={step.isPending}
      error={step.error}
      isReady={chosen !== owner}
    >
      <PickRecord
        noun="people"
        label={texts.fields.owner}
        placeholder={texts.filters.owner.nobody}
        value={chosen}
        choose={setChosen}
        only={({ roles }) => roles.some((role) => OWNERS.has(role))}
      />
    </FormDialog>
  )
}
