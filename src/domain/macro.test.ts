import { expect, it } from 'vitest'
import {
  contradicts,
  fillMacro,
  type MacroFacts,
  PLACEHOLDERS,
  unfilled,
  unknownPlaceholders,
} from './macro.ts'

const NOTHING = Object.fromEntries(PLACEHOLDERS.map((name) => [name, null])) as MacroFacts

it('fills in what is known, and leaves what is not in its braces so that a person sees it', () => {
  const facts = { ...NOTHING, 'contact.name': 'Mia', 'ticket.key': 'T-7' }
  const text = fillMacro('Hello {contact.name}, {ticket.key} comes with {release.planned}.', facts)
  expect(text).toBe('Hello Mia, T-7 comes with {release.planned}.')
  expect(unfilled(text)).toEqual(['release.planned'])
})

it('inserts a name as it is, because a dollar sign in it is no reference', () => {
  expect(fillMacro('{contact.name}', { ...NOTHING, 'contact.name': '$& {ticket.key}' })).toBe(
    '$& {ticket.key}',
  )
})

it('takes braces of code for code, and a mistyped placeholder for a mistake', () => {
  expect(unknownPlaceholders('run { echo } {name} {contact.nmae} {contact.nmae}')).toEqual(['contact.nmae'])
})

it('does not both end a ticket and put it to wait, because only one of them could stay', () => {
  expect(contradicts({ end: 'resolve', snooze: { waitingFor: 'customer', days: null } })).toBe(true)
  expect(contradicts({ end: 'resolve', assign: 'me' })).toBe(false)
})
