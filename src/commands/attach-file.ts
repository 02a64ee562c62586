import type { Audience } from '../domain/audience.ts'
import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { insertAttachment } from '../store/attachments.ts'
import { findTicket } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { heldComment } from './held-comment.ts'
import { isWithinReach } from './is-within-reach.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface AttachFile {
  readonly record: { readonly kind: 'ticket' | 'work item' /** Id or key. */; readonly ref: string }
  /** The comment it hangs on; the file is then for the same audience. */
  readonly comment?: string | null
  readonly name: string
  readonly mediaType: string
  /** What the blob store said of the bytes, which are there already. */
  readonly sha256: string
  readonly size: number
  readonly audience: Audience
}

const SHA256 = /^[0-9a-f]{64}$/
const MEDIA_TYPE = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/
const MAX_NAME = 255

/** A name safe to show and to download under: no path, no control characters. */
export const fileName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  return clean === '' || clean === '.' || clean === '..' ? 'file' : clean.slice(-MAX_NAME)
}

/** Hangs a file, whose bytes are stored already, on a ticket or a work item. */
export const attachFile: Command<AttachFile, { readonly id: string }> = async (tx, context, input) => {
  const { kind, ref } = input.record
  const ticket = kind === 'ticket' ? await findTicket(tx, ref) : null
  if (ticket !== null && !(await isWithinReach(tx, context.actor, ticket))) {
    return unknown(kind, ref, '/record/ref')
  }
  const home = kind === 'ticket' ? ticket : await findWorkItem(tx, ref)
  if (home === null) return unknown(kind, ref, '/record/ref')
  if (!SHA256.test(input.sha256) || !Number.isSafeInteger(input.size) || input.size < 0) {
    return err(refuse('invalid', 'Store the bytes first.', { field: '/sha256' }))
  }
  if (context.actor.kind === 'contact' && (input.audience !== 'everyone' || kind !== 'ticket')) {
    return err(
      refuse('not-allowed', 'Customers attach to their tickets, for everyone.', { field: '/audience' }),
    )
  }
  let audience = input.audience
  if (input.comment != null) {
    const comment = await heldComment(tx, context.actor, { comment: input.comment })
    if (!comment.ok) return comment
    if (comment.value.record_id !== home.id) return unknown('comment', input.comment, '/comment')
    audience = comment.value.audience
  }
  const id = context.newId()
  const record = { kind, id: home.id }
  await insertAttachment(tx, {
    id,
    record,
    commentId: input.comment ?? null,
    author: context.actor,
    name: fileName(input.name),
    mediaType: MEDIA_TYPE.test(input.mediaType) ? input.mediaType.toLowerCase() : 'application/octet-stream',
    size: input.size,
    sha256: input.sha256,
    audience,
    state: 'stored',
    sourceConnection: null,
    at: context.now,
  })
  return done(
    { id },
    { events: [{ kind: 'attachment.added', record, data: { attachment: id, audience } }], changed: [record] },
  )
}
