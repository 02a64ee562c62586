import { type Args, invalid, type Members } from './execute.ts'
import { byId, showAttachment, showComment, showIssue, showRelease } from './show.ts'
import { FAKE_ACCOUNT, type FakeWebhook, type FakeWorld } from './state.ts'
import {
  createAttachment,
  createComment,
  createIssue,
  issueToWrite,
  removeFrom,
  updateComment,
  updateIssue,
} from './writes.ts'

/** The changes the fake takes through its API, each noted in the ledger. */

const inputOf = ({ input }: Args): Members =>
  input !== null && typeof input === 'object' && !Array.isArray(input) ? { ...input } : {}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** Where files are sent and lie. */
export interface Stores {
  /** An address to put that many bytes to, and the one where they lie then. */
  readonly prepare: (
    size: number,
    mediaType: string,
  ) => { readonly uploadUrl: string; readonly assetUrl: string }
}

export const mutationsOf = (world: FakeWorld, stores: Stores, isAdmin: () => boolean): Members => {
  const note = (op: string, id: string): void => void world.ledger.push({ op, id })
  const requireAdmin = (): void => {
    if (!isAdmin())
      throw invalid('Invalid role: admin required', 'You need to have the "Admin" scope to create webhooks.')
  }
  return {
    issueCreate: (args: Args) => {
      const issue = createIssue(world, inputOf(args), FAKE_ACCOUNT)
      note('issueCreate', issue.id)
      return { success: true, issue: showIssue(world, issue) }
    },
    issueUpdate: (args: Args) => {
      const issue = issueToWrite(world, args['id'])
      updateIssue(world, issue, inputOf(args), FAKE_ACCOUNT)
      note('issueUpdate', issue.id)
      return { success: true, issue: showIssue(world, issue) }
    },
    commentCreate: (args: Args) => {
      const comment = createComment(world, inputOf(args), FAKE_ACCOUNT)
      note('commentCreate', comment.id)
      return { success: true, comment: showComment(world, comment) }
    },
    commentUpdate: (args: Args) => {
      const comment = byId(world.comments, args['id'], 'Comment')
      updateComment(world, comment, String(inputOf(args)['body']))
      note('commentUpdate', comment.id)
      return { success: true, comment: showComment(world, comment) }
    },
    commentDelete: ({ id }: Args) => {
      note('commentDelete', removeFrom(world.comments, id, 'Comment'))
      return { success: true }
    },
    attachmentCreate: (args: Args) => {
      const attachment = createAttachment(world, inputOf(args), FAKE_ACCOUNT)
      note('attachmentCreate', attachment.id)
      return { success: true, attachment: showAttachment(world, attachment) }
    },
    attachmentDelete: ({ id }: Args) => {
      note('attachmentDelete', removeFrom(world.attachments, id, 'Attachment'))
      return { success: true }
    },
    fileUpload: ({ size, contentType }: Args) => ({
      success: true,
      uploadFile: {
        ...stores.prepare(Number(size), String(contentType)),
        headers: [{ key: 'x-goog-content-length-range', value: `${Number(size)},${Number(size)}` }],
      },
    }),
    customerNeedCreate: (args: Args) => {
      const input = inputOf(args)
      const issue = issueToWrite(world, input['issueId'])
      const customer = byId(world.customers, input['customerId'], 'Customer')
      const id = typeof input['id'] === 'string' ? input['id'] : world.newId()
      if (world.needs.some((one) => one.id === id)) throw invalid('Conflict on insert of CustomerNeed')
      world.needs.push({ id, issueId: issue.id, customerId: customer.id })
      note('customerNeedCreate', id)
      return { success: true }
    },
    customerNeedDelete: ({ id }: Args) => {
      note('customerNeedDelete', removeFrom(world.needs, id, 'CustomerNeed'))
      return { success: true }
    },
    releaseUpdate: (args: Args) => {
      const release = byId(world.releases, args['id'], 'Release')
      const { stageId, ...input } = inputOf(args)
      if (stageId !== undefined) release.stageId = byId(world.stages, stageId, 'ReleaseStage').id
      Object.assign(release, input, { updatedAt: world.now() })
      note('releaseUpdate', release.id)
      return { success: true, release: showRelease(world, release) }
    },
    webhookCreate: (args: Args) => {
      requireAdmin()
      const input = inputOf(args)
      const webhook: FakeWebhook = {
        id: world.newId(),
        url: String(input['url']),
        teamId: typeof input['teamId'] === 'string' ? input['teamId'] : null,
        enabled: input['enabled'] !== false,
        secret: String(input['secret'] ?? ''),
        resourceTypes: texts(input['resourceTypes']),
      }
      world.webhooks.push(webhook)
      note('webhookCreate', webhook.id)
      return { success: true, webhook: { ...webhook } }
    },
    webhookUpdate: (args: Args) => {
      requireAdmin()
      const webhook = byId(world.webhooks, args['id'], 'Webhook')
      Object.assign(webhook, inputOf(args))
      note('webhookUpdate', webhook.id)
      return { success: true, webhook: { ...webhook } }
    },
    webhookDelete: ({ id }: Args) => {
      requireAdmin()
      note('webhookDelete', removeFrom(world.webhooks, id, 'Webhook'))
      return { success: true }
    },
  }
}
