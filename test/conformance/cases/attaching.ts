import assert from 'node:assert/strict'
import { sha256 } from '../../../src/lib/stable.ts'
import type { Session } from '../../../src/sync/connector.ts'
import type { RemoteRef } from '../../../src/sync/snapshot.ts'
import { always, bytesOf, type Case, faultOf, make, newKey, shown, when, withFault } from '../case.ts'
import type { Subject } from '../subject.ts'

const can = (what: 'read' | 'write' | 'delete') =>
  when(({ capabilities }) => capabilities.attachments[what], `cannot ${what} attachments`)
const writes = (subject: Subject): string | null => can('write')(subject) ?? can('read')(subject)

const MAX_TRIED_BYTES = 1_000_000

const everyByte = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, index) => (index * 7 + (index >> 8)) & 255)

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000)
}

const attach = (
  session: Session,
  ref: RemoteRef,
  name: string,
  bytes: Uint8Array,
  visibility: 'public' | 'internal' = 'public',
) =>
  session.push(
    {
      op: 'attach',
      ref,
      name,
      mediaType: 'application/octet-stream',
      size: bytes.length,
      sha256: sha256(bytes),
      visibility,
    },
    newKey(),
    () => inPieces(bytes),
  )

const hashOf = async (session: Session, ref: RemoteRef, id: string): Promise<string> =>
  sha256(await bytesOf((await session.download(ref, id)).stream))

/** The one attachment of that name. */
const named = async (subject: Subject, session: Session, ref: RemoteRef, name: string) => {
  const { attachments } = await shown(subject, session, ref)
  const found = attachments?.filter((one) => one.name === name) ?? []
  assert.deepEqual(
    found.map((one) => one.name),
    [name],
    `attachments are ${attachments?.map((one) => one.name).join(', ')}`,
  )
  return found[0] ?? assert.fail()
}

export const attachingCases: readonly Case[] = [
  {
    name: 'attaching: the bytes come back the same, by hash, and are ours',
    unsupported: writes,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const bytes = everyByte(70_000)
      const { elementId } = await attach(session, ref, 'all-bytes.bin', bytes)
      const attachment = await named(subject, session, ref, 'all-bytes.bin')
      assert.equal(attachment.byUs, true)
      if (attachment.size !== null) assert.equal(attachment.size, bytes.length)
      if (elementId !== null) assert.equal(attachment.id, elementId)
      assert.equal(await hashOf(session, ref, attachment.id), sha256(bytes))
    },
  },
  {
    name: 'attaching: a person’s file comes with the same bytes and is not ours',
    unsupported: (subject) =>
      can('read')(subject) ??
      (subject.attachAsHuman === null ? 'this fake lets people attach nothing' : null),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const bytes = everyByte(300)
      await subject.attachAsHuman?.(ref, 'theirs.bin', bytes)
      const attachment = await named(subject, session, ref, 'theirs.bin')
      assert.equal(attachment.byUs, false)
      assert.equal(await hashOf(session, ref, attachment.id), sha256(bytes))
    },
  },
  {
    name: 'attaching: nought bytes are a file too, or are refused in words',
    unsupported: writes,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const empty = new Uint8Array()
      const outcome = await attach(session, ref, 'empty.log', empty).then(
        () => 'taken',
        (thrown: unknown) => thrown,
      )
      if (outcome !== 'taken') return void (await faultOf(Promise.reject(outcome), 'invalid'))
      const attachment = await named(subject, session, ref, 'empty.log')
      assert.equal(await hashOf(session, ref, attachment.id), sha256(empty))
    },
  },
  {
    name: 'attaching: names of any script, with blanks and quotes, survive',
    unsupported: writes,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      for (const name of [
        'Übersicht 2.pdf',
        '報告 (1).txt',
        'a "quoted" name; x=1.txt',
        '100%25 & more.log',
      ]) {
        const bytes = Buffer.from(name)
        await attach(session, ref, name, bytes)
        const attachment = await named(subject, session, ref, subject.shownFileName?.(name) ?? name)
        assert.equal(await hashOf(session, ref, attachment.id), sha256(bytes))
      }
    },
  },
  {
    name: 'attaching: two files of one name stay two',
    unsupported: writes,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      for (const text of ['first', 'second']) await attach(session, ref, 'same.txt', Buffer.from(text))
      const attachments = (await shown(subject, session, ref)).attachments ?? []
      const same = attachments.filter(({ name }) => name === 'same.txt')
      const hashes = await Promise.all(same.map(({ id }) => hashOf(session, ref, id)))
      assert.deepEqual(new Set(hashes), new Set([sha256('first'), sha256('second')]))
    },
  },
  {
    name: 'attaching: an internal file is not shown as public, or is refused',
    unsupported: (subject) =>
      writes(subject) ?? (subject.capabilities.comments.internal ? null : 'has nothing internal'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const work = attach(session, ref, 'internal.txt', Buffer.from('secret'), 'internal')
      const refused = await work.then(
        () => null,
        (thrown: unknown) => thrown,
      )
      if (refused !== null) await faultOf(Promise.reject(refused), 'invalid')
      const attachments = (await shown(subject, session, ref)).attachments ?? []
      assert.equal(attachments.length, refused === null ? 1 : 0)
      assert.ok(attachments.every(({ visibility }) => visibility !== 'public'))
    },
  },
  {
    name: 'attaching: a download that breaks off is a fault, never a shorter file',
    unsupported: withFault('cut download', writes),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await attach(session, ref, 'cut.bin', everyByte(90_000))
      const { id } = await named(subject, session, ref, 'cut.bin')
      await subject.setFault('cut download')
      await faultOf(hashOf(session, ref, id), 'down')
      await subject.clearFaults()
      assert.equal(await hashOf(session, ref, id), sha256(everyByte(90_000)))
    },
  },
  {
    name: 'attaching: a file that is not there is gone',
    unsupported: can('read'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await faultOf(hashOf(session, ref, subject.missingId), 'gone')
    },
  },
  {
    name: 'attaching: a file over the limit is refused, and nothing is attached',
    unsupported: (subject) =>
      writes(subject) ??
      (subject.capabilities.attachments.maxBytes <= MAX_TRIED_BYTES ? null : 'its limit is too far to try'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const bytes = everyByte(subject.capabilities.attachments.maxBytes + 1)
      await faultOf(attach(session, ref, 'large.bin', bytes), 'invalid')
      assert.deepEqual((await shown(subject, session, ref)).attachments, [])
    },
  },
  {
    name: 'attaching: a deletion takes that file and no other',
    unsupported: (subject) => writes(subject) ?? can('delete')(subject),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      for (const name of ['stays.txt', 'goes.txt']) await attach(session, ref, name, Buffer.from(name))
      const { id } = await named(subject, session, ref, 'goes.txt')
      await session.push({ op: 'detach', ref, attachmentId: id }, newKey())
      assert.deepEqual(
        (await shown(subject, session, ref)).attachments?.map(({ name }) => name),
        ['stays.txt'],
      )
    },
  },
  {
    name: 'attaching: a lost answer is unknown, and reading shows the one file',
    unsupported: withFault('commit then lose', writes),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await subject.setFault('commit then lose')
      await faultOf(attach(session, ref, 'lost.bin', everyByte(10)), 'unknown')
      await subject.clearFaults()
      const { attachments } = await shown(subject, session, ref)
      // a tool that takes files in two calls may have lost the first, which leaves nothing to see
      assert.ok((attachments?.length ?? 0) <= 1)
    },
  },
  {
    name: 'linking: a link is added once and taken away, and links of people stay',
    unsupported: when(({ capabilities }) => capabilities.links, 'holds no links'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const [theirs, ours] = ['https://people.example/page', 'https://causeway.example/tickets/TK-1']
      await subject.linkAsHuman?.(ref, theirs)
      const urls = async () => (await shown(subject, session, ref)).links?.map(({ url }) => url).sort()
      const add = () => session.push({ op: 'link.add', ref, url: ours, title: 'TK-1' }, newKey())
      await add()
      await add()
      const kept = subject.linkAsHuman === null ? [] : [theirs]
      assert.deepEqual(await urls(), [...kept, ours].sort())
      await session.push({ op: 'link.remove', ref, url: ours }, newKey())
      assert.deepEqual(await urls(), kept)
    },
  },
  {
    name: 'gone: an item that never existed is gone',
    unsupported: always,
    run: async (subject, session) => {
      assert.equal(await session.fetch({ id: subject.missingId }), 'gone')
    },
  },
  {
    name: 'gone: a deleted item is gone, for reading and for writing',
    unsupported: (subject) =>
      !subject.capabilities.deletionsSeen
        ? 'hides deletions'
        : subject.deleteAsHuman === null
          ? 'this fake deletes nothing'
          : null,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await subject.deleteAsHuman?.(ref)
      assert.equal(await session.fetch(ref), 'gone')
      await faultOf(
        session.push({ op: 'update', ref, fields: { title: 'x' }, version: null }, newKey()),
        'gone',
      )
    },
  },
  {
    name: 'gone: ids that are none are gone or refused, never another address of the tool',
    unsupported: always,
    run: async (_subject, session) => {
      for (const id of [
        '../about',
        '1/../../2',
        '%2e%2e',
        '1?x=1',
        '',
        ' ',
        '-1',
        '99999999999999999999',
        'é',
      ]) {
        const outcome = await session.fetch({ id }).catch((thrown: unknown) => thrown)
        if (outcome !== 'gone') await faultOf(Promise.reject(outcome), 'gone', 'invalid')
      }
    },
  },
  {
    name: 'moved: an item keeps its id in another container',
    unsupported: when(
      ({ moveAsHuman, otherContainer }) => moveAsHuman !== null && otherContainer !== null,
      'this fake moves nothing',
    ),
    run: async (subject, session) => {
      const ref = await make(subject, session, subject.createFields)
      await subject.moveAsHuman?.(ref, subject.otherContainer ?? '')
      const snapshot = await shown(subject, session, ref)
      assert.equal(snapshot.ref.id, ref.id)
      assert.equal(snapshot.container, subject.otherContainer)
    },
  },
]
