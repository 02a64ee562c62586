import assert from 'node:assert/strict'
import type { Operation, Session } from '../../../src/sync/connector.ts'
import type { FaultKind } from '../../../src/sync/fault.ts'
import type { RemoteRef } from '../../../src/sync/snapshot.ts'
import { type Case, faultOf, make, newKey, push, shown, withFault } from '../case.ts'
import type { Subject, SubjectFault } from '../subject.ts'

const update = (session: Session, ref: RemoteRef) =>
  push(session, { op: 'update', ref, fields: { title: 'Written' }, version: null })

/** Operations the subject does not claim to do. */
const unnamed = ({ capabilities, missingId }: Subject, ref: RemoteRef): readonly Operation[] => {
  const { attachments, comments, links } = capabilities
  const url = 'https://causeway.example/tickets/TK-1'
  return [
    ...(comments.edit ? [] : [{ op: 'comment.edit', ref, commentId: missingId, text: 'x' } as const]),
    ...(comments.delete ? [] : [{ op: 'comment.delete', ref, commentId: missingId } as const]),
    ...(attachments.delete ? [] : [{ op: 'detach', ref, attachmentId: missingId } as const]),
    ...(links
      ? []
      : [{ op: 'link.add', ref, url, title: 'TK-1' } as const, { op: 'link.remove', ref, url } as const]),
  ]
}

/** A read and a write under one fault: what each must be called, and what comes after. */
const faultCase = (
  fault: SubjectFault,
  name: string,
  reading: readonly FaultKind[] | null,
  writing: readonly FaultKind[],
  then: (subject: Subject, session: Session, ref: RemoteRef) => Promise<void> = async () => {},
): Case => ({
  name,
  unsupported: withFault(fault),
  run: async (subject, session) => {
    const ref = await make(subject, session)
    // what a session learns once (who it is, which fields there are) is not what is tried here
    await shown(subject, session, ref)
    if (reading !== null) {
      await subject.setFault(fault)
      await faultOf(session.fetch(ref), ...reading)
      await subject.clearFaults()
      await shown(subject, session, ref)
    }
    await subject.setFault(fault)
    const said = await faultOf(update(session, ref), ...writing)
    await subject.clearFaults()
    for (const secret of subject.secrets)
      assert.ok(!`${said.message} ${said.detail}`.includes(secret), 'a fault tells a secret')
    await then(subject, session, ref)
  },
})

const titleIs = (title: string) => async (subject: Subject, session: Session, ref: RemoteRef) => {
  assert.equal((await shown(subject, session, ref)).fields.title, title)
}

export const failingCases: readonly Case[] = [
  faultCase(
    'refused',
    'failing: a refused connection is down, and nothing was written',
    ['down'],
    ['down'],
    titleIs('Conformance'),
  ),
  faultCase(
    'commit then lose',
    'failing: an update whose answer is lost is unknown, though it happened',
    null,
    ['unknown'],
    titleIs('Written'),
  ),
  faultCase(
    'half body',
    'failing: half an answer is a fault for a read and unknown for a write',
    ['down'],
    ['unknown'],
  ),
  faultCase(
    'server error',
    'failing: a server error is down for a read and never "not done" for a write',
    ['down'],
    ['unknown'],
  ),
  faultCase(
    'auth',
    'failing: refused credentials wait for a person',
    ['auth'],
    ['auth'],
    titleIs('Conformance'),
  ),
  faultCase(
    'html',
    'failing: a page where JSON should be is a fault, and unknown for a write',
    ['down', 'auth'],
    ['unknown', 'auth'],
  ),
  faultCase(
    'deep json',
    'failing: a million brackets are a fault, and unknown for a write',
    ['down', 'invalid'],
    ['unknown'],
  ),
  faultCase(
    'huge',
    'failing: a gigabyte of answer is a fault, and unknown for a write',
    ['down', 'invalid'],
    ['unknown'],
  ),
  {
    name: 'failing: 429 says when to come again, and nothing was written',
    unsupported: withFault('rate'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await shown(subject, session, ref)
      const before = (await subject.counts()).writes
      await subject.setFault('rate')
      const fault = await faultOf(update(session, ref), 'rate')
      await subject.clearFaults()
      assert.ok(fault.retryAt !== null, 'no time to come again')
      const waitMs = fault.retryAt.getTime() - subject.now().getTime()
      assert.ok(waitMs > 0 && waitMs <= 24 * 3_600_000, `come again in ${waitMs} ms`)
      assert.equal((await subject.counts()).writes, before)
    },
  },
  {
    name: 'failing: one call a push, no retry inside, for a refused write',
    unsupported: withFault('rate'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await shown(subject, session, ref)
      await subject.setFault('rate')
      const before = await subject.calls()
      await faultOf(update(session, ref), 'rate')
      await subject.clearFaults()
      assert.equal((await subject.calls()) - before, 1)
    },
  },
  {
    name: 'failing: an attachment without its bytes is refused before any call',
    unsupported: ({ capabilities }) => (capabilities.attachments.write ? null : 'cannot write attachments'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const before = (await subject.counts()).writes
      const operation = {
        op: 'attach',
        ref,
        name: 'x',
        mediaType: 'text/plain',
        size: 1,
        sha256: '',
        visibility: 'public',
      } as const
      await faultOf(session.push(operation, newKey()), 'invalid')
      assert.equal((await subject.counts()).writes, before)
    },
  },
  {
    name: 'refusing: what the capabilities do not name is invalid, and nothing is written',
    unsupported: (subject) => (unnamed(subject, { id: '1' }).length > 0 ? null : 'can do everything'),
    run: async (subject, session) => {
      const ref = await make(subject, session)
      await shown(subject, session, ref)
      const before = (await subject.counts()).writes
      for (const operation of unnamed(subject, ref)) await faultOf(push(session, operation), 'invalid')
      assert.equal((await subject.counts()).writes, before)
    },
  },
]
