import type { Receipt } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { visibilityOf } from './convert.ts'
import { elementId, issueId, type Of, type PushContext, readBack, unlessGone } from './push-context.ts'
import type { JiraSettings } from './settings.ts'
import { writtenText } from './values.ts'

/** Comments, public and internal. An internal one is restricted to a role or group; a desk's has a property for it. */

const restriction = ({ internalRole, internalGroup }: JiraSettings) => {
  if ((internalRole ?? '') !== '') return { type: 'role', value: internalRole }
  if ((internalGroup ?? '') !== '') return { type: 'group', value: internalGroup }
  throw new RemoteFault(
    'invalid',
    'an internal comment needs a role or group that it is restricted to: name one in the settings of the connection',
  )
}

const bodyOf = (text: string, cloud: boolean): unknown => {
  if (text.trim() === '') throw new RemoteFault('invalid', 'Jira keeps no empty comments')
  return writtenText(text, cloud)
}

export const addComment = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const { client, settings, desk } = context
  const id = issueId(operation.ref, 'comments')
  const isInternal = operation.visibility === 'internal'
  const limits =
    desk.commentParameters?.(isInternal) ?? (isInternal ? { visibility: restriction(settings) } : {})
  const made = await client.addComment(id, { body: bodyOf(operation.text, client.cloud), ...limits })
  const commentId = String(made.id)
  // rather no comment than one that more people read than should
  if (isInternal && visibilityOf(made, desk.isDesk) === 'public') {
    await client.deleteComment(id, commentId)
    throw new RemoteFault(
      'invalid',
      `Jira made an internal comment on issue ${id} public; it was deleted again`,
    )
  }
  const shown = await readBack(context, operation.ref)
  return { ref: shown?.ref ?? null, elementId: commentId, snapshot: shown }
}

export const editComment = async (context: PushContext, operation: Of<'comment.edit'>): Promise<Receipt> => {
  const { client } = context
  const id = issueId(operation.ref, 'comments')
  const commentId = elementId(operation.commentId, 'comment')
  const body = bodyOf(operation.text, client.cloud)
  const shown = await client.comment(id, commentId)
  if (shown === null) throw new RemoteFault('gone', `comment ${commentId} does not exist in Jira (any more)`)
  // a restriction that is not sent again is taken away
  const visibility = shown.visibility
    ? { visibility: { type: shown.visibility.type, value: shown.visibility.value } }
    : {}
  await client.editComment(id, commentId, { body, ...visibility })
  const after = await readBack(context, operation.ref)
  return { ref: after?.ref ?? null, elementId: commentId, snapshot: after }
}

export const deleteComment = async (
  context: PushContext,
  operation: Of<'comment.delete'>,
): Promise<Receipt> => {
  const id = issueId(operation.ref, 'comments')
  const commentId = elementId(operation.commentId, 'comment')
  await unlessGone(() => context.client.deleteComment(id, commentId))
  const shown = await readBack(context, operation.ref)
  return { ref: shown?.ref ?? null, elementId: commentId, snapshot: shown }
}
