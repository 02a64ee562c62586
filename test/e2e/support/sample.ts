import type { Program } from './program.ts'

interface Made {
  readonly id: string
  readonly key: string
}

/**
 * Three requests of a customer, of a colleague of theirs and of another company; the first is with engineering, with
 * words for everyone and words that are not. Needs the customer of the cast.
 */
export const makeStory = async ({ api }: Program): Promise<void> => {
  const { items } = await api.get<{ items: readonly { id: string; name: string; isAdmin: boolean }[] }>(
    `/contacts?customer=${await customerId({ api }, 'northwind')}`,
  )
  const customer = items.find((one) => !one.isAdmin)
  const admin = items.find((one) => one.isAdmin)
  await api.post('/customers', { key: 'fabrikam', name: 'Fabrikam Steel', tier: 'silver' })
  const other = await api.post('/contacts', {
    customer: 'fabrikam',
    name: 'Jon Jansen',
    email: 'jon@fabrikam.example',
  })
  const first = await api.post<Made>('/tickets', {
    title: 'Invoices are printed twice',
    description: 'Each invoice comes out **twice** since the update of Monday.',
    contact: customer?.id,
    product: 'harbour',
    component: 'export',
    severity: 'high',
  })
  await api.post('/tickets', {
    title: 'Of a colleague: the export is empty',
    description: 'The file has a head and no rows.',
    contact: admin?.id ?? null,
    ...(admin === undefined ? { customer: 'northwind' } : {}),
    product: 'harbour',
    component: 'export',
    severity: 'medium',
  })
  await api.post('/tickets', {
    title: 'Of another company: sign-in is slow',
    description: 'It takes half a minute.',
    contact: other.id,
    product: 'harbour',
    component: 'export',
    severity: 'low',
  })
  await api.post(`/tickets/${first.key}/comments`, { text: 'We look into it.', audience: 'everyone' })
  await api.post(`/tickets/${first.key}/comments`, {
    text: 'Only for us: looks like #12.',
    audience: 'staff',
  })
  await api.post(`/tickets/${first.key}/escalate`, {})
}

const customerId = async ({ api }: Pick<Program, 'api'>, key: string): Promise<string> => {
  const { items } = await api.get<{ items: readonly Made[] }>(`/customers?text=${key}`)
  return items[0]?.id ?? ''
}
