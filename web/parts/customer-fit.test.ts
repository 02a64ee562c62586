import { expect, it } from 'vitest'
import { unfitness } from './customer-fit.ts'

const reasons = (text: string, colleagues: readonly string[] = []) =>
  unfitness(text, colleagues).map(({ because }) => because)

it('finds nothing to say about a sentence that helps a customer', () => {
  expect(reasons('This works as designed: choose “Round up” in the settings of the invoice.')).toEqual([])
})

it('says nothing while nothing is written, since the form asks for words anyway', () => {
  expect(reasons('  ')).toEqual([])
})

it('warns of what means nothing to a customer, or is not meant for them', () => {
  expect(reasons('No.')).toEqual(['short'])
  expect(reasons('This is the same as in W-12, which we will not change.')).toEqual(['key'])
  expect(reasons('Please write to erik@harbour.example about this one.')).toEqual(['address'])
  expect(reasons('See https://wiki.internal/decisions/12 for the background.')).toEqual(['link'])
})

it('names the colleague whose name it found, however it is written', () => {
  expect(unfitness('erik strand says that this will not be done soon.', ['Mira', 'Erik Strand'])).toEqual([
    { because: 'person', name: 'Erik Strand' },
  ])
})
