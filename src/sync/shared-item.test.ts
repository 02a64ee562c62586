import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AUDIENCES } from '../domain/audience.ts'
import { NOTHING_SHARED, type Partner, type SharingPolicy } from '../domain/sharing.ts'
import type { HubView } from './hub-view.ts'
import { fieldsToShare, type SharedItem, sharedItem, sharedStatuses } from './shared-item.ts'

const PARTNER_ID = '00000000-0000-7000-8000-000000000001'
const SECRET = 'not for them'

const paragraph = (value: string) => ({
  type: 'root' as const,
  children: [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value }] }],
})
const jane = { kind: 'person', id: 'jane', name: `Jane ${SECRET}` } as const
const theirs = { kind: 'partner', id: PARTNER_ID, name: 'Acme' } as const

const FIELDS = fieldsToShare('ticket').map(({ field }) => field)
const view: HubView = {
  kind: 'ticket',
  id: '00000000-0000-7000-8000-000000000002',
  key: 'T-1',
  version: 7,
  fields: {
    ...Object.fromEntries(FIELDS.map((field) => [field, `${field} ${SECRET}`])),
    description: paragraph(`description ${SECRET}`),
  },
  state: 'waiting customer',
  comments: [...AUDIENCES, ...AUDIENCES].map((audience, at) => ({
    id: `comment-${at}`,
    audience,
    author: at < AUDIENCES.length ? jane : theirs,
    body: paragraph(at < AUDIENCES.length ? `${audience} ${SECRET}` : 'their own words'),
    at: '2026-11-22T10:00:00.000Z',
    deleted: false,
  })),
  attachments: AUDIENCES.map((audience) => ({
    id: `file-${audience}`,
    audience,
    name: `${audience} ${SECRET}.png`,
    mediaType: 'image/png',
    size: 1,
    sha256: SECRET,
    state: 'stored',
  })),
  links: [{ url: `https://tool.example/${SECRET}`, title: SECRET }],
}
const standing = {
  ...{ product: null, marker: 'CW-1', brought: false, url: 'https://b.example/tickets/T-1' },
  ...{ createdAt: '2026-11-22T09:00:00.000Z', updatedAt: '2026-11-22T10:00:00.000Z' },
  files: new Map(
    AUDIENCES.map((audience) => [
      `file-${audience}`,
      { author: jane, at: '2026-11-22T10:00:00.000Z', commentId: null },
    ]),
  ),
  edited: new Map<string, string>(),
}
const partner = (policy: Partial<SharingPolicy>): Partner => ({
  id: PARTNER_ID,
  name: 'Acme',
  policy: { ...NOTHING_SHARED, ...policy },
})
const seenBy = (policy: Partial<SharingPolicy>): SharedItem => sharedItem(view, partner(policy), standing)

const policies = fc.record({
  record: fc.constant('ticket' as const),
  create: fc.boolean(),
  reads: fc.subarray(FIELDS),
  status: fc.constantFrom('hidden' as const, 'shown' as const, 'set' as const),
  words: fc.subarray([...AUDIENCES]),
  files: fc.boolean(),
  names: fc.boolean(),
})

describe('what a partner sees', () => {
  it('is nothing but the key, the address and their own words while nobody allowed anything', () => {
    const seen = seenBy({})
    expect(JSON.stringify(seen)).not.toContain(SECRET)
    expect(seen.fields).toEqual({})
    expect([seen.status, seen.statusCategory, seen.attachments]).toEqual([null, null, []])
    expect(seen.comments.map(({ byYou }) => byYou)).toEqual(AUDIENCES.map(() => true))
  })

  it('never has a field, a word, a file or a name that the policy does not name', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const seen = seenBy(policy)
        for (const field of Object.keys(seen.fields)) expect(policy.reads).toContain(field)
        for (const { id, byYou, author } of seen.comments) {
          const comment = view.comments.find((one) => one.id === id)
          expect(byYou || policy.words.includes(comment?.audience ?? 'staff')).toBe(true)
          expect(author === null || byYou || policy.names).toBe(true)
        }
        for (const { id } of seen.attachments)
          expect(policy.files && policy.words.some((audience) => id === `file-${audience}`)).toBe(true)
        if (policy.status === 'hidden') expect(seen.status).toBeNull()
        if (!policy.names) expect(Object.keys(seen.fields)).not.toContain('owner')
        expect(JSON.stringify(seen)).not.toContain('https://tool.example')
      }),
    )
  })

  it('has all that the policy names, since a partner who misses something asks by telephone', () => {
    const seen = seenBy({
      reads: FIELDS,
      status: 'shown',
      words: AUDIENCES,
      files: true,
      names: true,
    })
    expect(Object.keys(seen.fields).sort()).toEqual([...FIELDS].sort())
    expect(seen.comments).toHaveLength(2 * AUDIENCES.length)
    expect(seen.attachments).toHaveLength(AUDIENCES.length)
    expect([seen.status, seen.statusCategory]).toEqual(['waiting customer', 'waiting'])
    expect(seen.fields['description']).toBe(`description ${SECRET}`)
  })

  it('names nobody whom a text of ours calls, unless names may cross', () => {
    const calling = {
      ...view,
      comments: [
        {
          ...{ id: 'c', audience: 'everyone' as const, author: jane, at: standing.createdAt, deleted: false },
          body: {
            type: 'root' as const,
            children: [
              {
                type: 'paragraph' as const,
                children: [
                  { type: 'text' as const, value: 'Ask ' },
                  { type: 'mention' as const, name: 'Jane Doe', id: 'person:jane' },
                ],
              },
            ],
          },
        },
      ],
    }
    const said = (names: boolean) =>
      sharedItem(calling, partner({ words: ['everyone'], names }), standing).comments[0]
    expect([said(false)?.text, said(false)?.author]).toEqual(['Ask our team', null])
    expect(said(true)?.text).toContain('Jane Doe')
  })

  it('calls public what customers read, and all else internal', () => {
    const seen = seenBy({ words: AUDIENCES })
    expect(seen.comments.slice(0, 4).map(({ visibility }) => visibility)).toEqual(
      AUDIENCES.map((audience) => (audience === 'everyone' ? 'public' : 'internal')),
    )
  })

  it('gives every status a meaning, so that a status map can be drawn', () => {
    for (const record of ['ticket', 'work item'] as const)
      for (const { category } of sharedStatuses(record)) expect(category).not.toBeNull()
  })
})
