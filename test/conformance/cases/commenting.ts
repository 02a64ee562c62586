import assert from 'node:assert/strict'
import { always, type Case, faultOf, make, newKey, push, shown, when, withFault } from '../case.ts'
import type { Subject } from '../subject.ts'

const can = (what: 'public' | 'internal' | 'edit' | 'delete') =>
  when(({ capabilities }) => capabilities.comments[what], `no ${what} comments`)

const visibilities = ({ capabilities }: Subject) =>
  (['public', 'internal'] as const).filter((visibility) => capabilities.comments[visibility])

export const commentingCases: readonly Case[] = [
  {
    name: 'commenting: a comment shows its text, its visibility and that it is ours',
    unsupported: when(
      ({ capabilities }) => capabilities.comments.public || capabilities.comments.internal,
      'has no comments',
    ),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      for (const visibility of visibilities(subject)) {
        const { elementId } = await push(session, {
          op: 'comment.add',
          ref,
          visibility,
          text: `A ${visibility} word`,
        })
        const { comments } = await shown(subject, session, ref)
        const found = comments?.filter(({ text }) => text === `A ${visibility} word`) ?? []
        assert.deepEqual(
          found.map((one) => [one.visibility, one.byUs, one.editedAt]),
          [[visibility, true, null]],
        )
        if (elementId !== null) assert.equal(found[0]?.id, elementId)
      }
    },
  },
  {
    name: 'commenting: an internal comment never appears as public, whoever wrote it',
    unsupported: can('internal'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await push(session, { op: 'comment.add', ref, visibility: 'internal', text: 'Secret of ours' })
      await subject.commentAsHuman(ref, 'Secret of theirs', 'internal')
      const { comments } = await shown(subject, session, ref)
      const secrets = comments?.filter(({ text }) => text.includes('Secret')) ?? []
      assert.equal(secrets.length, 2)
      assert.deepEqual(
        secrets.filter(({ visibility }) => visibility === 'public'),
        [],
      )
    },
  },
  {
    name: 'commenting: what cannot be internal there is refused, not published',
    unsupported: when(({ capabilities }) => !capabilities.comments.internal, 'has internal comments'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await faultOf(
        push(session, { op: 'comment.add', ref, visibility: 'internal', text: 'Secret' }),
        'invalid',
      )
      assert.deepEqual(
        (await shown(subject, session, ref)).comments?.filter(({ text }) => text.includes('Secret')),
        [],
      )
    },
  },
  {
    name: 'commenting: a person’s comments show who wrote them, in the order of their times',
    unsupported: can('public'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      for (const text of ['One', 'Two', 'Three']) {
        await subject.commentAsHuman(ref, text, 'public')
        await subject.later(1_000)
      }
      const { comments } = await shown(subject, session, ref)
      const theirs = comments?.filter(({ text }) => ['One', 'Two', 'Three'].includes(text)) ?? []
      assert.deepEqual(
        theirs.map(({ text, byUs, visibility }) => [text, byUs, visibility]),
        [
          ['One', false, 'public'],
          ['Two', false, 'public'],
          ['Three', false, 'public'],
        ],
      )
      assert.ok(theirs.every(({ author }) => author !== null && author.id !== ''))
    },
  },
  {
    name: 'commenting: an edit keeps the id, shows the new text and says that it was edited',
    unsupported: can('edit'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await push(session, { op: 'comment.add', ref, visibility: 'public', text: 'Befor' })
      const [comment] = (await shown(subject, session, ref)).comments ?? []
      assert.ok(comment)
      await subject.later(2_000)
      await push(session, { op: 'comment.edit', ref, commentId: comment.id, text: 'Before' })
      const { comments } = await shown(subject, session, ref)
      assert.deepEqual(
        comments?.map(({ id, text, visibility }) => [id, text, visibility]),
        [[comment.id, 'Before', 'public']],
      )
    },
  },
  {
    name: 'commenting: a deletion takes that comment and no other',
    unsupported: can('delete'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      for (const text of ['Stays', 'Goes'])
        await push(session, { op: 'comment.add', ref, visibility: 'public', text })
      const goes = (await shown(subject, session, ref)).comments?.find(({ text }) => text === 'Goes')
      assert.ok(goes)
      await push(session, { op: 'comment.delete', ref, commentId: goes.id })
      assert.deepEqual(
        (await shown(subject, session, ref)).comments?.map(({ text }) => text),
        ['Stays'],
      )
    },
  },
  {
    name: 'commenting: an edit of what cannot be edited is refused, and the text stays',
    unsupported: when(
      ({ capabilities }) => !capabilities.comments.edit && capabilities.comments.public,
      'edits comments',
    ),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await push(session, { op: 'comment.add', ref, visibility: 'public', text: 'For ever' })
      const [comment] = (await shown(subject, session, ref)).comments ?? []
      assert.ok(comment)
      await faultOf(
        push(session, { op: 'comment.edit', ref, commentId: comment.id, text: 'Changed' }),
        'invalid',
      )
      await faultOf(push(session, { op: 'comment.delete', ref, commentId: comment.id }), 'invalid')
      assert.deepEqual(
        (await shown(subject, session, ref)).comments?.map(({ text }) => text),
        ['For ever'],
      )
    },
  },
  {
    name: 'commenting: the same key adds one comment where keys are honoured, and two where they are not',
    unsupported: can('public'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const key = newKey()
      const operation = { op: 'comment.add', ref, visibility: 'public', text: 'Once' } as const
      await session.push(operation, key)
      await session.push(operation, key)
      const { comments } = await shown(subject, session, ref)
      const many = comments?.filter(({ text }) => text === 'Once').length
      if (subject.capabilities.idempotency === 'key') assert.equal(many, 1)
      else assert.ok(many === 1 || many === 2)
    },
  },
  {
    name: 'commenting: a lost answer is unknown, and reading shows the one comment',
    unsupported: withFault('commit then lose', can('public')),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await subject.setFault('commit then lose')
      await faultOf(push(session, { op: 'comment.add', ref, visibility: 'public', text: 'Lost' }), 'unknown')
      await subject.clearFaults()
      assert.equal(
        (await shown(subject, session, ref)).comments?.filter(({ text }) => text === 'Lost').length,
        1,
      )
    },
  },
  {
    name: 'commenting: words of any script and many lines come back as they were sent',
    unsupported: can('public'),
    run: async (subject, session) => {
      const text =
        subject.capabilities.richText === 'html'
          ? '<p>漢字 &amp; 🧑‍🔧 “quoted”</p><p>second line</p>'
          : '漢字 & 🧑‍🔧 “quoted”\n\nsecond line'
      const ref = await make(subject, session)
      await push(session, { op: 'comment.add', ref, visibility: 'public', text })
      assert.deepEqual(
        (await shown(subject, session, ref)).comments?.map((comment) => comment.text),
        [text],
      )
    },
  },
  {
    name: 'commenting: on an item that never existed is gone',
    unsupported: can('public'),
    run: async (subject, session) => {
      const ref = { id: subject.missingId }
      await faultOf(push(session, { op: 'comment.add', ref, visibility: 'public', text: 'x' }), 'gone')
    },
  },
  {
    name: 'commenting: a fetch lists the comments of an item without any as none, not as unknown',
    unsupported: always,
    run: async (subject, session) => {
      const { comments } = await shown(subject, session, await make(subject, session))
      assert.deepEqual(comments, [])
    },
  },
]
