import { describe, expect, it } from 'vitest'
import { MAX_PAIRS, matchOf, newDraft, otherOf, pairsOf, readPairList, withWay } from './pairs-draft.ts'

describe('how pairs are to be found', () => {
  it('is asked for only when it is whole, so that the server is not asked for what it would refuse', () => {
    expect(matchOf(newDraft)).toBeNull()
    expect(matchOf({ ...newDraft, field: ' cf:TicketKey ' })).toEqual({ by: 'key', field: 'cf:TicketKey' })
    expect(matchOf(withWay(newDraft, 'list'))).toBeNull()
    expect(matchOf(withWay(newDraft, 'text'))).toEqual({ by: 'text', withinHours: 336, least: 0.6 })
  })

  it('names the other connection only where there are several, and the one that was chosen', () => {
    const [one, two] = [{ key: 'desk' }, { key: 'second' }]
    expect([otherOf(newDraft, []), otherOf(newDraft, [one])]).toEqual([{}, {}])
    expect(otherOf(newDraft, [one, two])).toEqual({ with: 'desk' })
    expect(otherOf({ ...newDraft, other: 'second' }, [one, two])).toEqual({ with: 'second' })
    expect(otherOf({ ...newDraft, other: 'gone' }, [one, two])).toEqual({ with: 'desk' })
  })

  it('takes the first line of a file for names unless it holds keys', () => {
    expect(pairsOf(readPairList('a.csv', 'Ticket;Issue\nT-1;ENG-1'))).toEqual([
      { desk: 'T-1', tracker: 'ENG-1' },
    ])
    expect(pairsOf(readPairList('a.csv', 'T-1,ENG-1\nT-2,ENG-2\n,ENG-3'))).toHaveLength(2)
  })

  it('is not asked for with more pairs than the server takes at once', () => {
    const text = Array.from({ length: MAX_PAIRS + 1 }, (_, at) => `T-${at},ENG-${at}`).join('\n')
    expect(matchOf({ ...newDraft, by: 'list', list: readPairList('a.csv', text) })).toBeNull()
  })
})
