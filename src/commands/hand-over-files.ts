import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { attachmentsFor, insertAttachment } from '../store/attachments.ts'
import type { Tx } from '../store/database.ts'
import type { Effects } from './outcome.ts'
import type { CommandContext } from './run-command.ts'

const MOST = 50

/**
 * Files of a ticket that go along to engineering: the same bytes, hung on the work item too, for engineering alone. The
 * ticket's own file stays as it is and for whom it is. What crosses to a tool with the ticket's words anyway (public,
 * staff) is not hung up a second time there.
 */
export const handOverFiles = async (
  tx: Tx,
  context: CommandContext,
  given: {
    readonly ticketId: string
    readonly workItemId: string
    readonly files: readonly string[]
    readonly isElsewhere: boolean
  },
): Promise<Result<Effects, Refusal>> => {
  const field = '/files'
  const wanted = new Set(given.files)
  if (wanted.size > MOST) return err(refuse('invalid', `Choose at most ${MOST} files.`, { field }))
  const files = (wanted.size === 0 ? [] : await attachmentsFor(tx, [given.ticketId], 'support')).filter(
    ({ id }) => wanted.has(id),
  )
  if (files.length < wanted.size)
    return err(refuse('not-found', 'One of the files is not on the ticket any more: look again.', { field }))
  if (files.some(({ state }) => state !== 'stored'))
    return err(
      refuse('wrong-state', 'The bytes of one of the files are not here yet: leave it out.', { field }),
    )
  const record = { kind: 'work item', id: given.workItemId } as const
  const copied = files.filter(({ audience }) => !given.isElsewhere || audience === 'support')
  const ids: string[] = []
  for (const file of copied) {
    const id = context.newId()
    ids.push(id)
    await insertAttachment(tx, {
      ...{ id, record, commentId: null, author: context.actor, name: file.name, mediaType: file.media_type },
      ...{ size: file.size, sha256: file.sha256, audience: 'engineering', state: 'stored' },
      ...{ sourceConnection: null, at: context.now },
    })
  }
  return ok({
    events: ids.map((attachment) => ({
      ...{ kind: 'attachment.added', record, data: { attachment, audience: 'engineering' } },
    })),
    changed: [],
  })
}
