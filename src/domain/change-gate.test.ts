import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Freeze, type GateFacts, gateReasons, touchesFreeze } from './change-gate.ts'
import { CHANGE_KINDS, CHANGE_STATES } from './words.ts'

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 3, hour))
const WINDOW = { from: at(10), to: at(12) }
const FREEZE: Freeze = { id: 'f', reason: 'Audit', productIds: [], from: at(9), to: at(11) }
const READY: GateFacts = { kind: 'normal', state: 'scheduled', window: WINDOW, waitingFor: [], freezes: [] }
const codes = (more: Partial<GateFacts>, now = at(10)) =>
  gateReasons({ ...READY, ...more }, now).map(({ code }) => code)

describe('the gate', () => {
  it('is open for what is scheduled, in its window', () => expect(codes({})).toEqual([]))
  it('tells all that keeps it shut', () => {
    expect(
      codes({ state: 'authorising', waitingFor: ['the change manager'], freezes: [FREEZE] }, at(9)),
    ).toEqual([...['state', 'keys', 'too early', 'freeze']])
    expect(codes({}, at(12))).toEqual(['too late'])
    expect(codes({ window: null })).toEqual(['no window'])
  })
  it('says when asking again makes sense', () =>
    expect(gateReasons({ ...READY, freezes: [FREEZE] }, at(10))).toEqual([
      { code: 'freeze', text: 'The gate is shut: frozen until 2026-03-03 11:00 UTC (Audit).', until: at(11) },
    ]))
  it('lets an emergency through at any time once its keys are given', () => {
    expect(codes({ kind: 'emergency', freezes: [FREEZE] }, at(20))).toEqual([])
    expect(codes({ kind: 'emergency', state: 'authorising' })).toEqual(['state'])
  })
  it('never falls shut behind what has begun', () =>
    fc.assert(
      fc.property(fc.constantFrom(...CHANGE_KINDS), fc.date({ noInvalidDate: true }), (kind, now) => {
        expect(gateReasons({ ...READY, kind, state: 'implementing', freezes: [FREEZE] }, now)).toEqual([])
      }),
    ))
  it('is open for nothing that is neither scheduled nor begun', () =>
    fc.assert(
      fc.property(fc.constantFrom(...CHANGE_STATES), (state) => {
        const isReady = state === 'scheduled' || state === 'implementing'
        expect(codes({ state }).length === 0).toBe(isReady)
      }),
    ))
})

describe('a freeze', () => {
  it('of no product is of all of them', () => {
    expect(touchesFreeze('shop', WINDOW, FREEZE)).toBe(true)
    expect(touchesFreeze('shop', WINDOW, { ...FREEZE, productIds: ['bank'] })).toBe(false)
    expect(touchesFreeze('shop', { from: at(11), to: at(12) }, FREEZE)).toBe(false)
  })
})
