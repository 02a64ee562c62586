import { expect, it } from 'vitest'
import { EVENT_KINDS } from '../../src/domain/event.ts'
import { queryKeys, staleAfter } from './query-keys.ts'

const isStale = (key: readonly unknown[], kind: string): boolean =>
  staleAfter(kind).some((begin) => begin.every((part, at) => key[at] === part))

it('refreshes both ends of a bond when either moves', () => {
  for (const kind of ['ticket.taken', 'work-item.moved', 'escalation.accepted']) {
    expect(isStale(queryKeys.ticket('T-1'), kind)).toBe(true)
    expect(isStale(queryKeys.workItemList({}), kind)).toBe(true)
  }
})

it('refreshes conversations, but not lists, for a word or a file', () => {
  expect(isStale(queryKeys.ticketTimeline('T-1'), 'comment.added')).toBe(true)
  expect(isStale(queryKeys.ticketList({}), 'attachment.stored')).toBe(false)
})

it('leaves the records alone when only the pipes did something', () => {
  expect(staleAfter('connection.swept')).toEqual([['sync'], ['why'], ['audit']])
  expect(staleAfter('configuration.unheard-of').flat()).not.toContain('ticket')
})

it('asks again who one is when a person changes, since it may be the reader', () => {
  expect(isStale(queryKeys.self, 'person.changed')).toBe(true)
  expect(isStale(queryKeys.organisationList('people', {}), 'person.changed')).toBe(true)
  expect(isStale(queryKeys.tokens, 'token.created')).toBe(true)
})

it('asks again who has a work item when another version runs somewhere, or a release tells its commits', () => {
  expect(isStale(queryKeys.standings('W-1', 'no'), 'installation.changed')).toBe(true)
  expect(isStale(queryKeys.workItemTrace('W-1'), 'release.traced')).toBe(true)
  expect(isStale(queryKeys.releaseContents('r', 'enters'), 'release.traced')).toBe(true)
})

it('asks again who waits for a release when a ticket, its work, or what runs somewhere changes', () => {
  for (const kind of ['ticket.closed', 'work-item.moved', 'installation.changed', 'release.released']) {
    expect(isStale(queryKeys.releaseWaiting('r', 'gets it'), kind)).toBe(true)
    expect(isStale(queryKeys.releaseWaitingCounts('r'), kind)).toBe(true)
  }
})

it('refreshes the audit log whatever happens, since it lists everything', () => {
  expect(EVENT_KINDS.length).toBeGreaterThan(90)
  expect(EVENT_KINDS.filter((kind) => !isStale(queryKeys.auditList({}), kind))).toEqual([])
})
