import { isId } from '../lib/ids.ts'
import { lockAttachment, updateAttachment } from '../store/attachments.ts'
import { done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Takes a file back; copies elsewhere are withdrawn. A contact reaches only their own. */
export const detachFile: Command<{ readonly attachment: string }, { readonly id: string }> = async (
  tx,
  context,
  input,
) => {
  const attachment = isId(input.attachment) ? await lockAttachment(tx, input.attachment) : null
  const { actor } = context
  const hidden =
    actor.kind === 'contact' && (attachment?.author.kind !== 'contact' || attachment.author.id !== actor.id)
  if (attachment === null || hidden) return unknown('attachment', input.attachment, '/attachment')
  if (attachment.state === 'deleted') return done({ id: attachment.id })
  await updateAttachment(tx, attachment.id, { state: 'deleted' })
  const record = { kind: attachment.record_kind, id: attachment.record_id }
  return done(
    { id: attachment.id },
    {
      events: [{ kind: 'attachment.deleted', record, data: { attachment: attachment.id } }],
      changed: [record],
    },
  )
}
