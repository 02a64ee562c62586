import { expect, it } from 'vitest'
import { type ComparedTicket, similarTickets } from './similar.ts'

const other = (id: string, more: Partial<ComparedTicket>): ComparedTicket => ({
  ...{ id, title: '', text: '', productId: null, componentId: null, customerId: null, version: null },
  ...more,
})
const asked = other('asked', {
  title: 'Export of invoices fails with a timeout',
  productId: 'p',
  componentId: 'c',
  version: '4.2',
})

it('puts what shares words, place and version first, and says what it shares', () => {
  const found = similarTickets(asked, [
    other('far', { title: 'Invoice export timeout' }),
    other('near', { title: 'Invoice export timeout', productId: 'p', componentId: 'c', version: '4.2' }),
  ])
  expect(found.map(({ id }) => id)).toEqual(['near', 'far'])
  expect(found[0]).toMatchObject({ words: ['export', 'invoice', 'timeout'], same: ['component', 'version'] })
})

it('does not take the same place alone for likeness, because half the desk would look alike', () => {
  const same = { productId: 'p', componentId: 'c', version: '4.2' }
  expect(similarTickets(asked, [other('x', { title: 'Login page is blank', ...same })])).toEqual([])
})
