import { createHmac, randomUUID } from 'node:crypto'
import { byId, showIssue } from './show.ts'
import { type FakeIssue, type FakeWorld, fixedId } from './state.ts'
import { createAttachment, createComment, createIssue, issueToWrite, updateIssue } from './writes.ts'

/** What people do in Linear, and what Linear posts of it. None of it is in the ledger. */

export interface Posted {
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

const DEVELOPER = fixedId('user developer')

export const sign = (bytes: Uint8Array, secret: string, delivery: string): Posted => ({
  bytes,
  headers: {
    'content-type': 'application/json; charset=utf-8',
    'linear-delivery': delivery,
    'linear-event': 'Issue',
    'linear-signature': createHmac('sha256', secret).update(bytes).digest('hex'),
  },
})

export const handsOf = (world: FakeWorld, filesUrl: string) => {
  const existing = (id: string): FakeIssue => issueToWrite(world, id)
  const teamId = (key: string): string => fixedId(`team ${key}`)
  return {
    create: (title: string, team = 'ATL'): string =>
      createIssue(world, { title, teamId: teamId(team) }, DEVELOPER).id,
    edit: (id: string, input: Readonly<Record<string, unknown>>): void =>
      updateIssue(world, existing(id), input, DEVELOPER),
    /** `by` null: somebody of another tool, in a thread that is kept in step with it. */
    comment: (id: string, body: string, by: string | null = DEVELOPER): string =>
      createComment(world, { issueId: id, body }, by).id,
    link: (id: string, url: string, title = 'A page'): void => {
      createAttachment(world, { issueId: id, url, title }, DEVELOPER)
    },
    /** Stores a file and answers its address, as the editor does before it puts that into a text. */
    store: (bytes: Uint8Array, mediaType = 'application/octet-stream'): string => {
      const path = `/${fixedId('workspace')}/${world.newId()}`
      world.files.set(path, { bytes, mediaType })
      return `${filesUrl}${path}`
    },
    move: (id: string, team: string): void =>
      updateIssue(world, existing(id), { teamId: teamId(team) }, DEVELOPER),
    trash: (id: string): void => {
      const issue = byId(world.issues, id, 'Issue')
      issue.trashed = true
      issue.updatedAt = world.now()
    },
    relate: (id: string, other: string, type: string): void => {
      world.relations.push({ id: world.newId(), issueId: id, relatedIssueId: other, type })
    },
    need: (id: string, customer: string): void => {
      world.needs.push({ id: world.newId(), issueId: id, customerId: fixedId(`customer ${customer}`) })
    },
    /** After too many failures Linear posts no more. */
    giveUpWebhooks: (): void => {
      for (const webhook of world.webhooks) webhook.enabled = false
    },
    /** What Linear posts of a changed issue. */
    posted: (id: string, secret: string): Posted => {
      const issue = byId(world.issues, id, 'Issue')
      const { identifier, url } = showIssue(world, issue)
      const body = {
        action: 'update',
        type: 'Issue',
        actor: { id: DEVELOPER, type: 'user', name: 'developer' },
        createdAt: world.now(),
        data: { id, identifier, title: issue.title, teamId: issue.teamId, updatedAt: issue.updatedAt },
        updatedFrom: { updatedAt: issue.createdAt },
        url,
        organizationId: fixedId('workspace'),
        webhookId: fixedId('webhook'),
        webhookTimestamp: Date.parse(world.now()),
      }
      return sign(Buffer.from(JSON.stringify(body)), secret, randomUUID())
    },
  }
}
export type FakeHands = ReturnType<typeof handsOf>
