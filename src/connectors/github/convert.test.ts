import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type ConvertContext,
  issueRef,
  issueSnapshot,
  milestoneSnapshot,
  releaseSnapshot,
  targetOf,
} from './convert.ts'
import { answers, readAs } from './schema.ts'

/** Answers are GitHub's own published examples, with other names in them. */
const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8'))

const context: ConvertContext = {
  accountId: 1,
  origin: 'https://github.com',
  labelFields: [{ field: 'priority', prefix: 'priority: ' }],
}

const example = () => readAs(answers.issue, read('issue'), 'an issue')
const shown = (more: object) =>
  issueSnapshot({ ...example(), ...more }, issueRef(11, 1347), 'acme/hello', [], context)

describe('GitHub’s own examples', () => {
  it('of an issue becomes an item in the tool’s own words', () => {
    const comments = readAs(answers.comments, read('comments'), 'comments')
    expect(issueSnapshot(example(), issueRef(11, 1347), 'acme/hello', comments, context)).toEqual({
      ref: { id: '11-1347' },
      kind: 'item',
      key: 'acme/hello#1347',
      url: 'https://github.com/acme/Hello-World/issues/1347',
      container: 'acme/hello',
      fields: {
        title: 'Found a bug',
        description: "I'm having a problem with this.",
        container: 'acme/hello',
        owner: '1',
        requester: '1',
        release: 'v1.0',
        labels: ['bug'],
        type: null,
        priority: null,
        status: 'open',
      },
      statusCategory: 'open',
      nextStatuses: null,
      comments: [
        {
          id: '1',
          author: { id: '1', name: 'somebody-1', email: null, address: 'login:somebody-1' },
          byUs: true,
          visibility: 'public',
          text: 'Me too',
          at: '2011-04-14T16:00:49Z',
          editedAt: null,
        },
      ],
      attachments: [],
      links: [],
      people: [{ id: '1', name: 'somebody-1', email: null, address: 'login:somebody-1' }],
      createdAt: '2011-04-22T13:33:48Z',
      updatedAt: '2011-04-22T13:33:48Z',
      version: '2011-04-22T13:33:48Z',
      createdByUs: true,
    })
  })

  it('of a milestone and of a release become releases', () => {
    const milestone = readAs(answers.milestone, read('milestone'), 'a milestone')
    expect(milestoneSnapshot(milestone, 11, 'acme/hello', context)).toMatchObject({
      ref: { id: '11-m1' },
      kind: 'release',
      key: 'v1.0',
      fields: { title: 'v1.0', status: 'open', due: '2012-10-09' },
    })
    const release = readAs(answers.release, read('release'), 'a release')
    expect(releaseSnapshot(release, 11, 'acme/hello', context)).toMatchObject({
      ref: { id: '11-r1' },
      kind: 'release',
      key: 'v1.0.0',
      fields: { title: 'v1.0.0', status: 'published' },
      statusCategory: 'done',
      updatedAt: '2013-02-27T19:35:32Z',
    })
  })
})

describe('an issue', () => {
  it.each([
    ['completed', 'completed', 'done'],
    ['not_planned', 'not planned', 'declined'],
    ['duplicate', 'duplicate', 'declined'],
    // Closed before GitHub asked for reasons.
    [null, 'completed', 'done'],
  ])('closed as %s shows %s', (reason, status, category) => {
    const found = shown({ state: 'closed', state_reason: reason })
    expect([found.fields.status, found.statusCategory]).toEqual([status, category])
  })

  it('keeps what was opened again open, though its reason is still named', () => {
    expect(shown({ state: 'open', state_reason: 'reopened' }).fields.status).toBe('open')
  })

  it('shows a label with a known beginning as a field, and not among the labels', () => {
    const { fields } = shown({ labels: [{ name: 'Priority: High' }, 'bug'] })
    expect([fields.priority, fields.labels]).toEqual(['High', ['bug']])
  })

  it('shows an open issue’s state by its label where one is kept for that, and a closed one’s reason', () => {
    const own = { ...context, labelFields: [{ field: 'status', prefix: 'status: ' } as const] }
    const of = (more: object) =>
      issueSnapshot({ ...example(), ...more }, issueRef(11, 7), 'a/b', null, own).fields.status
    const labels = [{ name: 'status: in review' }]
    expect([
      of({ labels }),
      of({ labels: [] }),
      of({ labels, state: 'closed', state_reason: 'not_planned' }),
    ]).toEqual(['in review', 'open', 'not planned'])
  })

  it('names nobody where the account was deleted', () => {
    const found = shown({ user: null, assignees: [] })
    expect([found.fields.requester, found.fields.owner, found.createdByUs, found.people]).toEqual([
      null,
      null,
      false,
      [],
    ])
  })

  it('links to the issue it is a part of', () => {
    expect(shown({ parent_issue_url: 'https://api.github.com/repos/acme/hello/issues/3' }).links).toEqual([
      { kind: 'parent', url: 'https://github.com/acme/hello/issues/3' },
    ])
    expect(shown({ parent_issue_url: 'javascript:alert(1)' }).links).toEqual([])
  })

  it('hides our marker, and no other comment in HTML', () => {
    const body = 'Words\r\n\r\n<!-- theirs -->\r\n\r\n<!-- causeway: TK-1 -->'
    expect(shown({ body }).fields.description).toBe('Words\n\n<!-- theirs -->')
    expect(shown({ body: '<!-- causeway: TK-1 -->' }).fields.description).toBeNull()
  })
})

describe('an id', () => {
  it('names a repository’s number and what is in it, and nothing else is one', () => {
    expect(targetOf('11-7')).toEqual({ kind: 'issue', repository: 11, number: 7 })
    expect(targetOf('11-m7')).toEqual({ kind: 'milestone', repository: 11, number: 7 })
    expect(targetOf('11-r7')).toEqual({ kind: 'release', repository: 11, number: 7 })
    for (const id of ['', '7', '11-', '-7', '11-x7', '11-7/..', '0-1', '11-0', `1-${'9'.repeat(20)}`])
      expect([id, targetOf(id)]).toEqual([id, null])
  })
})
