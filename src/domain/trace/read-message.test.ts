import { describe, expect, it } from 'vitest'
import { matters, readMessage } from './read-message.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'
const keys = (message: string) => readMessage(message).keys

describe('the keys of a commit', () => {
  it.each([
    ['SHOP-7: keep the cart', ['SHOP-7']],
    ['Keep the cart (SHOP-7, SHOP-12)', ['SHOP-7', 'SHOP-12']],
    ['[W-3] Say why', ['W-3']],
    ['fix: acme/shop#12 and #13', ['acme/shop#12', '#13']],
    ['GH-4 Say why', ['#4']],
    ['Keep the cart\n\nFixes SHOP-7, SHOP-8 and #9', ['SHOP-7', 'SHOP-8', '#9']],
    ['Keep the cart\n\nRefs: SHOP-7', ['SHOP-7']],
    ['Squashed (#40)\n\n* SHOP-7 one\n* SHOP-8 another\n* tidy', ['#40', 'SHOP-7', 'SHOP-8']],
    ["Merge branch 'feature/shop-7-cart' into main", ['SHOP-7']],
    ['Merge pull request #40 from acme/fix/SHOP-7_cart\n\nKeep the cart', ['SHOP-7']],
  ])('are those it says it is for: %j', (message, expected) => expect(keys(message)).toEqual(expected))

  it.each([
    'Read UTF-8 and SHA-256 as RFC-3339 has it',
    'Keep the cart\n\nIt was broken since SHOP-7, as told in #12.',
    'v1-2 and a-1b and x.SHOP-7.x',
    'color: #112233ff',
    'Release 2.1.0',
    '',
  ])('are none in what only looks like one, or only tells of one: %j', (message) =>
    expect(keys(message)).toEqual([]),
  )

  it('are none in a commit that takes another back, though git quotes the subject it takes back', () => {
    expect(readMessage(`Revert "SHOP-7: keep the cart"\n\nThis reverts commit ${SHA}.`)).toMatchObject({
      keys: [],
      reverts: [SHA],
    })
    expect(readMessage(`Reapply "SHOP-7: keep the cart"\n\nThis reverts commit ${SHA}.`)).toMatchObject({
      keys: [],
      reverts: [SHA],
    })
    expect(readMessage('Revert "Keep the cart (#12)" (#13)\n\nReverts acme/shop#12')).toMatchObject({
      keys: [],
      reverts: ['#12'],
      pull: '#13',
    })
  })
  it('stay in a commit with a purpose of its own that takes another back on the way', () => {
    expect(readMessage(`SHOP-9: another way\n\nThis reverts commit ${SHA.slice(0, 9)}.`)).toMatchObject({
      keys: ['SHOP-9'],
      reverts: [SHA.slice(0, 9)],
    })
  })
})

describe('a commit', () => {
  it('says what it copies, and by which request it came in', () => {
    expect(readMessage(`Keep the cart\n\n(cherry picked from commit ${SHA})`).picks).toEqual([SHA])
    expect(readMessage('Merge pull request #40 from acme/x').pull).toBe('#40')
    expect(readMessage("Merge branch 'x' into 'main'\n\nTitle\n\nSee merge request acme/shop!34").pull).toBe(
      '!34',
    )
    expect(readMessage('Keep the cart (#41)')).toMatchObject({ pull: '#41', keys: ['#41'] })
  })
  it('that says none of this does not matter, whatever it holds', () => {
    expect(matters(readMessage('Tidy'))).toBe(false)
    expect(matters(readMessage('Tidy (#3)'))).toBe(true)
  })
  it('of a hostile length or form is read in linear time and bounded', () => {
    const long = `${'A'.repeat(8_000)} ${'SHOP-1 '.repeat(1_000)}${'fixes '.repeat(500)}\n${'#'.repeat(3_000)}`
    const said = readMessage(long)
    expect([...said.subject]).toHaveLength(300)
    expect(said.keys).toEqual(['SHOP-1'])
    expect(readMessage(`x\n\nFixes A-1${' '.repeat(15_000)}`).keys).toEqual(['A-1'])
    const many = Array.from({ length: 500 }, (_, at) => `A-${at + 1}`).join(' ')
    expect(readMessage(many).keys).toHaveLength(50)
  })
})
