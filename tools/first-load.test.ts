import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { FIRST_LOADS, measure, type Piece } from './first-load.ts'

const piece = (fileName: string, more: Partial<Piece> = {}): Piece => ({
  ...{ fileName, code: 'x', imports: [], isEntry: false, facadeModuleId: null, moduleIds: [] },
  ...more,
})
const portal = FIRST_LOADS.find(({ who }) => who === 'the portal')
const screens = [
  piece('texts.js', { facadeModuleId: '/x/web/texts/en-everyone.ts' }),
  ...['portal-frame', 'requests', 'request', 'new-request'].map((name) =>
    piece(`${name}.js`, { facadeModuleId: `/x/web/portal/${name}.tsx` }),
  ),
]
const problems = (pieces: readonly Piece[]): readonly string[] =>
  portal === undefined ? ['no portal'] : measure(pieces, portal).problems

it('counts what is fetched at once and not what is fetched later', () => {
  const entry = piece('main.js', { isEntry: true, imports: ['shared.js'] })
  const shared = piece('shared.js')
  const later = piece('desk.js', { moduleIds: ['/x/web/pages/ticket.tsx'] })
  expect(problems([entry, shared, later, ...screens])).toEqual([])
})

it('notices what a customer has no use for, however many steps away it is', () => {
  const entry = piece('main.js', { isEntry: true, imports: ['shared.js'] })
  const shared = piece('shared.js', { imports: ['desk.js'] })
  const desk = piece('desk.js', {
    moduleIds: ['/x/web/parts/rail.tsx', '/x/web/texts/en.ts', '/x/node_modules/@tiptap/core/a.js'],
  })
  expect(problems([entry, shared, desk, ...screens])).toHaveLength(3)
})

it('keeps the budget, and says when a screen it measures is not there any more', () => {
  const heavy = piece('main.js', { isEntry: true, code: randomBytes(260 * 1024).toString('latin1') })
  expect(problems([heavy, ...screens])[0]).toContain('the budget is 250 KB')
  expect(problems([piece('main.js', { isEntry: true })])).toHaveLength(3)
})
