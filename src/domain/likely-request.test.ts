import { expect, it } from 'vitest'
import { fits, tellingWords } from './likely-request.ts'

it('looks for the words that tell something, the longest first, because short ones are in everything', () => {
  expect(tellingWords('The export of my invoices stops')).toEqual(['invoice', 'export', 'stop'])
  expect(tellingWords('it is so')).toEqual([])
})

it('counts words of the title double, and takes a word that is still being typed', () => {
  const title = { title: 'Export of invoices stops', text: '' }
  const text = { title: 'Something else', text: 'The export of invoices stops at night.' }
  expect(fits(['export', 'invoice'], title)).toBe(100)
  expect(fits(['export', 'invoice'], text)).toBe(50)
  expect(fits(['expo'], title)).toBe(100)
  expect(fits(['harbour'], title)).toBe(0)
})

it('forgives slips of the keys in longer words, and takes no short word for another', () => {
  const title = { title: 'Export of invoices stops at the last list', text: '' }
  expect(fits(['exprot', 'invioce'], title)).toBe(100)
  expect(fits(['lost'], title)).toBe(0)
})

it('compares long words quickly, because requests that a customer wrote would else hold everybody up', () => {
  const alike = 'x'.repeat(480)
  const text = Array.from({ length: 40 }, (_, index) => `${alike}${String(index).padStart(4, '0')}`).join(' ')
  const before = performance.now()
  for (let each = 0; each < 60; each += 1) fits(['print', `${alike}stop`], { title: 'Print', text })
  expect(performance.now() - before).toBeLessThan(500)
})
