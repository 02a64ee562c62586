import assert from 'node:assert/strict'
import { always, type Case, make, newMarker, push } from '../case.ts'

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length

export const describingCases: readonly Case[] = [
  {
    name: 'describing: capabilities are sane numbers and name what is written',
    unsupported: always,
    run: async ({ capabilities }) => {
      assert.ok(capabilities.pageSize >= 1 && capabilities.pageSize <= 1_000)
      assert.ok(capabilities.ratePerSecond > 0)
      assert.ok(!capabilities.attachments.write || capabilities.attachments.maxBytes > 0)
      assert.ok(
        !capabilities.create || capabilities.writes.includes('title'),
        'an item cannot be made without a title',
      )
      assert.ok(capabilities.records.length > 0)
    },
  },
  {
    name: 'describing: connecting calls nobody, so that a paused connection stays silent',
    unsupported: always,
    run: async (subject) => {
      const before = await subject.calls()
      subject.connect()
      assert.equal(await subject.calls(), before)
    },
  },
  {
    name: 'describing: check names the tool and the account, and finds no problem with a healthy one',
    unsupported: always,
    run: async (_subject, session) => {
      const result = await session.check()
      assert.match(result.tool, /\S/)
      assert.deepEqual(result.problems, [])
      assert.ok(result.account === null || result.account.id !== '')
    },
  },
  {
    name: 'describing: the account that check names is the one whose items count as ours',
    unsupported: always,
    run: async (subject, session) => {
      const byHand = await session.fetch(await subject.makeItemAsHuman('By hand'))
      const ours = await session.fetch(await make(subject, session))
      assert.ok(byHand !== 'gone' && ours !== 'gone')
      assert.deepEqual([byHand.createdByUs, ours.createdByUs], [false, true])
    },
  },
  {
    name: 'describing: containers, fields, statuses and people are named once each',
    unsupported: always,
    run: async (subject, session) => {
      const { containers, fields, statuses, people } = await session.describe()
      assert.ok(
        containers.some(({ id }) => id === subject.container),
        `${subject.container} is not among the containers`,
      )
      assert.ok(isUnique(containers.map(({ id }) => id)))
      assert.ok(isUnique(fields.map(({ field }) => field)))
      assert.ok(isUnique(statuses.map(({ word }) => word)))
      assert.ok(isUnique(people.map(({ id }) => id)))
      assert.ok(statuses.length > 0 || subject.capabilities.transitions === 'none')
    },
  },
  {
    name: 'describing: transitions go between known statuses',
    unsupported: always,
    run: async (_subject, session) => {
      const { transitions, statuses } = await session.describe()
      const words = statuses.map(({ word }) => word)
      for (const { from, to } of transitions ?? []) {
        assert.ok(words.includes(from), `"${from}" is not a status`)
        assert.ok(words.includes(to), `"${to}" is not a status`)
      }
    },
  },
  {
    name: 'describing: a field called writable is one the capabilities let us write',
    unsupported: always,
    run: async ({ capabilities }, session) => {
      const mayWrite = (field: string): boolean =>
        capabilities.writes.some((named) => named === field || (named === 'cf:*' && field.startsWith('cf:')))
      const { fields } = await session.describe()
      assert.deepEqual(
        fields.filter(({ field, writable }) => writable && !mayWrite(field)).map(({ field }) => field),
        [],
      )
    },
  },
  {
    name: 'describing: what an item shows is among the described fields and statuses',
    unsupported: always,
    run: async (subject, session) => {
      const { ref } = await push(session, {
        op: 'create',
        container: subject.container,
        fields: subject.createFields,
        marker: newMarker(),
      })
      assert.ok(ref)
      const snapshot = await session.fetch(ref)
      assert.ok(snapshot !== 'gone')
      const { fields, statuses } = await session.describe()
      const known = fields.map(({ field }) => field)
      const shown = Object.keys(snapshot.fields).filter((field) => field.startsWith('cf:'))
      assert.deepEqual(
        shown.filter((field) => !known.some((name) => name === field)),
        [],
      )
      const status = snapshot.fields.status
      assert.ok(
        status === undefined || statuses.some(({ word }) => word === status),
        `"${String(status)}" is not described`,
      )
    },
  },
]
