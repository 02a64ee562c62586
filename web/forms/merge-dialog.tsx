import { useState } from 'react'
import { type Ticket, useTicketStep } from '../api/tickets.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickTicket } from './pick-ticket.tsx'

/** Two tickets of one request become one. Only tickets of the same customer are offered: the server takes no other. */
export const MergeDialog = ({
  close,
  refOfTicket,
  ticket,
}: {
  readonly close: () => void
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const texts = useTexts()
  const { merge } = texts
  const step = useTicketStep(refOfTicket)
  const [into, setInto] = useState<string | null>(null)
  const customer = ticket.customer?.id
  return (
    <FormDialog
      isOpen
      close={close}
      title={merge.title(ticket.key)}
      send={() =>
        step.mutate(
          { step: 'merge', body: { into: into ?? '' } },
          {
            onSuccess: () => {
              tell({
                text: merge.done(into ?? ''),
                tone: 'good',
                undo: { label: texts.forms.undo, run: () => step.mutate({ step: 'unmerge' }) },
              })
              close()
            },
          },
        )
      }
      sendLabel={merge.send}
      isSending={step.isPending}
      error={step.error}
      isReady={into !== null}
    >
      <PickTicket
        label={merge.into}
        about={merge.about}
        nothing={customer === undefined ? merge.noCustomer : merge.nothing}
        filters={customer === undefined ? {} : { customer }}
        fits={(other) =>
          other.id !== ticket.id &&
          other.state !== 'merged' &&
          other.state !== 'cancelled' &&
          (customer !== undefined || other.customer === null)
        }
        value={into}
        choose={setInto}
      />
    </FormDialog>
  )
}
