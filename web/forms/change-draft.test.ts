import { describe, expect, it } from 'vitest'
import { type ChangeDraft, changeEditOf, isWindowWhole, newChangeOf, newDraft } from './change-draft.ts'

const draft = (more: Partial<ChangeDraft> = {}): ChangeDraft => ({
  ...newDraft('erik'),
  ...{ product: 'shop', title: ' Tables ', reason: 'Slow', workItems: 'w-7, W-9 w-7' },
  ...more,
})

describe('a change that is written', () => {
  it('reads keys however they are set apart, each once', () =>
    expect(newChangeOf(draft(), null)).toMatchObject({
      title: 'Tables',
      workItems: ['W-7', 'W-9'],
      window: null,
    }))
  it('says of an emergency also that it displaces nothing', () => {
    expect(newChangeOf(draft({ kind: 'emergency' }), null)).toMatchObject({ displaces: [] })
    expect(newChangeOf(draft(), null)).not.toHaveProperty('displaces')
  })
  it('has the plans of its model where it is a standard one, and waits for both', () => {
    expect(newChangeOf(draft({ kind: 'standard' }), null)).toBeNull()
    const made = newChangeOf(draft({ kind: 'standard', model: 'm' }), null)
    expect([made, made !== null && 'plans' in made]).toMatchObject([{ model: 'm' }, false])
    expect(newChangeOf(draft({ product: null }), null)).toBeNull()
  })
  it('has both ends of its window or none', () => {
    expect(isWindowWhole(draft())).toBe(true)
    expect(isWindowWhole(draft({ from: '2026-03-02T10:00' }))).toBe(false)
    const both = { from: '2026-03-02T10:00', to: '2026-03-02T11:00' }
    const { window } = changeEditOf(draft(both), 3, 'Asia/Kolkata')
    expect(window?.from).toBe('2026-03-02T04:30:00.000Z')
  })
})
