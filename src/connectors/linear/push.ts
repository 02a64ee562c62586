import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { Snapshot, ToolFields } from '../../sync/snapshot.ts'
import { markUrl, targetOf } from './convert.ts'
import { derivedId } from './derived-id.ts'
import { customersIn, ignoredField, issueInput, needsBrief, refused, releaseInputOf } from './encode.ts'
import { fieldsOf, isTold, overwroteIn, sinceOf } from './overwrote.ts'
import { addComment, deleteComment, editComment } from './push-comments.ts'
import { addLink, attach, detach, removeLink } from './push-files.ts'
import { type Content, extentOf, goneFault, type Of, type Pushing, receipt, shownOf } from './pushing.ts'
import type { WireBrief, WireWhole } from './schema.ts'
import { customersOf, markPrefixOf } from './settings.ts'

/** One operation each. A mutation answers with the whole issue, so that nothing is read back. */

const briefOf = async ({ client, catalog }: Pushing, id: string): Promise<WireBrief> => {
  const { issue } = await client.ask('brief', { id, ...(await catalog.extent()) })
  if (issue.trashed === true) throw goneFault(`issue ${id}`)
  return issue
}

// ---- customers --------------------------------------------------------------------------------------------

/** A request of each customer named; those that we made for others go, those of people stay. */
const writeNeeds = async (
  { client, catalog, settings }: Pushing,
  issueId: string,
  names: readonly string[],
  now: WireBrief['needs'],
): Promise<void> => {
  if (customersOf(settings) === null)
    throw refused('cf:Customers', 'Customers are switched off in the settings of this connection')
  if (!(await catalog.extent()).customers)
    throw refused('cf:Customers', 'Customers are switched off in this workspace of Linear')
  const wanted: string[] = []
  for (const name of names) wanted.push(await catalog.customerId(name))
  const current = now?.nodes ?? []
  const needId = (customerId: string): string => derivedId('need', `${issueId} ${customerId}`)
  for (const customerId of wanted)
    if (!current.some(({ customer }) => customer?.id === customerId))
      await client.ask('needCreate', { input: { id: needId(customerId), issueId, customerId } })
  for (const { id, customer } of current)
    if (customer !== null && !wanted.includes(customer.id) && id === needId(customer.id))
      await client.ask('needDelete', { id })
}

// ---- items ------------------------------------------------------------------------------------------------

/**
 * Makes the issue and its mark in one call, under ids that are drawn from the key: asked again, Linear refuses the id,
 * and the issue is there. Never fails once it is made: a fault would hide it.
 */
const create = async (pushing: Pushing, operation: Of<'create'>, key: string): Promise<Receipt> => {
  const { catalog, client, settings } = pushing
  const { container: _, 'cf:CausewayKey': __, ...fields } = operation.fields
  const team = await catalog.team(operation.container)
  if (typeof fields.title !== 'string') throw refused('title', 'Linear keeps no issue without a title')
  const id = derivedId('issue', key)
  const issue = {
    ...(await issueInput(fields, { catalog, settings, team: team.key, now: null })),
    id,
    teamId: team.id,
  }
  const mark = {
    id: derivedId('mark', key),
    issueId: id,
    title: `Causeway ${operation.marker.split('/')[0] ?? ''}`,
    url: markUrl(markPrefixOf(settings), operation.marker),
  }
  const extent = await extentOf(pushing)
  const made = await madeOnce(pushing, id, mark, () => client.ask('create', { issue, mark, ...extent }))
  const customers = customersIn(fields)
  if (customers !== null && customers.length > 0) {
    const isDone = await settled(() => writeNeeds(pushing, id, customers, undefined))
    return { ref: { id }, elementId: null, snapshot: isDone ? await readBack(pushing, id) : null }
  }
  return { ref: { id }, elementId: null, snapshot: await shownOf(pushing, made) }
}

const settled = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work()
    return true
  } catch (thrown) {
    if (isFault(thrown)) return false
    throw thrown
  }
}

const readBack = async (pushing: Pushing, id: string): Promise<Snapshot | null> => {
  try {
    const shown = await pushing.fetch({ id })
    return shown === 'gone' ? null : shown
  } catch (thrown) {
    if (isFault(thrown)) return null
    throw thrown
  }
}

/** What Linear refuses may be refused because it is there already, from a call whose answer was lost. */
const madeOnce = async (
  pushing: Pushing,
  id: string,
  mark: Readonly<Record<string, unknown>>,
  make: () => Promise<{ readonly attachmentCreate: { readonly attachment: { readonly issue: WireWhole } } }>,
): Promise<WireWhole> => {
  try {
    return (await make()).attachmentCreate.attachment.issue
  } catch (thrown) {
    if (!isFault(thrown) || (thrown.kind !== 'invalid' && thrown.kind !== 'gone')) throw thrown
    const extent = await extentOf(pushing)
    const there = await pushing.client.askIfThere('issue', { id, ...extent })
    if (there === null || there.issue.trashed === true) throw thrown
    if (there.issue.marks.nodes.some(({ url }) => url === mark['url'])) return there.issue
    const marked = await pushing.client.ask('mark', { mark, ...extent })
    return marked.attachmentCreate.attachment.issue
  }
}

const refuseIgnored = (fields: ToolFields, shown: Snapshot | null): void => {
  const field = shown === null ? null : ignoredField(fields, shown.fields)
  if (field === null) return
  const value = JSON.stringify(fields[field] ?? null).slice(0, 100)
  throw refused(field, `Linear did not keep ${field} ${value}: a rule of the team took it back`)
}

const updateIssue = async (pushing: Pushing, write: FieldWrite, id: string): Promise<Receipt> => {
  const { catalog, client, settings } = pushing
  const fields = fieldsOf(write)
  const now = needsBrief(fields) ? await briefOf(pushing, id) : null
  const team = typeof fields.container === 'string' ? fields.container : (now?.team.key ?? '')
  const input = await issueInput(fields, { catalog, settings, team, now: now ?? NOTHING })
  const customers = customersIn(fields)
  if (customers !== null) await writeNeeds(pushing, id, customers, now?.needs)
  if (Object.keys(input).length === 0) return receipt(await readBack(pushing, id))
  const answer = await client.ask('update', { id, input, ...(await extentOf(pushing)) })
  const issue = answer.issueUpdate.issue
  if (issue?.trashed === true) throw goneFault(`issue ${id}`)
  const shown = await shownOf(pushing, issue)
  const since = sinceOf(write)
  const told =
    since !== null && isTold(fields) ? await afterWrite(() => lostEdits(pushing, id, since, fields)) : {}
  refuseIgnored(fields, shown)
  return { ...receipt(shown), overwrote: told }
}

/** For fields that need no look at how the issue stands. */
const NOTHING: WireBrief = { trashed: null, labelIds: [], team: { key: '' }, project: null }

const updateRelease = async (pushing: Pushing, write: FieldWrite, id: string): Promise<Receipt> => {
  const { client } = pushing
  const input = await releaseInputOf(fieldsOf(write), async (name) => {
    const { release } = await client.ask('stages', { id })
    const found = release.pipeline.stages.nodes.find((one) => one.name === name)
    if (found === undefined)
      throw refused('status', `The release's pipeline in Linear has no stage “${name}”`)
    return found.id
  })
  const { releaseUpdate } = await client.ask('releaseUpdate', { id, input })
  return receipt(await pushing.release(releaseUpdate.release))
}

const update = async (pushing: Pushing, write: FieldWrite): Promise<Receipt> => {
  const target = targetOf(write.ref.id)
  if (target === null) throw goneFault(`“${write.ref.id.slice(0, 60)}”`)
  return target.kind === 'issue'
    ? updateIssue(pushing, write, target.id)
    : updateRelease(pushing, write, target.id)
}

const lostEdits = async (
  { client, catalog }: Pushing,
  id: string,
  since: string,
  fields: ToolFields,
): Promise<ToolFields> => {
  const { issue } = await client.ask('history', { id })
  return overwroteIn(issue.history.nodes, since, fields, await catalog.accountId())
}

/** The write is done; what it replaced can only be told by reading, so it is asked for again. */
const afterWrite = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (thrown) {
    if (!isFault(thrown) || thrown.kind === 'gone') throw thrown
    const detail = `written, but could not read back what that replaced: ${thrown.detail}`
    throw new RemoteFault('unknown', detail, { retryAt: thrown.retryAt, cause: thrown })
  }
}

export const overwritten = async (pushing: Pushing, write: FieldWrite): Promise<ToolFields> => {
  const since = sinceOf(write)
  const target = targetOf(write.ref.id)
  if (since === null || target?.kind !== 'issue') return {}
  try {
    return await lostEdits(pushing, target.id, since, fieldsOf(write))
  } catch (thrown) {
    if (isFault(thrown) && thrown.kind === 'gone') return {}
    throw thrown
  }
}

export const push = (
  pushing: Pushing,
  operation: Operation,
  key: string,
  content: Content,
): Promise<Receipt> => {
  switch (operation.op) {
    case 'create':
      return create(pushing, operation, key)
    case 'update':
    case 'transition':
      return update(pushing, operation)
    case 'comment.add':
      return addComment(pushing, operation, key)
    case 'comment.edit':
      return editComment(pushing, operation)
    case 'comment.delete':
      return deleteComment(pushing, operation)
    case 'attach':
      return attach(pushing, operation, key, content)
    case 'detach':
      return detach(pushing, operation)
    case 'link.add':
      return addLink(pushing, operation)
    case 'link.remove':
      return removeLink(pushing, operation)
  }
}
