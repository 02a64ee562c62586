import { Checkbox, Group, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { TICKET_KINDS } from '../../src/domain/words.ts'
import { useOrganised } from '../api/organisation.ts'
import { type Ticket, type TicketChange, useTicketChange } from '../api/tickets.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { ComponentField } from './component-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

/** What a ticket says about itself, put right: only what was changed here is sent. */
export const EditTicketDialog = ({
  close,
  refOfTicket,
  ticket,
}: {
  readonly close: () => void
  readonly refOfTicket: string
  readonly ticket: Ticket
}) => {
  const texts = useTexts()
  const { fields, editTicket } = texts
  const change = useTicketChange(refOfTicket)
  const before = fieldsOf(ticket)
  const [now, setNow] = useState(before)
  const put = (part: Partial<Fields>): void => setNow((had) => ({ ...had, ...part }))
  const set = changed(before, now)
  const line = (name: 'version' | 'environment') => (
    <TextInput
      size="xs"
      label={fields[name]}
      maxLength={500}
      disabled={now.installation !== null}
      value={now[name] ?? ''}
      onChange={(event) => put({ [name]: orNull(event.currentTarget.value) })}
    />
  )
  const text = (name: 'description' | 'workaround', minRows: number) => (
    <Textarea
      label={fields[name]}
      autosize
      {...{ minRows, maxRows: 12, maxLength: name === 'description' ? 200_000 : 20_000 }}
      value={now[name] ?? ''}
      onChange={(event) =>
        put({
          [name]: name === 'description' ? event.currentTarget.value : orNull(event.currentTarget.value),
        })
      }
    />
  )
  return (
    <FormDialog
      isOpen
      close={close}
      size="lg"
      title={editTicket.title(ticket.key)}
      send={() =>
        change.mutate(
          { revision: ticket.inside?.revision ?? 1, set },
          {
            onSuccess: () => {
              tell({ text: editTicket.done, tone: 'good' })
              close()
            },
          },
        )
      }
      sendLabel={editTicket.save}
      isSending={change.isPending}
      error={change.error}
      isReady={now.title.trim() !== '' && Object.keys(set).length > 0}
    >
      <TextInput
        label={fields.title}
        required
        data-autofocus
        maxLength={500}
        value={now.title}
        onChange={(event) => put({ title: event.currentTarget.value })}
      />
      {text('description', 4)}
      <Group grow gap="xs" align="start">
        <Select
          label={fields.kind}
          allowDeselect={false}
          data={TICKET_KINDS.map((word) => ({ value: word, label: texts.words.ticketKind[word] }))}
          value={now.kind}
          onChange={(value) => put({ kind: TICKET_KINDS.find((word) => word === value) ?? now.kind })}
        />
        <PickRecord
          noun="customers"
          label={fields.customer}
          value={now.customer}
          known={ticket.customer}
          choose={(customer) => put({ customer, contact: null, installation: null })}
        />
        <PickRecord
          key={now.customer}
          noun="contacts"
          label={fields.contact}
          value={now.contact}
          known={ticket.contact}
          only={(contact) => now.customer === null || contact.customer?.id === now.customer}
          choose={(contact) => put({ contact })}
        />
      </Group>
      <Group grow gap="xs" align="start">
        <PickRecord
          noun="products"
          label={fields.product}
          value={now.product}
          known={ticket.product}
          choose={(product) => put({ product, component: null, installation: null })}
        />
        <ComponentField
          product={now.product}
          value={now.component}
          choose={(component) => put({ component })}
        />
      </Group>
      <Installation
        customer={now.customer}
        value={now.installation}
        choose={(installation) => put({ installation })}
      />
      <Group grow gap="xs" align="start">
        {line('version')}
        {line('environment')}
      </Group>
      {text('workaround', 2)}
      {now.workaround === null ? null : (
        <Checkbox
          size="xs"
          label={editTicket.workaroundAccepted}
          checked={now.workaroundAccepted === true}
          onChange={(event) => put({ workaroundAccepted: event.currentTarget.checked })}
        />
      )}
    </FormDialog>
  )
}

type Fields = ReturnType<typeof fieldsOf>

const fieldsOf = ({ title, description, kind, workaround, workaroundAccepted, ...ticket }: Ticket) => ({
  ...{ title, description, kind, workaround, workaroundAccepted },
  customer: ticket.customer?.id ?? null,
  contact: ticket.contact?.id ?? null,
  product: ticket.product?.id ?? null,
  component: ticket.inside?.component?.id ?? null,
  installation: ticket.installation?.id ?? null,
  ...{ version: ticket.version, environment: ticket.environment },
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text)

const changed = (before: Fields, now: Fields): TicketChange =>
  Object.fromEntries(
    Object.entries(now).filter(([name, value]) => value !== before[name as keyof Fields]),
  ) as TicketChange

/** What the customer runs: one of theirs, which knows its version itself. */
const Installation = ({
  customer,
  value,
  choose,
}: {
  readonly customer: string | null
  readonly value: string | null
  readonly choose: (id: string | null) => void
}) => {
  const { editTicket, fields } = useTexts()
  const found = useOrganised('installations', { customer: customer ?? undefined }, customer !== null)
  return (
    <Select
      label={editTicket.installation}
      description={editTicket.installationAbout}
      placeholder={customer === null ? editTicket.customerFirst : fields.none}
      disabled={customer === null}
      clearable
      data={found.items.map(({ id, product, environment, version, release }) => ({
        value: id,
        label: [product.name, environment, version ?? release?.name].filter(Boolean).join(' · '),
      }))}
      value={value}
      onChange={choose}
    />
  )
}
