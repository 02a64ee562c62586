import { describe, expect, it } from 'vitest'
import { commonest, standingOf } from './acceptance.ts'

const ticket = (id: string, title: string, componentId: string | null = 'cart') => ({
  id,
  title,
  componentId,
})

describe('what customers come with most', () => {
  it('is told by the titles of tickets that are alike, in one component, commonest first', () => {
    const found = commonest(
      [
        ticket('1', 'Cart is empty after sign-in'),
        ticket('2', 'Receipt is blank'),
        ticket('3', 'After sign-in the cart is empty'),
        ticket('4', 'Empty cart after a sign-in'),
        ticket('5', 'The receipt is blank again'),
        ticket('6', 'Receipt is blank', 'ledger'),
        ticket('7', 'Something else altogether'),
      ],
      10,
    )
    expect(found).toEqual([
      { ...ticket('1', 'Cart is empty after sign-in'), tickets: 3 },
      { ...ticket('2', 'Receipt is blank'), tickets: 2 },
    ])
  })
  it('leaves out a kind of which any ticket was made a case already, also one that is told of no more', () => {
    const tickets = [
      ticket('10', 'Empty cart after the sign-in'),
      ticket('9', 'Cart empty after sign-in'),
      ticket('2', 'Receipt is blank'),
      ticket('5', 'The receipt is blank again'),
    ]
    const of = (taken: ReturnType<typeof ticket>[]) => commonest(tickets, 10, taken).map(({ id }) => id)
    expect(of([])).toEqual(['10', '2'])
    expect(of([ticket('9', 'Cart empty after sign-in')])).toEqual(['2'])
    expect(of([ticket('1', 'Blank receipt')])).toEqual(['10'])
    expect(of([ticket('1', 'Blank receipt', 'ledger')])).toEqual(['10', '2'])
  })
  it('is not told by one word that two titles share, nor by titles that say nothing', () => {
    expect(commonest([ticket('1', 'Cart empty'), ticket('2', 'Cart slow')], 10)).toEqual([])
    expect(commonest([ticket('1', '…'), ticket('2', '…')], 10)).toEqual([])
    expect(commonest([ticket('1', 'Printer'), ticket('2', 'Printer!')], 10)).toHaveLength(1)
  })
})

it('a case stands as it was run last, and as not run once it says something else', () => {
  expect(standingOf(1, null)).toBe('not run')
  expect(standingOf(1, { result: 'failed', caseVersion: 1 })).toBe('failed')
  expect(standingOf(2, { result: 'passed', caseVersion: 1 })).toBe('not run')
})
