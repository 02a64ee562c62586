import { createHmac, timingSafeEqual } from 'node:crypto'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { WebhookDelivery, WebhookReading } from '../../sync/connector.ts'
import type { RemoteRef } from '../../sync/snapshot.ts'
import { issueRef, milestoneRef, releaseRef } from './convert.ts'

/**
 * Verifies on the raw bytes, in constant time, then takes numbers out of the body: a hint and nothing more. GitHub signs
 * no time; a delivery that comes again has its id, and a hint that comes again does no harm.
 */

const MAX_BODY_BYTES = 25 * 1024 * 1024
const BOUNDS = { depth: 50, values: 200_000 }
const DIGEST = /^sha256=([0-9a-f]{64})$/i

const Id = Type.Integer({ minimum: 1, maximum: 999_999_999_999_999 })
const Numbered = Type.Object({ number: Id, pull_request: Type.Optional(Type.Unknown()) })
const Place = Type.Object({ id: Id })

const Body = Type.Object({
  repository: Type.Optional(Place),
  issue: Type.Optional(Numbered),
  milestone: Type.Optional(Type.Union([Type.Object({ number: Id }), Type.Null()])),
  release: Type.Optional(Type.Object({ id: Id })),
  parent_issue: Type.Optional(Numbered),
  parent_issue_repo: Type.Optional(Place),
  sub_issue: Type.Optional(Numbered),
  sub_issue_repo: Type.Optional(Place),
  /** Of an issue that was transferred: where it came from, and where it went. */
  changes: Type.Optional(
    Type.Object({
      old_issue: Type.Optional(Type.Union([Numbered, Type.Null()])),
      old_repository: Type.Optional(Type.Union([Place, Type.Null()])),
    }),
  ),
})
const CheckedBody = Compile(Body)
type Body = Static<typeof Body>

const rejected = (reason: string, status: 400 | 401): WebhookReading => ({
  outcome: 'rejected',
  reason,
  status,
})

/** null: the signature is right. */
const wrongSignature = (bytes: Uint8Array, header: string | undefined, secret: string): string | null => {
  if (secret === '') return 'no webhook secret is set for this connection'
  if (header === undefined) return 'the signature is missing'
  const text = DIGEST.exec(header)?.[1]
  if (text === undefined) return 'the signature is not a sha256 digest'
  const given = Buffer.from(text, 'hex')
  const expected = createHmac('sha256', secret).update(bytes).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
    ? null
    : 'the signature is wrong'
}

/** GitHub posts a pull request's comments as an issue's. */
const issueOf = (
  place: Static<typeof Place> | null | undefined,
  issue: Static<typeof Numbered> | null | undefined,
): readonly RemoteRef[] =>
  place == null || issue == null || (issue.pull_request ?? null) !== null
    ? []
    : [issueRef(place.id, issue.number)]

const refsIn = (event: string, body: Body): readonly RemoteRef[] => {
  const { repository, issue, milestone, release, changes } = body
  if (event === 'issues' || event === 'issue_comment') {
    const before = issueOf(changes?.old_repository, changes?.old_issue)
    // What was transferred to here is known under the number it had.
    return before.length > 0 ? before : issueOf(repository, issue)
  }
  if (event === 'sub_issues')
    return [
      ...issueOf(body.parent_issue_repo ?? repository, body.parent_issue),
      ...issueOf(body.sub_issue_repo ?? repository, body.sub_issue),
    ]
  if (repository === undefined) return []
  if (event === 'milestone' && milestone) return [milestoneRef(repository.id, milestone.number)]
  if (event === 'release' && release !== undefined) return [releaseRef(repository.id, release.id)]
  return []
}

export const EVENTS: readonly string[] = ['issues', 'issue_comment', 'sub_issues', 'milestone', 'release']

export const readWebhook = (delivery: WebhookDelivery, secret: string): WebhookReading => {
  const { bytes, headers } = delivery
  if (bytes.length > MAX_BODY_BYTES) return rejected('the body is larger than 25 MiB', 400)
  const wrong = wrongSignature(bytes, headers['x-hub-signature-256'], secret)
  if (wrong !== null) return rejected(wrong, 401)
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? ''))
    return rejected('the content type is not JSON: set it in the webhook', 400)
  const body = parseBoundedJson(bytes, BOUNDS)
  if (!body.ok) return rejected(`the body is ${body.error}`, 400)
  const event = headers['x-github-event'] ?? ''
  if (event === 'ping') return { outcome: 'ignored', reason: 'GitHub tries whether we answer' }
  if (!EVENTS.includes(event)) return { outcome: 'ignored', reason: 'not about an issue or a release' }
  if (!CheckedBody.Check(body.value))
    return { outcome: 'ignored', reason: 'it names nothing in the usual way' }
  const refs = refsIn(event, body.value)
  if (refs.length === 0) return { outcome: 'ignored', reason: 'about a pull request, or about nothing' }
  const id = headers['x-github-delivery'] ?? ''
  return { outcome: 'hints', refs, deliveryId: /^[\w-]{1,100}$/.test(id) ? id : null }
}
