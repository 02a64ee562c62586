import type { Audience } from '../domain/audience.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { Partner } from '../domain/sharing.ts'
import { isId } from '../lib/ids.ts'
import { ok, type Result } from '../lib/result.ts'
import { lockAttachment } from '../store/attachments.ts'
import { lockComment } from '../store/comments.ts'
import type { Tx } from '../store/database.ts'
import { readText } from '../sync/rich-text/index.ts'
import { addComment } from './add-comment.ts'
import { attachFile } from './attach-file.ts'
import { deleteComment } from './delete-comment.ts'
import { detachFile } from './detach-file.ts'
import { editComment } from './edit-comment.ts'
import { unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { notShared, reachedRecord } from './take-from-partner.ts'

type Visibility = 'public' | 'internal'

/** Who reads here what they write so, if they may. */
const audienceOf = ({ policy }: Partner, visibility: Visibility): Result<Audience, Refusal> => {
  const audience = visibility === 'public' ? policy.publicWords : policy.internalWords
  return audience === null
    ? notShared(`Writing ${visibility} words here is not shared with you.`, '/visibility')
    : ok(audience)
}

export const commentForPartner =
  (
    partner: Partner,
  ): Command<
    { readonly id: string; readonly visibility: Visibility; readonly text: string },
    { readonly id: string }
  > =>
  async (tx, context, input) => {
    const reached = await reachedRecord(tx, partner, input.id)
    if (!reached.ok) return reached
    const audience = audienceOf(partner, input.visibility)
    if (!audience.ok) return audience
    return addComment(tx, context, {
      record: { kind: partner.policy.record, ref: input.id },
      body: readText(input.text, 'markdown'),
      audience: audience.value,
    })
  }

export const editForPartner =
  (
    partner: Partner,
  ): Command<{ readonly comment: string; readonly text: string }, { readonly version: number }> =>
  async (tx, context, input) => {
    const own = await ownComment(tx, partner, input.comment)
    return own.ok
      ? editComment(tx, context, { comment: input.comment, body: readText(input.text, 'markdown') })
      : own
  }

export const withdrawForPartner =
  (partner: Partner): Command<{ readonly comment: string }, { readonly version: number }> =>
  async (tx, context, input) => {
    const own = await ownComment(tx, partner, input.comment)
    return own.ok ? deleteComment(tx, context, input) : own
  }

export const attachForPartner =
  (
    partner: Partner,
  ): Command<
    {
      readonly id: string
      readonly visibility: Visibility
      readonly name: string
      readonly mediaType: string
      readonly sha256: string
      readonly size: number
    },
    { readonly id: string }
  > =>
  async (tx, context, { id, visibility, ...file }) => {
    const reached = await reachedRecord(tx, partner, id)
    if (!reached.ok) return reached
    if (!partner.policy.files) return notShared('Files are not shared with you.')
    const audience = audienceOf(partner, visibility)
    if (!audience.ok) return audience
    return attachFile(tx, context, {
      ...file,
      record: { kind: partner.policy.record, ref: id },
      audience: audience.value,
    })
  }

export const detachForPartner =
  (partner: Partner): Command<{ readonly attachment: string }, { readonly id: string }> =>
  async (tx, context, input) => {
    const file = isId(input.attachment) ? await lockAttachment(tx, input.attachment) : null
    return file === null || file.author.id !== partner.id
      ? unknown('attachment of yours', input.attachment, '/attachment')
      : detachFile(tx, context, input)
  }

/** Only their own words: others they may read, or do not know of. */
const ownComment = async (tx: Tx, partner: Partner, id: string): Promise<Result<null, Refusal>> => {
  const comment = isId(id) ? await lockComment(tx, id) : null
  return comment === null || comment.author.id !== partner.id
    ? unknown('comment of yours', id, '/comment')
    : ok(null)
}
