import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SEVERITIES, type Severity, TICKET_KINDS, type TicketKind } from '../../src/domain/words.ts'
import { queryKeys } from '../api/query-keys.ts'
import { useMay } from '../api/session.ts'
import { createTicket, type NewTicket as NewTicketBody } from '../api/tickets.ts'
import { ComponentField } from '../forms/component-field.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { useGo, useQueryOfAddress } from '../parts/go.tsx'
import { ScreenHead } from '../parts/screen.tsx'
import { FormProblem, NoRights } from '../parts/states.tsx'
import { type NewTicketWords, paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './new-ticket.module.css'

export const NewTicket = () => {
  const texts = useTexts()
  const mayCreate = useMay('tickets.create')
  return (
    <>
      <ScreenHead title={texts.newTicket.title} about={texts.newTicket.about} />
      {mayCreate ? <Form /> : <NoRights />}
    </>
  )
}

const Form = () => {
  const texts = useTexts()
  const go = useGo()
  const client = useQueryClient()
  const mayReadOrganisation = useMay('organisation.read')
  // what is known already, where a link brought it
  const given: NewTicketWords = useQueryOfAddress()
  const [title, setTitle] = useState(given.title ?? '')
  const [description, setDescription] = useState(given.description ?? '')
  const [kind, setKind] = useState<TicketKind>('incident')
  const [customer, setCustomer] = useState<string | null>(given.customer ?? null)
  const [product, setProduct] = useState<string | null>(given.product ?? null)
  const [component, setComponent] = useState<string | null>(null)
  const [severity, setSeverity] = useState<Severity | null>(null)
  const [version, setVersion] = useState(given.version ?? '')
  const [environment, setEnvironment] = useState('')
  const making = useMutation({
    mutationFn: createTicket,
    onSuccess: async (ticket) => {
      client.setQueryData(queryKeys.ticket(ticket.key), ticket)
      go(paths.ticket(ticket.key), { replace: true })
      await client.invalidateQueries({ queryKey: queryKeys.tickets })
    },
  })
  const body: NewTicketBody = {
    ...{ title: title.trim(), description, kind },
    ...(product === null ? {} : { product }),
    ...(version.trim() === '' ? {} : { version: version.trim() }),
    ...(environment.trim() === '' ? {} : { environment: environment.trim() }),
    ...(customer === null ? {} : { customer }),
    ...(component === null ? {} : { component }),
    ...(severity === null ? {} : { severity }),
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        making.mutate(body)
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={texts.fields.title}
          required
          autoFocus
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={texts.fields.description}
          description={texts.newTicket.descriptionAbout}
          autosize
          minRows={7}
          maxLength={200_000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <div className={styles.grid}>
          <Select
            label={texts.fields.kind}
            allowDeselect={false}
            data={TICKET_KINDS.map((word) => ({ value: word, label: texts.words.ticketKind[word] }))}
            value={kind}
            onChange={(value) => setKind(TICKET_KINDS.find((word) => word === value) ?? kind)}
          />
          <Select
            label={texts.fields.severity}
            placeholder={texts.fields.none}
            clearable
            data={SEVERITIES.map((word) => ({ value: word, label: texts.words.severity[word] }))}
            value={severity}
            onChange={(value) => setSeverity(SEVERITIES.find((word) => word === value) ?? null)}
          />
          <PickRecord noun="customers" label={texts.fields.customer} value={customer} choose={setCustomer} />
          {mayReadOrganisation ? (
            <>
              <PickRecord
                noun="products"
                label={texts.fields.product}
                value={product}
                choose={(id) => {
                  setProduct(id)
                  setComponent(null)
                }}
              />
              <ComponentField product={product} value={component} choose={setComponent} />
            </>
          ) : null}
          <TextInput
            size="xs"
            label={texts.fields.version}
            maxLength={500}
            value={version}
            onChange={(event) => setVersion(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            label={texts.fields.environment}
            maxLength={500}
            value={environment}
            onChange={(event) => setEnvironment(event.currentTarget.value)}
          />
        </div>
        <FormProblem error={making.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => history.back()}>
            {texts.forms.cancel}
          </Button>
          <Button type="submit" loading={making.isPending} disabled={title.trim() === ''}>
            {texts.newTicket.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
