import { describe, expect, it } from 'vitest'
import { HOLD_WORDS, type HoldCause, sayHold } from '../../src/domain/hold-words.ts'
import { de } from '../texts/de.ts'
import { en } from '../texts/en.ts'
import { holdWords } from './hold-words.ts'

const VALUES = {
  ...{
    toolField: 'cf:Severity',
    field: 'severity',
    value: 'Blocker',
    status: 'Odd',
    from: 'New',
    to: 'Done',
  },
  ...{
    state: 'started',
    name: 'log.txt',
    bytes: '900',
    most: '100',
    audience: 'staff',
    detail: 'no',
    times: '5',
  },
}
const CAUSES = Object.keys(HOLD_WORDS) as HoldCause[]

describe('why something waits', () => {
  it.each(CAUSES)('has words of its own in German, not the English ones: %s', (code) => {
    const hold = sayHold(code, VALUES)
    const german = holdWords(hold, de)
    expect(german.reason).not.toBe('')
    expect(german.nextStep).not.toBe(hold.nextStep)
    // what is only passed on is the tool's own
    if (hold.reason !== VALUES.detail) expect(german.reason).not.toBe(hold.reason)
    expect(german.reason + german.nextStep).not.toContain('undefined')
    expect(holdWords(hold, en).reason).not.toContain('undefined')
  })

  it('names fields and audiences as the reader knows them', () => {
    expect(holdWords(sayHold('cannot-write', VALUES), de).nextStep).toContain(de.why.fields.severity)
    expect(holdWords(sayHold('comment-widened', VALUES), de).reason).toContain(de.audience.staff)
  })

  it('stays as the server said it where no cause was stored, as of what waits since before', () => {
    const old = { reason: 'Odd is not named.', nextStep: 'Name it.', told: null }
    expect(holdWords(old, de)).toEqual({ reason: old.reason, nextStep: old.nextStep })
  })
})
