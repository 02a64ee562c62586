import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { MARKER_PROPERTY, type Written } from './client.ts'
import { addComment, deleteComment, editComment } from './comments.ts'
import { issueRef, targetOf } from './convert.ts'
import { entriesOf, issueFields, versionParameters } from './encode.ts'
import { attach, detach } from './files.ts'
import { addLink, removeLink } from './links.ts'
import { overwroteIn, sinceOf } from './overwrote.ts'
import { knownTarget, type Of, type PushContext, readBack } from './push-context.ts'
import { chooseTransition, screenFields } from './transition.ts'

/**
 * One operation each. Jira does all of a write or nothing, and names what it refuses. After a write the item is read
 * back with its history, which tells what the write replaced.
 */

const receipt = (snapshot: Snapshot | null, elementId: string | null = null): Receipt => ({
  ref: snapshot?.ref ?? null,
  elementId,
  snapshot,
})

const writtenOf = async (fields: ToolFields, catalog: Catalog): Promise<Written> => {
  const { toolField } = await catalog.fields()
  return { fields: entriesOf(fields).map(([field]) => field), toolField }
}

const isNeverWritten = (field: ToolField): boolean =>
  field === 'status' || field === 'container' || field === 'url'

// ---- items ------------------------------------------------------------------------------------------------

/** Never fails after the issue is made: a fault would hide its id, and the next try would make a twin. */
const create = async (context: PushContext, operation: Of<'create'>): Promise<Receipt> => {
  const { catalog, client, settings, desk } = context
  const { container: _, status: _status, ...own } = operation.fields
  const type = own.type ?? settings.defaultType
  const asked = { ...own, ...(type === undefined ? {} : { type }) }
  const { fields, raw } = await desk.writtenFields(client, operation.container, asked)
  // what is empty anyway need not be on the screen of new issues
  const filled = Object.fromEntries(
    entriesOf(fields).filter(([, value]) => value !== null && value !== '' && String(value) !== ''),
  )
  const written = await writtenOf({ ...fields, container: operation.container }, catalog)
  const id = await client.createIssue(
    {
      fields: {
        project: { key: operation.container },
        ...(await issueFields(filled, catalog, client.cloud)),
        ...raw,
      },
      properties: [{ key: MARKER_PROPERTY, value: { key: operation.marker } }],
    },
    written,
  )
  const shown = await readBack(context, issueRef(id))
  return { ref: issueRef(id), elementId: null, snapshot: shown }
}

const update = async (context: PushContext, operation: Of<'update'>): Promise<Receipt> => {
  const { client, catalog, desk } = context
  const target = knownTarget(operation.ref)
  if (target.kind === 'version') return updateVersion(context, target.id, operation.ref, operation.fields)
  refuseNeverWritten(operation.fields)
  const { fields, raw } = await desk.writtenFields(client, null, operation.fields)
  const sent = { ...(await issueFields(fields, catalog, client.cloud)), ...raw }
  await client.updateIssue(target.id, sent, await writtenOf(operation.fields, catalog))
  return afterFieldWrite(context, operation, target.id)
}

const refuseNeverWritten = (fields: ToolFields): void => {
  const field = entriesOf(fields).find(([name]) => isNeverWritten(name))?.[0]
  if (field === undefined) return
  const why =
    field === 'container' ? 'Jira moves an issue by hand only' : 'Jira takes it by a transition only'
  throw new RemoteFault('invalid', `${field} cannot be written as a field: ${why}`, { field })
}

const updateVersion = async (
  context: PushContext,
  id: string,
  ref: RemoteRef,
  fields: ToolFields,
): Promise<Receipt> => {
  const written = await writtenOf(fields, context.catalog)
  // a version names the members that differ
  const names: Written = {
    ...written,
    toolField: (name) => (name === 'name' ? 'title' : name === 'releaseDate' ? 'due' : null),
  }
  await context.client.updateVersion(id, versionParameters(fields), names)
  return receipt(await readBack(context, ref))
}

const transition = async (context: PushContext, operation: Of<'transition'>): Promise<Receipt> => {
  const { client, catalog } = context
  const target = knownTarget(operation.ref)
  if (target.kind === 'version')
    return updateVersion(context, target.id, operation.ref, { ...operation.fields, status: operation.to })
  refuseNeverWritten(operation.fields)
  const issue = await client.issue(target.id, {
    fields: 'status',
    expand: 'transitions.fields',
  })
  if (issue === null) throw new RemoteFault('gone', `issue ${target.id} does not exist in Jira (any more)`)
  const fields = await issueFields(operation.fields, catalog, client.cloud)
  const index = await catalog.fields()
  const step = chooseTransition(issue, operation.to, fields, index)
  const { onScreen, others } = screenFields(step, fields)
  const written = await writtenOf(operation.fields, catalog)
  // first what the step does not ask for: refused values then leave the status alone
  if (Object.keys(others).length > 0) await client.updateIssue(target.id, others, written)
  if (step !== 'there already') {
    const json = {
      transition: { id: String(step.id) },
      ...(Object.keys(onScreen).length === 0 ? {} : { fields: onScreen }),
    }
    await client.transition(target.id, json, { ...written, fields: [...written.fields, 'status'] })
  }
  return afterFieldWrite(context, operation, target.id)
}

/** The write is done; what it replaced can only be told by reading, so it is asked for again. */
const afterFieldWrite = async (context: PushContext, write: FieldWrite, id: string): Promise<Receipt> => {
  const since = sinceOf(write)
  if (since === null) return receipt(await readBack(context, write.ref))
  try {
    const issue = await context.client.issue(id, { expand: 'transitions,changelog' })
    if (issue === null) throw new RemoteFault('gone', `issue ${id} does not exist in Jira (any more)`)
    return {
      ...receipt(await context.snapshot(issue)),
      overwrote: await overwroteIn(issue, since, write, context.catalog, context.client.cloud),
    }
  } catch (error) {
    if (!isFault(error) || error.kind === 'gone') throw error
    const detail = `written, but could not read back what that replaced: ${error.detail}`
    throw new RemoteFault('unknown', detail, { retryAt: error.retryAt, cause: error })
  }
}

export const overwritten = async (context: PushContext, write: FieldWrite): Promise<ToolFields> => {
  const since = sinceOf(write)
  const target = targetOf(write.ref.id)
  if (since === null || target?.kind !== 'issue') return {}
  const issue = await context.client.issue(target.id, { expand: 'changelog' })
  return issue === null ? {} : overwroteIn(issue, since, write, context.catalog, context.client.cloud)
}

export const push = (
  context: PushContext,
  operation: Operation,
  content: (() => AsyncIterable<Uint8Array>) | undefined,
): Promise<Receipt> => {
  switch (operation.op) {
    case 'create':
      return create(context, operation)
    case 'update':
      return update(context, operation)
    case 'transition':
      return transition(context, operation)
    case 'comment.add':
      return addComment(context, operation)
    case 'comment.edit':
      return editComment(context, operation)
    case 'comment.delete':
      return deleteComment(context, operation)
    case 'attach':
      return attach(context, operation, content)
    case 'detach':
      return detach(context, operation)
    case 'link.add':
      return addLink(context, operation)
    case 'link.remove':
      return removeLink(context, operation)
  }
}
