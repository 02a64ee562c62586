import { describe, expect, it } from 'vitest'
import { rateInfo, retryAt } from './http-rate.ts'

const NOW = new Date('2026-01-02T03:04:05.000Z')
const IN_A_MINUTE = new Date(NOW.getTime() + 60_000)
const EPOCH = String(IN_A_MINUTE.getTime() / 1000)

describe('what a tool says of its budget', () => {
  it.each([
    [
      'GitHub, GitHub-like',
      { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': EPOCH },
    ],
    ['GitLab', { 'ratelimit-limit': '50', 'ratelimit-remaining': '7', 'ratelimit-reset': EPOCH }],
    [
      'the IETF draft',
      { 'ratelimit-limit': '50, 50;w=60', 'ratelimit-remaining': '7', 'ratelimit-reset': '60' },
    ],
    [
      'Jira',
      {
        'x-ratelimit-limit': '50',
        'x-ratelimit-remaining': '7',
        'x-ratelimit-reset': IN_A_MINUTE.toISOString(),
      },
    ],
    ['Zendesk', { 'x-rate-limit': '50', 'x-rate-limit-remaining': '7', 'ratelimit-reset': '60' }],
    [
      'Linear, in milliseconds',
      {
        'x-ratelimit-requests-limit': '50',
        'x-ratelimit-requests-remaining': '7',
        'x-ratelimit-requests-reset': String(IN_A_MINUTE.getTime()),
      },
    ],
  ])('is read in the words of %s', (_whose, headers) => {
    expect(rateInfo(headers, NOW)).toEqual({ limit: 50, remaining: 7, resetAt: IN_A_MINUTE })
  })

  it('is read in the words of Freshservice, which does not say when it begins anew', () => {
    expect(rateInfo({ 'x-ratelimit-total': '50', 'x-ratelimit-remaining': '7' }, NOW)).toEqual({
      ...{ limit: 50, remaining: 7, resetAt: null },
    })
  })

  it('counts the budget that has the least left, because that one ends first', () => {
    const headers = {
      'x-ratelimit-requests-limit': '5000',
      'x-ratelimit-requests-remaining': '4900',
      'x-ratelimit-complexity-limit': '250000',
      'x-ratelimit-complexity-remaining': '1200',
    }
    expect(rateInfo(headers, NOW)).toMatchObject({ limit: 250_000, remaining: 1_200 })
  })

  it('never waits more than a day, whatever a header claims', () => {
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2099-01-01T00:00:00Z' }
    expect(retryAt(spent, NOW).getTime() - NOW.getTime()).toBe(24 * 60 * 60 * 1000)
    expect(retryAt({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, NOW)).toEqual(IN_A_MINUTE)
  })
})
