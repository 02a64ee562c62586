import type { Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import { derivedId } from './derived-id.ts'
import { elementIdOf, extentOf, issueIdOf, type Of, type Pushing, receipt, shownOf } from './pushing.ts'
import { publicWordOf } from './settings.ts'
import { readSaid, seemsPublic, writeSaid } from './text.ts'

/**
 * Comments. Everybody of the workspace reads all of them, and no customer does; what is meant for customers begins with
 * the word of the settings.
 */

const bodyOf = (text: string, isPublic: boolean, word: string | null): string => {
  if (text.trim() === '') throw new RemoteFault('invalid', 'Linear keeps no empty comments')
  if (isPublic && word === null)
    throw new RemoteFault(
      'invalid',
      'Comments in Linear are internal: no word for public ones is named in the settings of this connection',
    )
  if (!isPublic && seemsPublic(text, word))
    throw new RemoteFault('invalid', `The internal comment begins with “${word}”: it would count as public`)
  return writeSaid(text, isPublic, word)
}

export const addComment = async (
  pushing: Pushing,
  operation: Of<'comment.add'>,
  key: string,
): Promise<Receipt> => {
  const { client, settings } = pushing
  const issueId = issueIdOf(operation.ref, 'comments')
  const body = bodyOf(operation.text, operation.visibility === 'public', publicWordOf(settings))
  const id = derivedId('comment', key)
  const input = { id, issueId, body, doNotSubscribeToIssue: true }
  try {
    const { commentCreate } = await client.ask('commentCreate', { input, ...(await extentOf(pushing)) })
    return receipt(await shownOf(pushing, commentCreate.comment.issue), id)
  } catch (thrown) {
    if (!isFault(thrown) || thrown.kind !== 'invalid') throw thrown
    // refused, because an earlier call whose answer was lost has made it
    const there = await client.askIfThere('commentOne', { id })
    if (there?.comment.issue?.id !== issueId) throw thrown
    return receipt(null, id)
  }
}

/** Who is meant does not change with the words: the word at the beginning stays as it is there. */
export const editComment = async (pushing: Pushing, operation: Of<'comment.edit'>): Promise<Receipt> => {
  const { client, settings } = pushing
  issueIdOf(operation.ref, 'comments')
  const id = elementIdOf(operation.commentId)
  const word = publicWordOf(settings)
  const isPublic =
    word !== null && readSaid((await client.ask('commentOne', { id })).comment.body, word).isPublic
  const input = { body: bodyOf(operation.text, isPublic, word) }
  const { commentUpdate } = await client.ask('commentUpdate', { id, input, ...(await extentOf(pushing)) })
  return receipt(await shownOf(pushing, commentUpdate.comment.issue), id)
}

/** What does not exist any more is deleted. */
export const deleteComment = async (pushing: Pushing, operation: Of<'comment.delete'>): Promise<Receipt> => {
  issueIdOf(operation.ref, 'comments')
  await pushing.client.askIfThere('commentDelete', { id: elementIdOf(operation.commentId) })
  return receipt(null, operation.commentId)
}
