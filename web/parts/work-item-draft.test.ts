import { expect, it } from 'vitest'
import { changesOf, TEXTS, type WorkItemDraft } from './work-item-draft.ts'

const draft: WorkItemDraft = {
  kind: 'defect',
  texts: {
    ...Object.fromEntries(TEXTS.map((field) => [field, ''])),
    title: 'Export fails',
  } as WorkItemDraft['texts'],
  references: { assignee: 'erik', team: 'web', component: null, release: null },
}
const changed = (
  texts: Partial<WorkItemDraft['texts']>,
  references: Partial<WorkItemDraft['references']> = {},
) =>
  changesOf(draft, {
    ...draft,
    texts: { ...draft.texts, ...texts },
    references: { ...draft.references, ...references },
  })

it('sends only what is another, so that two people do not undo each other', () => {
  expect(changed({})).toEqual({})
  expect(changed({ steps: 'Open it' })).toEqual({ steps: 'Open it' })
  expect(changed({}, { assignee: null, release: 'r1' })).toEqual({ assignee: null, release: 'r1' })
})

it('takes an emptied field for one that is taken away, and spaces for nothing', () => {
  const before = { ...draft, texts: { ...draft.texts, steps: 'Open it', description: 'It fails' } }
  const after = { ...draft, texts: { ...draft.texts, steps: ' ', description: '' } }
  expect(changesOf(before, after)).toEqual({ steps: null, description: '' })
  expect(changed({ title: 'Export fails ' })).toEqual({})
})
