import { createHash } from 'node:crypto'
import type { Receipt } from '../../sync/connector.ts'
import { issueId, type Of, type PushContext, readBack, unlessGone } from './push-context.ts'

/** Links to addresses elsewhere: remote links, with a `globalId` by which ours are known, made once and removed. */

const globalId = (url: string): string =>
  `causeway=${createHash('sha256').update(url).digest('hex').slice(0, 40)}`

const MAX_TITLE = 250

export const addLink = async (context: PushContext, operation: Of<'link.add'>): Promise<Receipt> => {
  const id = issueId(operation.ref, 'links')
  const title = (operation.title || operation.url).slice(0, MAX_TITLE)
  await context.client.addRemoteLink(id, globalId(operation.url), operation.url, title)
  const snapshot = await readBack(context, operation.ref)
  return { ref: snapshot?.ref ?? null, elementId: null, snapshot }
}

export const removeLink = async (context: PushContext, operation: Of<'link.remove'>): Promise<Receipt> => {
  const id = issueId(operation.ref, 'links')
  await unlessGone(() => context.client.deleteRemoteLink(id, globalId(operation.url)))
  const snapshot = await readBack(context, operation.ref)
  return { ref: snapshot?.ref ?? null, elementId: null, snapshot }
}
