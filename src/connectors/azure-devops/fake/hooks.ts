import { randomUUID } from 'node:crypto'
import { type FakeItem, type FakeState, identity, iso } from './state.ts'

/** What the service hooks of the pretended tool post. It signs nothing: it sends the headers of the subscription. */
export interface FakePost {
  readonly subscriptionId: string
  readonly url: string
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** One header a line, `Name:value`. */
const headersIn = (text: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    String(text ?? '')
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => [
        line.slice(0, line.indexOf(':')).trim().toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
  )

const inputs = (subscription: Record<string, unknown>, name: string): Record<string, unknown> =>
  (subscription[name] ?? {}) as Record<string, unknown>

/** Of an update the resource is the update, and the item is inside. */
const resourceOf = (event: string, item: FakeItem): Record<string, unknown> => {
  const shown = { id: item.id, rev: item.rev, fields: item.fields }
  const last = item.updates.at(-1)
  if (event !== 'workitem.updated' || last === undefined) return shown
  return {
    id: item.updates.length,
    workItemId: item.id,
    rev: last.rev,
    revisedBy: identity(last.by),
    revisedDate: iso(last.atMs),
    fields: last.fields,
    revision: shown,
  }
}

export const bodyOf = (event: string, item: FakeItem, subscriptionId: string, nowMs: number) => ({
  subscriptionId,
  notificationId: 1,
  id: randomUUID(),
  eventType: event,
  publisherId: 'tfs',
  resource: resourceOf(event, item),
  resourceVersion: '1.0',
  createdDate: iso(nowMs),
})

export const postsFor = (
  state: FakeState,
  event: string,
  item: FakeItem,
  nowMs: number,
): readonly FakePost[] => {
  const project = state.projects.find(({ name }) => name === item.fields['System.TeamProject'])
  return [...state.subscriptions.entries()].flatMap(([id, subscription]): FakePost[] => {
    const isMeant =
      subscription['eventType'] === event &&
      inputs(subscription, 'publisherInputs')['projectId'] === project?.id &&
      ['enabled', 'onProbation'].includes(String(subscription['status']))
    if (!isMeant) return []
    const { url, httpHeaders } = inputs(subscription, 'consumerInputs')
    return [
      {
        subscriptionId: id,
        url: String(url),
        bytes: Buffer.from(JSON.stringify(bodyOf(event, item, id, nowMs))),
        headers: { 'content-type': 'application/json; charset=utf-8', ...headersIn(httpHeaders) },
      },
    ]
  })
}

/** As it is shown: what is confidential is stars. */
export const showSubscription = (id: string, subscription: Record<string, unknown>) => ({
  ...subscription,
  id,
  consumerInputs: {
    ...inputs(subscription, 'consumerInputs'),
    ...(inputs(subscription, 'consumerInputs')['httpHeaders'] === undefined
      ? {}
      : { httpHeaders: '********' }),
  },
})
