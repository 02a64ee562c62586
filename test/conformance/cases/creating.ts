import assert from 'node:assert/strict'
import { sameValue } from '../../../src/lib/stable.ts'
import type { Session } from '../../../src/sync/connector.ts'
import type { ToolField } from '../../../src/sync/snapshot.ts'
import { always, type Case, faultOf, make, newKey, newMarker, push, shown, when, withFault } from '../case.ts'
import type { Subject } from '../subject.ts'

const creates = when(({ capabilities }) => capabilities.create, 'creates nothing')
const findable = when(({ capabilities }) => capabilities.idempotency !== 'none', 'has no marker')

const createOp = (subject: Subject, marker: string, fields = subject.createFields) =>
  ({ op: 'create', container: subject.container, fields, marker }) as const

/** A tool may drop a bad value and make the item all the same; then a fetch must not show the value. */
const refusedOrNotTaken = async (
  subject: Subject,
  session: Session,
  wrong: { readonly field: ToolField; readonly value: string } | null,
): Promise<void> => {
  const { field, value } = wrong ?? assert.fail()
  const before = (await subject.counts()).creates
  const fields = { ...subject.createFields, [field]: value }
  const outcome = await push(session, createOp(subject, newMarker(), fields)).catch((thrown: unknown) => ({
    thrown,
  }))
  if ('thrown' in outcome) {
    assert.equal((await faultOf(Promise.reject(outcome.thrown), 'invalid')).field, field)
    return assert.equal((await subject.counts()).creates, before)
  }
  assert.ok(outcome.ref)
  assert.notDeepEqual((await shown(subject, session, outcome.ref)).fields[field], value)
}

export const creatingCases: readonly Case[] = [
  {
    name: 'creating: an item shows every field it was made with',
    unsupported: creates,
    run: async (subject, session) => {
      const snapshot = await shown(subject, session, await make(subject, session, subject.createFields))
      const expected = { ...subject.createFields, ...subject.shownFields }
      const isShown = ([field, value]: readonly [string, unknown]): boolean =>
        sameValue(snapshot.fields[field as ToolField] ?? null, value)
      const wrong = Object.entries(expected).filter((entry) => !isShown(entry))
      assert.deepEqual(
        wrong.map(([field]) => [field, snapshot.fields[field as ToolField]]),
        wrong,
      )
      assert.equal(snapshot.container, subject.container)
      assert.equal(snapshot.createdByUs, true)
    },
  },
  {
    name: 'creating: an item shows what is empty as empty, since what is left out counts as not shown and waits',
    unsupported: creates,
    run: async (subject, session) => {
      const { fields } = await shown(subject, session, await make(subject, session, { title: 'Bare' }))
      const described = (await session.describe()).fields.map(({ field }) => field)
      const named = [...Object.keys(subject.createFields), ...described]
      assert.deepEqual(
        named.filter((field) => !Object.hasOwn(fields, field)).sort(),
        [...(subject.notOnAll ?? [])].sort(),
      )
    },
  },
  {
    name: 'creating: a snapshot in the receipt is the one a fetch shows',
    unsupported: creates,
    run: async (subject, session) => {
      const receipt = await push(session, createOp(subject, newMarker()))
      assert.ok(receipt.ref)
      if (receipt.snapshot !== null)
        assert.deepEqual(receipt.snapshot, await shown(subject, session, receipt.ref))
    },
  },
  {
    name: 'creating: an item is found by its marker, and by no other',
    unsupported: findable,
    run: async (subject, session) => {
      const [marker, since] = [newMarker(), subject.now()]
      const ref = await make(subject, session, { title: 'Marked' }, marker)
      await make(subject, session, { title: 'Another' })
      await subject.makeItemAsHuman('By hand')
      await subject.later(subject.indexLagMs)
      assert.deepEqual(
        (await session.find(marker, since)).map((found) => found.ref.id),
        [ref.id],
      )
      assert.deepEqual(await session.find(`${marker}0`, since), [])
    },
  },
  {
    name: 'creating: an item made before a restart is found by the next session',
    unsupported: findable,
    run: async (subject, session) => {
      const [marker, since] = [newMarker(), subject.now()]
      const ref = await make(subject, session, { title: 'Marked' }, marker)
      await subject.later(subject.indexLagMs)
      const found = await subject.connect().find(marker, since)
      assert.deepEqual(
        found.map((one) => [one.ref.id, one.createdByUs]),
        [[ref.id, true]],
      )
    },
  },
  {
    name: 'creating: the same key makes one item, or both are found by the marker, as declared',
    unsupported: findable,
    run: async (subject, session) => {
      const [marker, key, since] = [newMarker(), newKey(), subject.now()]
      const first = await session.push(createOp(subject, marker), key)
      const second = await session.push(createOp(subject, marker), key)
      await subject.later(subject.indexLagMs)
      const found = (await session.find(marker, since)).map((one) => one.ref.id)
      const made = (await subject.counts()).creates
      assert.deepEqual(new Set(found), new Set([first.ref?.id, second.ref?.id]))
      assert.equal(made, new Set(found).size)
      if (subject.capabilities.idempotency === 'key') assert.equal(made, 1)
    },
  },
  {
    name: 'creating: a lost answer is unknown, and the one item is found by reading back',
    unsupported: withFault('commit then lose', findable),
    run: async (subject, session) => {
      const [marker, since] = [newMarker(), subject.now()]
      await subject.setFault('commit then lose')
      await faultOf(push(session, createOp(subject, marker)), 'unknown')
      await subject.clearFaults()
      await subject.later(subject.indexLagMs)
      assert.equal((await session.find(marker, since)).length, 1)
      assert.equal((await subject.counts()).creates, 1)
    },
  },
  {
    name: 'creating: in a container that is not there is refused, and nothing is made',
    unsupported: creates,
    run: async (subject, session) => {
      const before = (await subject.counts()).creates
      await faultOf(
        push(session, { ...createOp(subject, newMarker()), container: 'no-such-place' }),
        'invalid',
        'gone',
        'auth',
      )
      assert.equal((await subject.counts()).creates, before)
    },
  },
  {
    name: 'creating: an unknown option is refused and the field named, or is shown as not taken',
    unsupported: when(({ unknownOption }) => unknownOption !== null, 'has no choice to be wrong about'),
    run: (subject, session) => refusedOrNotTaken(subject, session, subject.unknownOption),
  },
  {
    name: 'creating: an unknown person is refused and the field named, or is shown as not taken',
    unsupported: when(({ unknownPerson }) => unknownPerson !== null, 'takes any person'),
    run: (subject, session) => refusedOrNotTaken(subject, session, subject.unknownPerson),
  },
  {
    name: 'creating: words of any script, quotes and brackets arrive as they were sent',
    unsupported: creates,
    run: async (subject, session) => {
      const title = `Ω "quoted" <b>&amp; 'single' 漢字 עברית 🧑‍🔧 \\ %41 {{x}} $1`
      const snapshot = await shown(
        subject,
        session,
        await make(subject, session, { ...subject.createFields, title }),
      )
      assert.equal(snapshot.fields.title, title)
    },
  },
  {
    name: 'creating: rich text comes back as it was sent',
    unsupported: always,
    run: async (subject, session) => {
      const ref = await make(subject, session, { ...subject.createFields, description: subject.richSample })
      assert.equal((await shown(subject, session, ref)).fields.description, subject.richSample)
    },
  },
]
