import assert from 'node:assert/strict'
import type { Snapshot, ToolFields } from '../../../src/sync/snapshot.ts'
import { always, type Case, faultOf, make, push, shown, when } from '../case.ts'

const withoutChanged = (fields: ToolFields, changed: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([field, value]) => field !== changed && value !== null))

/** What an update of one field must leave alone. */
const rest = (snapshot: Snapshot, changed: string) => ({
  fields: withoutChanged(snapshot.fields, changed),
  comments: snapshot.comments?.map(({ text }) => text),
  attachments: snapshot.attachments?.map(({ name }) => name),
  links: snapshot.links,
})

export const updatingCases: readonly Case[] = [
  {
    name: 'updating: each field changes alone, all others stay',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      for (const { field, value } of subject.changes) {
        const before = await shown(subject, session, ref)
        await push(session, { op: 'update', ref, fields: { [field]: value }, version: before.version })
        const after = await shown(subject, session, ref)
        assert.deepEqual(after.fields[field], value)
        assert.deepEqual(rest(after, field), rest(before, field))
      }
    },
  },
  {
    name: 'updating: several fields change in one call',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      const { version } = await shown(subject, session, ref)
      const fields = Object.fromEntries(subject.changes.map(({ field, value }) => [field, value]))
      await push(session, { op: 'update', ref, fields, version })
      const after = await shown(subject, session, ref)
      for (const { field, value } of subject.changes) assert.deepEqual(after.fields[field], value)
    },
  },
  {
    name: 'updating: a field is emptied with null',
    unsupported: when(({ canEmpty }) => canEmpty !== null, 'has no field that can be empty'),
    run: async (subject, session) => {
      const field = subject.canEmpty ?? 'due'
      const ref = await make(subject, session, subject.createFields)
      const before = await shown(subject, session, ref)
      assert.ok((before.fields[field] ?? null) !== null, `${field} was empty from the start`)
      await push(session, { op: 'update', ref, fields: { [field]: null }, version: before.version })
      const after = await shown(subject, session, ref)
      assert.ok([null, undefined, ''].includes(after.fields[field] as null), `${field} still holds a value`)
      assert.deepEqual(rest(after, field), rest(before, field))
    },
  },
  {
    name: 'updating: the same update again changes nothing',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      const fields = { title: 'Twice' }
      await push(session, { op: 'update', ref, fields, version: null })
      const once = await shown(subject, session, ref)
      await push(session, { op: 'update', ref, fields, version: once.version })
      assert.deepEqual(rest(await shown(subject, session, ref), ''), rest(once, ''))
    },
  },
  {
    name: 'updating: from an old version is a conflict, and nothing is written over',
    unsupported: when(({ checksVersions }) => checksVersions, 'does not compare versions'),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      const { version } = await shown(subject, session, ref)
      await subject.later(1_000)
      await subject.editAsHuman(ref, 'A person was quicker')
      await faultOf(push(session, { op: 'update', ref, fields: { title: 'Late' }, version }), 'conflict')
      assert.equal((await shown(subject, session, ref)).fields.title, 'A person was quicker')
    },
  },
  {
    name: 'updating: an edit that came between read and write stops the write, or is told',
    unsupported: when(
      ({ checksVersions, tellsOverwritten }) => checksVersions || tellsOverwritten,
      'has neither versions nor a history to see it by',
    ),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      const { version } = await shown(subject, session, ref)
      await subject.later(1_000)
      await subject.editAsHuman(ref, 'A person was quicker')
      const late = { op: 'update', ref, fields: { title: 'Late' }, version } as const
      if (!subject.tellsOverwritten) {
        await faultOf(push(session, late), 'conflict')
        return
      }
      const told = { title: 'A person was quicker' }
      const unconditional = { ...late, version: null, since: version }
      assert.deepEqual((await push(session, unconditional)).overwrote, told)
      // asked again, as after a lost answer
      assert.deepEqual(await session.overwritten?.(unconditional), told)
    },
  },
  {
    name: 'updating: what replaced only what had been read is not called overwritten',
    unsupported: when(({ tellsOverwritten }) => tellsOverwritten, 'has no history to see it by'),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      await subject.later(1_000)
      await subject.editAsHuman(ref, 'Before the read')
      const { version } = await shown(subject, session, ref)
      const operation = { op: 'update', ref, fields: { title: 'Ours' }, version } as const
      assert.deepEqual((await push(session, operation)).overwrote ?? {}, {})
      await subject.later(1_000)
      await subject.editAsHuman(ref, 'After the write')
      assert.deepEqual(await session.overwritten?.(operation), {})
      const last = await shown(subject, session, ref)
      assert.equal(last.fields.title, 'After the write')
    },
  },
  {
    name: 'updating: an unknown option is refused, the field is named, and the rest of the item stays',
    unsupported: when(({ unknownOption }) => unknownOption !== null, 'has no choice to be wrong about'),
    run: async (subject, session) => {
      const { field = 'title', value = '' } = subject.unknownOption ?? {}
      const ref = await make(subject, session, subject.createFields)
      const before = await shown(subject, session, ref)
      const fault = await faultOf(
        push(session, { op: 'update', ref, fields: { [field]: value }, version: null }),
        'invalid',
      )
      assert.equal(fault.field, field)
      assert.deepEqual(rest(await shown(subject, session, ref), ''), rest(before, ''))
    },
  },
  {
    name: 'updating: an item that never existed is gone',
    unsupported: always,
    run: async (subject, session) => {
      const ref = { id: subject.missingId }
      await faultOf(push(session, { op: 'update', ref, fields: { title: 'x' }, version: null }), 'gone')
    },
  },
  {
    name: 'updating: a person’s edit is shown at once',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await subject.editAsHuman(ref, 'By hand')
      assert.equal((await shown(subject, session, ref)).fields.title, 'By hand')
    },
  },
  {
    name: 'status: the path is walked step by step, and each step is shown',
    unsupported: when(({ path }) => path.length > 0, 'has no statuses to set'),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      for (const { to, fields } of subject.path) {
        const { nextStatuses } = await shown(subject, session, ref)
        assert.ok(
          nextStatuses === null || nextStatuses.includes(to),
          `${to} is not among ${String(nextStatuses)}`,
        )
        await push(session, { op: 'transition', ref, to, fields })
        assert.equal((await shown(subject, session, ref)).fields.status, to)
      }
    },
  },
  {
    name: 'status: the same transition again is harmless',
    unsupported: when(({ path }) => path.length > 0, 'has no statuses to set'),
    run: async (subject, session) => {
      const [step] = subject.path
      const ref = await make(subject, session, subject.createFields)
      const go = () =>
        push(session, { op: 'transition', ref, to: step?.to ?? '', fields: step?.fields ?? {} })
      await go()
      await go()
      assert.equal((await shown(subject, session, ref)).fields.status, step?.to)
    },
  },
  {
    name: 'status: a word out of reach is refused, and the status stays',
    unsupported: when(({ unreachable }) => unreachable !== null, 'lets every status be set'),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      const before = await shown(subject, session, ref)
      const fault = await faultOf(
        push(session, { op: 'transition', ref, to: subject.unreachable ?? '', fields: {} }),
        'invalid',
      )
      assert.ok(fault.field === null || fault.field === 'status')
      assert.equal((await shown(subject, session, ref)).fields.status, before.fields.status)
    },
  },
  {
    name: 'status: a word that is none is refused',
    unsupported: when(({ capabilities }) => capabilities.transitions !== 'none', 'sets no status'),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      await faultOf(push(session, { op: 'transition', ref, to: 'no such word', fields: {} }), 'invalid')
    },
  },
]
