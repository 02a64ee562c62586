import assert from 'node:assert/strict'
import { addComment } from '../../../src/commands/add-comment.ts'
import { attachFile } from '../../../src/commands/attach-file.ts'
import { changeWorkItem } from '../../../src/commands/change-work-item.ts'
import { createTicket } from '../../../src/commands/create-ticket.ts'
import { joinEscalation } from '../../../src/commands/join-escalation.ts'
import { sha256 } from '../../../src/lib/stable.ts'
import type { FieldRule } from '../../../src/sync/mapping.ts'
import { plainText, toPlainText } from '../../../src/sync/rich-text/plain.ts'
import type { RemoteRef } from '../../../src/sync/snapshot.ts'
import type { Subject } from '../subject.ts'
import type { ToolRoad } from './open-road.ts'

/** One of the eighteen cases that a two-way sync must survive, as far as a tool can bring it about. */
export interface RoadCase {
  /** Begins with the case's number. */
  readonly name: string
  /** Why this tool, or its fake, cannot be brought into it; null: it can. */
  readonly unsupported: (subject: Subject) => string | null
  readonly rules?: (subject: Subject) => readonly FieldRule[]
  readonly run: (road: ToolRoad, subject: Subject) => Promise<void>
}

const always = (): null => null
const fault =
  (name: Subject['faults'][number]) =>
  (subject: Subject): string | null =>
    subject.faults.includes(name) ? null : `its fake has no fault "${name}"`

const DAY_MINUTES = 1_440

/** Ten polls and a sweep. */
const quietWhile = async (road: ToolRoad): Promise<number> => {
  const before = (await road.subject.counts()).writes
  for (let poll = 0; poll < 16; poll += 1) {
    await road.subject.later(61_000)
    await road.converge(1)
  }
  return (await road.subject.counts()).writes - before
}

const workItem = async (road: ToolRoad, key: string) =>
  road.db.selectFrom('work_item').selectAll().where('key', '=', key).executeTakeFirstOrThrow()

const words = async (road: ToolRoad, table: 'note' | 'message') =>
  (await road.db.selectFrom(table).select(['body', 'audience', 'record_kind']).execute())
    .filter(({ record_kind }) => record_kind === 'work item')
    .map(({ body, audience }) => [toPlainText(body), audience])

const createsAfter = async (road: ToolRoad): Promise<number> => (await road.subject.counts()).creates

/** Made once, whatever went wrong on the way. */
const madeOnce = async (road: ToolRoad, arrange: () => Promise<void> | void): Promise<void> => {
  await road.converge(3)
  const before = await createsAfter(road)
  await arrange()
  await road.escalate()
  await road.converge(2)
  await road.subject.clearFaults()
  await road.converge(60)
  const [mirror, ...more] = await road.mirrors()
  assert.deepEqual([mirror?.state, more.length], ['live', 0])
  assert.equal((await createsAfter(road)) - before, 1)
}

const creating: readonly RoadCase[] = [
  {
    name: '1: an answer that was lost makes no second item',
    unsupported: (subject) =>
      subject.capabilities.idempotency === 'none' ? 'has no marker' : fault('commit then lose')(subject),
    run: (road, subject) => madeOnce(road, () => subject.setFault('commit then lose')),
  },
  {
    name: '2: a worker that is killed before it can note the item makes no second one',
    unsupported: (subject) => (subject.capabilities.idempotency === 'none' ? 'has no marker' : null),
    run: (road) => madeOnce(road, () => road.crashAt('before-receipts')),
  },
  ...(['rate', 'server error', 'html', 'half body', 'refused', 'huge', 'deep json'] as const).map(
    (name): RoadCase => ({
      name: `${name === 'rate' ? 17 : name === 'huge' || name === 'deep json' ? 18 : 13}: an item is made once through a fault "${name}"`,
      unsupported: (subject) =>
        subject.capabilities.idempotency === 'none' ? 'has no marker' : fault(name)(subject),
      run: (road, subject) => madeOnce(road, () => subject.setFault(name)),
    }),
  ),
  {
    name: '15: many tickets on one defect make one item',
    unsupported: always,
    run: async (road) => {
      const before = await createsAfter(road)
      const { workItem: key } = await road.inStep()
      for (let more = 0; more < 5; more += 1) {
        const { key: ticket } = await road.run(createTicket, {
          ...{ title: `Login fails ${more}`, description: plainText('Too'), product: 'shop' },
        })
        await road.run(joinEscalation, { ticket, workItem: key })
      }
      await road.converge()
      assert.equal((await createsAfter(road)) - before, 1)
      assert.equal(await quietWhile(road), 0)
    },
  },
]

const POISON = 'custom.poison'

const editing: readonly RoadCase[] = [
  {
    name: '3, 7: what we wrote comes back to nobody, and writes stop',
    unsupported: always,
    run: async (road) => {
      await road.inStep()
      assert.equal(await quietWhile(road), 0)
    },
  },
  {
    name: '4, 5: a person’s edit there arrives once, and nothing is written back',
    unsupported: always,
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      const before = (await subject.counts()).writes
      await subject.editAsHuman(ref, 'Login fails at noon')
      await road.rings(ref)
      assert.equal((await workItem(road, key)).title, 'Login fails at noon')
      const own = (await subject.counts()).writes - before
      assert.ok(own <= 1, 'the person’s own edit at most')
      assert.equal(await quietWhile(road), 0)
    },
  },
  {
    name: '6: edits of two fields at once both survive; of one field, it is a conflict and neither is lost',
    unsupported: always,
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      const mayDescribe = road.canWrite('description')
      await subject.editAsHuman(ref, 'Theirs')
      if (mayDescribe)
        await road.run(changeWorkItem, {
          workItem: key,
          set: { description: plainText('Ours, and other words') },
        })
      await road.rings(ref)
      assert.equal((await workItem(road, key)).title, 'Theirs')
      if (mayDescribe)
        assert.match(String((await road.shown(ref)).fields.description), /Ours, and other words/)
      await subject.editAsHuman(ref, 'Theirs again')
      await road.run(changeWorkItem, { workItem: key, set: { title: 'Ours' } })
      await road.rings(ref)
      const conflicts = await road.db
        .selectFrom('conflict')
        .select('field')
        .where('settled_at', 'is', null)
        .execute()
      assert.deepEqual(
        conflicts.map(({ field }) => field),
        ['title~title'],
      )
      assert.equal((await road.shown(ref)).fields.title, 'Theirs again')
      assert.equal((await workItem(road, key)).title, 'Ours')
    },
  },
  {
    name: '12: a value that the tool refuses waits by itself with its reason, and everything else goes on',
    unsupported: (subject) => (subject.unknownOption === null ? 'it takes any value' : null),
    rules: ({ unknownOption }) =>
      unknownOption === null
        ? []
        : [{ hub: POISON, tool: unknownOption.field, direction: 'to tool', conflict: 'hub wins' }],
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      const poison = subject.unknownOption?.value ?? ''
      await road.run(changeWorkItem, { workItem: key, set: { title: 'Renamed', custom: { poison } } })
      await subject.later(61_000)
      await road.converge(10)
      assert.equal((await road.shown(ref)).fields.title, 'Renamed')
      const holds = await road.db.selectFrom('hold').select(['field', 'reason']).execute()
      assert.ok(
        holds.some(({ field, reason }) => field.startsWith(POISON) && reason.trim() !== ''),
        `it waits, with a reason: ${JSON.stringify(holds)}`,
      )
    },
  },
  {
    name: '13: after three days without the tool both sides agree, and nobody’s edit is lost',
    unsupported: fault('refused'),
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      await subject.setFault('refused')
      const mayDescribe = road.canWrite('description')
      if (mayDescribe)
        await road.run(changeWorkItem, {
          workItem: key,
          set: { description: plainText('Said while it was away') },
        })
      for (let day = 0; day < 3; day += 1) {
        await road.converge(2)
        await subject.later(DAY_MINUTES * 60_000)
      }
      await subject.clearFaults()
      await subject.editAsHuman(ref, 'Renamed while we could not look')
      await subject.later(61_000)
      await road.converge(120)
      assert.equal((await workItem(road, key)).title, 'Renamed while we could not look')
      if (mayDescribe)
        assert.match(String((await road.shown(ref)).fields.description), /Said while it was away/)
    },
  },
]

const COMMENT = { kind: 'work item' } as const

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const talking: readonly RoadCase[] = [
  {
    name: '9: support’s own words never reach the tool, staff’s do, once; internal words there stay engineering’s',
    unsupported: (subject) => (subject.capabilities.comments.public ? null : 'has no comments'),
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      const before = (await subject.counts()).comments
      const say = (text: string, audience: 'staff' | 'support'): Promise<unknown> =>
        road.run(addComment, { record: { ...COMMENT, ref: key }, body: plainText(text), audience })
      await say('For support alone', 'support')
      await say('For both of us', 'staff')
      await road.converge(10)
      assert.equal((await subject.counts()).comments - before, 1)
      const { comments } = await road.shown(ref)
      assert.deepEqual(
        (comments ?? []).map(({ text }) => /For both of us/.test(text)),
        [true],
      )
      await subject.commentAsHuman(ref, 'Said there', 'public')
      if (subject.capabilities.comments.internal) await subject.commentAsHuman(ref, 'Among us', 'internal')
      // nobody rings: polls must see it
      await subject.later(61_000)
      await road.converge(20)
      await quietWhile(road)
      const found = [...(await words(road, 'note')), ...(await words(road, 'message'))]
        .filter(([text]) => /Said there|Among us/.test(String(text)))
        .map(([text, audience]) => [/Among us/.test(String(text)) ? 'internal' : 'public', audience])
        .sort()
      assert.deepEqual(found, [
        ...(subject.capabilities.comments.internal ? [['internal', 'engineering']] : []),
        ['public', 'staff'],
      ])
    },
  },
  {
    name: '10: a comment whose answer was lost is there once',
    unsupported: (subject) =>
      subject.capabilities.comments.public ? fault('commit then lose')(subject) : 'has no comments',
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      await subject.setFault('commit then lose')
      await road.run(addComment, {
        ...{ record: { ...COMMENT, ref: key }, body: plainText('Once only'), audience: 'staff' },
      })
      await road.converge(2)
      await subject.clearFaults()
      await road.converge(60)
      await quietWhile(road)
      const said = ((await road.shown(ref)).comments ?? []).filter(({ text }) => text.includes('Once only'))
      assert.equal(said.length, 1)
    },
  },
  {
    name: '11: two files of one name and an empty one cross with the same bytes, once each way, or say why not',
    unsupported: (subject) =>
      subject.capabilities.attachments.write && subject.attachAsHuman !== null
        ? null
        : 'files go one way at most',
    run: async (road, subject) => {
      const { workItem: key, ref } = await road.inStep()
      const files = ['first', 'second', ''].map((text) => Buffer.from(text))
      for (const bytes of files) {
        const stored = await road.deps.blobs.write(only(bytes), 1_000)
        if (!stored.ok) throw new Error(stored.error.detail)
        const { sha256: hash, size } = stored.value
        const file = {
          name: 'log.txt',
          mediaType: 'text/plain',
          sha256: hash,
          size,
          audience: 'staff' as const,
        }
        await road.run(attachFile, { record: { ...COMMENT, ref: key }, ...file })
      }
      await road.converge(20)
      await subject.attachAsHuman?.(ref, 'log.txt', Buffer.from('theirs'))
      await road.rings(ref)
      await quietWhile(road)
      const there = (await road.shown(ref)).attachments ?? []
      const held = await road.db.selectFrom('hold').select('reason').execute()
      // many tools take no empty file: then it says so
      const isTold = there.length === 3 && held.some(({ reason }) => reason.trim() !== '')
      assert.ok(there.length === 4 || isTold, `${there.length} files there, ${held.length} held`)
      const here = await road.db.selectFrom('attachment').select(['sha256', 'state']).execute()
      assert.deepEqual(
        here.map(({ sha256: hash, state }) => [hash, state]).sort(),
        [...files, Buffer.from('theirs')].map((bytes) => [sha256(bytes), 'stored']).sort(),
      )
    },
  },
]

const gone = async (road: ToolRoad, change: (ref: RemoteRef) => Promise<unknown>): Promise<string> => {
  const { ref } = await road.inStep()
  const before = await createsAfter(road)
  await change(ref)
  await road.subject.later(61_000)
  await road.converge(40)
  await quietWhile(road)
  assert.equal(await createsAfter(road), before, 'nothing is made again')
  const [mirror, ...more] = await road.mirrors()
  assert.equal(more.length, 0)
  return mirror?.state ?? ''
}

const moving: readonly RoadCase[] = [
  {
    name: '14: an item that is deleted there is told of, and not made again',
    unsupported: (subject) =>
      subject.deleteAsHuman === null || !subject.capabilities.deletionsSeen ? 'deletions are not seen' : null,
    run: async (road, subject) => {
      assert.equal(await gone(road, async (ref) => subject.deleteAsHuman?.(ref)), 'gone')
    },
  },
  {
    name: '14: an item that is moved there stays the same one',
    unsupported: (subject) =>
      subject.moveAsHuman === null || subject.otherContainer === null ? 'nothing is moved there' : null,
    run: async (road, subject) => {
      const to = subject.otherContainer ?? ''
      assert.equal(await gone(road, async (ref) => subject.moveAsHuman?.(ref, to)), 'live')
    },
  },
]

export const roadCases: readonly RoadCase[] = [...creating, ...editing, ...talking, ...moving]
