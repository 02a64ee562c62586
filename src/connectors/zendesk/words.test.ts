import { describe, expect, it } from 'vitest'
import { htmlOfComment, unwrapped } from './comment-html.ts'
import { tagOf, tagsOf } from './tags.ts'
import { fieldsOf, labelled, nextWords, statusesOf, statusOf } from './words.ts'

describe('names of one Zendesk', () => {
  it('are names, but for two things of one name, which have their numbers too', () => {
    const rows = [
      { id: 1, name: 'Support' },
      { id: 2, name: 'Support' },
      { id: 3, name: 'Billing' },
    ]
    expect([...labelled(rows).byId.values()]).toEqual(['Support (#1)', 'Support (#2)', 'Billing'])
  })

  it('of fields do not hide what we name ourselves', () => {
    const { fieldsByLabel } = fieldsOf([{ id: 7, type: 'text', title: 'brand' }])
    expect([...fieldsByLabel.keys()]).toEqual(['brand (#7)'])
  })

  it('of options tell two of one name apart by their tags', () => {
    const options = [
      { name: 'Other', value: 'other_a' },
      { name: 'Other', value: 'other_b' },
    ]
    const { fields } = fieldsOf([{ id: 7, type: 'tagger', title: 'Kind', custom_field_options: options }])
    expect([...(fields.get(7)?.options.values() ?? [])]).toEqual(['Other (other_a)', 'Other (other_b)'])
  })
})

describe('statuses', () => {
  it('are Zendesk’s own six where the account has no others', () => {
    const words = { statuses: statusesOf(null) }
    expect(words.statuses.map(({ word }) => word)).toEqual([
      ...['new', 'open', 'pending', 'hold', 'solved', 'closed'],
    ])
    expect(statusOf(words, 'hold', 77)).toMatchObject({ word: 'hold', category: 'waiting' })
  })

  it('let a ticket go anywhere but back to new, and nowhere from closed', () => {
    const words = { statuses: statusesOf(null) }
    expect(nextWords(words, statusOf(words, 'pending', null))).toEqual(['open', 'hold', 'solved', 'closed'])
    expect(nextWords(words, statusOf(words, 'closed', null))).toEqual([])
  })

  it('that were switched off still have their names on tickets, and are offered to none', () => {
    const off = { id: 9, agent_label: 'Parked', status_category: 'hold', active: false }
    const words = { statuses: statusesOf([off]) }
    expect(statusOf(words, 'hold', 9).word).toBe('Parked')
    expect(nextWords(words, statusOf(words, 'open', null))).toEqual(['closed'])
  })
})

describe('tags', () => {
  it.each([
    ['Needs Reply', 'needs_reply'],
    ['  VIP  ', 'vip'],
    ['a,b;c!', 'abc'],
    ['area/export:csv', 'area/export:csv'],
    ['Größe 漢字', 'größe_漢字'],
  ])('of "%s" become "%s", as Zendesk would make them', (label, tag) => {
    expect(tagOf(label)).toBe(tag)
    expect(tagOf(tag)).toBe(tag)
  })

  it('are each once, and none of nothing', () => {
    expect(tagsOf(['VIP', 'vip', '!!'])).toEqual(['vip'])
  })
})

describe('the HTML of a comment', () => {
  it.each([
    ['<div class="zd-comment" dir="auto"><p dir="auto">One</p></div>', '<p>One</p>'],
    ['<div class="zd-comment zd-comment-pre-styled" dir="auto">Two</div>', 'Two'],
    ['<p>dir="auto" in words</p>', '<p>dir="auto" in words</p>'],
    [
      '<div class="zd-comment"><a href="https://x.example/" dir="auto" title="t">l</a></div>',
      '<a href="https://x.example/" title="t">l</a>',
    ],
  ])('is what was written: %s', (html, text) => {
    expect(unwrapped(html)).toBe(text)
  })

  it('is made of the plain words when a channel gives no other', () => {
    const comment = { id: 1, created_at: '2026-01-05T09:00:00Z', plain_body: 'a < b' }
    expect(htmlOfComment(comment)).toBe('<p>a &lt; b</p>')
  })

  it('is taken off quickly, however nasty', () => {
    const nasty = `<div class="zd-comment">${'<a '.repeat(100_000)}`
    const before = performance.now()
    unwrapped(nasty)
    unwrapped(`<p ${'x '.repeat(100_000)}>`)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
