import assert from 'node:assert/strict'
import type { WebhookReading } from '../../../src/sync/connector.ts'
import { type Case, make } from '../case.ts'
import type { HookSample, Subject } from '../subject.ts'

const rings = ({ hasWebhook, hook }: Subject): string | null =>
  !hasWebhook ? 'posts no webhooks' : hook === null ? 'this fake posts no webhooks' : null

const hookOf = (subject: Subject) => subject.hook ?? assert.fail()

const read = (subject: Subject, { bytes, headers }: HookSample, laterMs = 0): WebhookReading =>
  subject.readHook({ bytes, headers, now: new Date(subject.now().getTime() + laterMs) })

const isRejected = (reading: WebhookReading, ...statuses: readonly number[]): void => {
  if (reading.outcome !== 'rejected') assert.fail(`expected a rejection, got ${reading.outcome}`)
  assert.ok(statuses.includes(reading.status), `rejected with ${reading.status}: ${reading.reason}`)
  assert.match(reading.reason, /\S/)
}

const HOSTILE = [
  '',
  'null',
  '[]',
  '0',
  '"text"',
  '{',
  '{"item":null}',
  '{"item":{"id":{}}}',
  '{"event":1,"item":{"id":1}}',
  '{"__proto__":{"item":{"id":"1"}}}',
  '{"item":{"id":"../../etc"}}',
  `{"item":{"id":"${'9'.repeat(5_000)}"}}`,
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  '{"ticket":-1}',
  '{"transactions":[{"id":"x"}]}',
  '\u0000',
  '\ufffd{}',
]

export const ringingCases: readonly Case[] = [
  {
    name: 'ringing: who posts no webhooks says so in the capabilities',
    unsupported: ({ hasWebhook }) => (hasWebhook ? 'reads webhooks' : null),
    run: async ({ capabilities }) => assert.equal(capabilities.webhooks, false),
  },
  {
    name: 'ringing: a webhook of the tool hints at the item that changed',
    unsupported: rings,
    run: async (subject, session) => {
      const ref = await make(subject, session)
      const reading = read(subject, await hookOf(subject).good(ref))
      assert.ok(reading.outcome === 'hints', reading.outcome)
      assert.deepEqual(reading.refs, [ref])
    },
  },
  {
    name: 'ringing: the same delivery twice has one id',
    unsupported: rings,
    run: async (subject, session) => {
      const sample = await hookOf(subject).good(await make(subject, session))
      assert.deepEqual(read(subject, sample), read(subject, sample))
    },
  },
  {
    name: 'ringing: one changed byte, or one changed blank, is rejected',
    unsupported: (subject) =>
      rings(subject) ??
      (subject.hook?.signsBody === false ? 'sends a secret along, and signs no byte' : null),
    run: async (subject, session) => {
      const { bytes, headers } = await hookOf(subject).good(await make(subject, session))
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 16)) {
        const changed = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte))
        isRejected(read(subject, { bytes: changed, headers }), 401)
      }
      isRejected(read(subject, { bytes: Buffer.concat([bytes, Buffer.from(' ')]), headers }), 401)
    },
  },
  {
    name: 'ringing: no signature, an empty one, a short one, one of another secret: rejected',
    unsupported: rings,
    run: async (subject, session) => {
      const hook = hookOf(subject)
      const { bytes, headers } = await hook.good(await make(subject, session))
      const { [hook.signatureHeader]: signature = '', ...unsigned } = headers
      isRejected(read(subject, { bytes, headers: unsigned }), 401)
      for (const forged of [
        '',
        'sha256=',
        'x',
        signature.slice(0, -1),
        `${signature}0`,
        signature.replace(/.{8}$/, '00000000'),
      ])
        isRejected(read(subject, { bytes, headers: { ...unsigned, [hook.signatureHeader]: forged } }), 401)
    },
  },
  {
    name: 'ringing: a replay after its time is rejected',
    unsupported: (subject) => rings(subject) ?? (subject.hook?.maxAgeMs == null ? 'signs no time' : null),
    run: async (subject, session) => {
      const hook = hookOf(subject)
      const sample = await hook.good(await make(subject, session))
      isRejected(read(subject, sample, (hook.maxAgeMs ?? 0) + 60_000), 401)
      isRejected(read(subject, sample, -(hook.maxAgeMs ?? 0) - 60_000), 401)
    },
  },
  {
    name: 'ringing: whatever is signed well is read without a crash, and hints are bounded',
    unsupported: rings,
    run: async (subject) => {
      for (const text of HOSTILE) {
        const reading = read(subject, hookOf(subject).sign(Buffer.from(text)))
        if (reading.outcome !== 'hints') continue
        assert.ok(reading.refs.length <= 1_000)
        for (const { id } of reading.refs)
          assert.ok(typeof id === 'string' && id.length > 0 && id.length <= 1_000)
      }
    },
  },
  {
    name: 'ringing: a body that is not JSON is rejected as such',
    unsupported: rings,
    run: async (subject) => isRejected(read(subject, hookOf(subject).sign(Buffer.from('<xml/>'))), 400),
  },
  {
    name: 'ringing: ten megabytes, well signed, give no flood of hints',
    unsupported: rings,
    run: async (subject) => {
      const body = Buffer.from(`{"item":{"id":"1","key":"K"},"event":"x","pad":"${'x'.repeat(10_000_000)}"}`)
      const reading = read(subject, hookOf(subject).sign(body))
      assert.ok(reading.outcome !== 'hints' || reading.refs.length <= 1)
    },
  },
]
