import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { said } from '../../lib/said.ts'
import type { CiKind } from './ci-kind.ts'
import { type Read, readGithub, readGitlab, readOurs } from './readers.ts'
import { type CiDelivery, type CiReading, isMembers, type ToldDeployment } from './told-deployment.ts'
import { bearsSecret, knownToGitlab, signedByGithub, signedByUs, type Verify } from './verify.ts'

/** How each CI system proves who it is, and what it says. Adding one is one line. */
const KINDS: Readonly<
  Record<CiKind, { readonly verify: Verify; readonly event: string; readonly read: Read }>
> = {
  signed: { verify: signedByUs, event: '', read: readOurs },
  github: { verify: signedByGithub, event: 'x-github-event', read: readGithub },
  gitlab: { verify: knownToGitlab, event: 'x-gitlab-event', read: readGitlab },
  'argo cd': { verify: bearsSecret, event: '', read: readOurs },
}

const BOUNDS = { depth: 40, values: 20_000 }

/** null: it is who it says. */
export const verifyCi = (kind: CiKind, delivery: CiDelivery, secret: string): string | null =>
  KINDS[kind].verify(delivery, secret)

/** Of a delivery that was verified. */
export const readCi = (kind: CiKind, { bytes, headers }: CiDelivery): CiReading => {
  const body = parseBoundedJson(bytes, BOUNDS)
  if (!body.ok) return { outcome: 'unreadable', reason: said`the body is ${body.error}` }
  if (!isMembers(body.value)) return { outcome: 'unreadable', reason: said`the body is not a JSON object` }
  const { event, read } = KINDS[kind]
  return read(body.value, headers[event] ?? '')
}

/**
 * What is the same where one delivery comes twice. Ours is signed together with its time, so the same words at another
 * time are another delivery.
 */
export const identityOf = (kind: CiKind, { bytes, headers }: CiDelivery): Uint8Array =>
  kind === 'signed' ? Buffer.concat([Buffer.from(`${headers['x-causeway-timestamp'] ?? ''}.`), bytes]) : bytes

/** The same words may tell of two deployments, where no time is signed with them and they name neither id nor moment. */
export const canSayTwo = (kind: CiKind, deployments: readonly ToldDeployment[]): boolean =>
  kind !== 'signed' &&
  deployments.some(
    ({ externalId, startedAt, finishedAt }) => (externalId ?? startedAt ?? finishedAt) === null,
  )
