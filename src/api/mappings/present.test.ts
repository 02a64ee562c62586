import { expect, it } from 'vitest'
import type { PreviewedItem } from '../../commands/tool-desk.ts'
import { presentPreview } from './present.ts'

const line = (toolField: string, there: string): PreviewedItem['lines'][number] => ({
  field: toolField,
  toolField,
  here: null,
  there,
  does: 'waits',
  becomes: there,
  rule: null,
  reason: `“${there}” has no counterpart.`,
  nextStep: `Add “${there}” to the mapping.`,
  told: { code: 'value-unknown-here', values: { value: there } },
})
const ITEM: PreviewedItem = {
  there: { key: '#1', url: 'https://tool.example/1', container: 'atlas' },
  record: null,
  lines: [
    line('title', 'Acme loses money'),
    line('status', 'Odd'),
    line('cf:Severity', 'High'),
    line('cf:Notes', 'ssh!'),
  ],
}
const DESCRIPTION = {
  containers: [],
  fields: [
    {
      field: 'cf:Severity' as const,
      title: 'Severity',
      kind: 'choice' as const,
      options: ['High'],
      writable: true,
    },
    { field: 'cf:Notes' as const, title: 'Notes', kind: 'text' as const, options: null, writable: true },
  ],
  statuses: [],
  transitions: null,
  people: [],
}

it('shows who looks after the pipes the words of fixed lists, and of what people typed only that it is there', () => {
  const [item] = presentPreview([ITEM], DESCRIPTION, false).items
  expect(item?.lines.map(({ toolField, hidden, there }) => [toolField, hidden, there])).toEqual([
    ['title', true, null],
    ['status', false, 'Odd'],
    ['cf:Severity', false, 'High'],
    ['cf:Notes', true, null],
  ])
  // a reason quotes the value too
  expect(JSON.stringify(item)).not.toMatch(/Acme|ssh!/)
})

it('hides every custom field from them while the tool cannot be asked what kinds they are of', () => {
  const [item] = presentPreview([ITEM], null, false).items
  expect(item?.lines.filter(({ hidden }) => !hidden).map(({ toolField }) => toolField)).toEqual(['status'])
})

it('shows all of it to who may read the records anyway', () => {
  const [item] = presentPreview([ITEM], null, true).items
  expect(item?.lines.every(({ hidden }) => !hidden)).toBe(true)
})
