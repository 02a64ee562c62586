import { SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLinks } from '../api/desk.ts'
import type { Ticket } from '../api/tickets.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickTicket } from './pick-ticket.tsx'

/** Says that a ticket has to do with another one, or with something elsewhere. */
export const TicketLinkDialog = ({
  close,
  refOfTicket,
  ticket,
}: {
  readonly close: () => void
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const { ticketLinks: links } = useTexts()
  const { add } = useLinks(refOfTicket)
  const [kind, setKind] = useState<'ticket' | 'address'>('ticket')
  const [other, setOther] = useState<string | null>(null)
  const [url, setUrl] = useState('')
  const [title, setTitle] = useState('')
  const named = title.trim() === '' ? {} : { title: title.trim() }
  const link = kind === 'ticket' ? { ticket: other ?? '' } : { url: url.trim(), ...named }
  const linked = new Set(ticket.inside?.links.flatMap((one) => one.ticket?.id ?? []))
  return (
    <FormDialog
      isOpen
      close={close}
      title={links.add}
      send={() =>
        add.mutate(link, {
          onSuccess: () => {
            tell({ text: links.done, tone: 'good' })
            close()
          },
        })
      }
      sendLabel={links.save}
      isSending={add.isPending}
      error={add.error}
      isReady={kind === 'ticket' ? other !== null : url.trim() !== ''}
    >
      <SegmentedControl
        fullWidth
        aria-label={links.add}
        value={kind}
        onChange={(value) => setKind(value === 'address' ? 'address' : 'ticket')}
        data={[
          { value: 'ticket', label: links.ticket },
          { value: 'address', label: links.address },
        ]}
      />
      {kind === 'ticket' ? (
        <PickTicket
          label={links.ticket}
          nothing={links.key}
          fits={({ id }) => id !== ticket.id && !linked.has(id)}
          value={other}
          choose={setOther}
        />
      ) : (
        <>
          <TextInput
            type="url"
            label={links.url}
            required
            maxLength={2_000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput
            label={links.name}
            description={links.nameAbout}
            maxLength={500}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  )
}
