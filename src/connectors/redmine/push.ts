import type { FieldWrite, Operation, Receipt } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, SnapshotComment, ToolField, ToolFields } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import type { RedmineClient, Written } from './client.ts'
import { issueRef, normalLines, type Target, targetOf } from './convert.ts'
import { entriesOf, ignoredField, issueParameters, projectIdOf, versionParameters } from './encode.ts'
import { descriptionFor } from './file-name.ts'
import { overwroteIn, sinceOf } from './overwrote.ts'
import type { Settings, WireIssue } from './schema.ts'

/**
 * One operation each. Redmine answers an update with nothing, so every write is read back, and a value that is not
 * shown afterwards is `invalid`. A read-back that fails says nothing about the write: then the receipt holds no
 * snapshot, and the caller's next read tells.
 */

export interface PushContext {
  readonly client: RedmineClient
  readonly catalog: Catalog
  readonly settings: Settings
  readonly fetch: (ref: RemoteRef) => Promise<Snapshot | 'gone'>
  readonly snapshot: (issue: WireIssue) => Promise<Snapshot>
}

type Of<K extends Operation['op']> = Extract<Operation, { op: K }>
type Content = (() => AsyncIterable<Uint8Array>) | undefined

const receipt = (snapshot: Snapshot | null, elementId: string | null = null): Receipt => ({
  ref: snapshot?.ref ?? null,
  elementId,
  snapshot,
})

const readBack = async (context: PushContext, ref: RemoteRef): Promise<Snapshot | null> => {
  try {
    const shown = await context.fetch(ref)
    return shown === 'gone' ? null : shown
  } catch (error) {
    if (isFault(error)) return null
    throw error
  }
}

const knownTarget = (ref: RemoteRef): Target => {
  const target = targetOf(ref.id)
  if (target === null) throw new RemoteFault('gone', `"${ref.id}" is no id of Redmine`)
  return target
}

const issueId = (ref: RemoteRef, what: string): number => {
  const target = knownTarget(ref)
  if (target.kind === 'issue') return target.id
  throw new RemoteFault('invalid', `a version in Redmine has no ${what}`)
}

const elementNumber = (id: string, what: string): number => {
  if (/^[1-9]\d{0,14}$/.test(id)) return Number(id)
  throw new RemoteFault('gone', `"${id}" is no id of a ${what} in Redmine`)
}

const writtenOf = (fields: ToolFields, catalog: Catalog): Written => {
  const names = entriesOf(fields).map(([field]) => field)
  const own = names.flatMap((name) => (name.startsWith('cf:') ? [name.slice(3)] : []))
  const known = async (): Promise<readonly string[]> => {
    try {
      return (await catalog.customFields()).map((each) => each.name)
    } catch (error) {
      // The refusal is what counts, even if it stays without a field.
      if (isFault(error)) return []
      throw error
    }
  }
  return { fields: names, customNames: async () => [...own, ...(await known())] }
}

const refuseIgnored = (fields: ToolFields, shown: Snapshot | null): void => {
  const field = shown === null ? null : ignoredField(fields, shown)
  if (field === null) return
  const value = JSON.stringify(fields[field] ?? null).slice(0, 100)
  const why =
    field === 'status'
      ? 'its workflow does not allow it for this account'
      : 'it is read-only or out of reach for this account'
  throw new RemoteFault('invalid', `Redmine ignored ${field} ${value}: ${why}`, { field })
}

// ---- items ------------------------------------------------------------------------------------------------

/** Never fails after the issue is made: a fault would hide its id, and the next try would make a twin. */
const create = async (context: PushContext, operation: Of<'create'>): Promise<Receipt> => {
  const { catalog, client, settings } = context
  const marker: ToolField = `cf:${settings.markerField}`
  const { container: _, ...own } = operation.fields
  const fields: ToolFields = { ...own, [marker]: operation.marker }
  const parameters = await issueParameters(fields, operation.container, catalog)
  const project_id = await projectIdOf(operation.container, catalog)
  const id = await client.createIssue({ project_id, ...parameters }, writtenOf(fields, catalog))
  const shown = await readBack(context, issueRef(id))
  return { ref: issueRef(id), elementId: null, snapshot: shown }
}

/** Names of categories and versions are looked up where the issue is, or where this very write moves it. */
const containerFor = async (context: PushContext, ref: RemoteRef, fields: ToolFields): Promise<string> => {
  if (typeof fields.container === 'string') return fields.container
  if (fields.component == null && fields.release == null) return ''
  const shown = await context.fetch(ref)
  if (shown === 'gone') throw new RemoteFault('gone', `${ref.id} does not exist in Redmine (any more)`)
  return shown.container
}

const fieldsOf = (write: FieldWrite): ToolFields =>
  write.op === 'update' ? write.fields : { ...write.fields, status: write.to }

const update = async (context: PushContext, write: FieldWrite): Promise<Receipt> => {
  const { client, catalog } = context
  const target = knownTarget(write.ref)
  const fields = fieldsOf(write)
  const written = writtenOf(fields, catalog)
  if (target.kind === 'version') {
    await client.updateVersion(target.id, versionParameters(fields), written)
    const shown = await readBack(context, write.ref)
    refuseIgnored(fields, shown)
    return receipt(shown)
  }
  const parameters = await issueParameters(fields, await containerFor(context, write.ref, fields), catalog)
  await client.updateIssue(target.id, parameters, written)
  const since = sinceOf(write)
  if (since === null) {
    const shown = await readBack(context, write.ref)
    refuseIgnored(fields, shown)
    return receipt(shown)
  }
  const { shown, overwrote } = await afterWrite(async () => {
    const issue = await existing(context, target.id)
    return {
      shown: await context.snapshot(issue),
      overwrote: await overwroteIn(issue, since, fields, parameters, catalog),
    }
  })
  refuseIgnored(fields, shown)
  return { ...receipt(shown), overwrote }
}

const existing = async (context: PushContext, id: number): Promise<WireIssue> => {
  const issue = await context.client.issue(id)
  if (issue === 'gone') throw new RemoteFault('gone', `issue ${id} does not exist in Redmine (any more)`)
  if (issue === 'hidden') throw new RemoteFault('invalid', `issue ${id} is not visible to this account`)
  return issue
}

/** The write is done; what it replaced can only be told by reading, so it is asked for again. */
const afterWrite = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
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
  const issue = await context.client.issue(target.id)
  if (issue === 'gone' || issue === 'hidden') return {}
  const fields = fieldsOf(write)
  const parameters = await issueParameters(fields, String(issue.project.id), context.catalog)
  return overwroteIn(issue, since, fields, parameters, context.catalog)
}

// ---- notes ------------------------------------------------------------------------------------------------

/**
 * Without this right Redmine drops `private_notes` and makes the note public. Returns the id of the newest journal
 * there is, so that an older note with the same words is not taken for the new one.
 */
const requirePrivateNotes = async (context: PushContext, ref: RemoteRef): Promise<number> => {
  const issue = await context.client.issue(issueId(ref, 'notes'))
  if (issue === 'gone') throw new RemoteFault('gone', `issue ${ref.id} does not exist in Redmine (any more)`)
  if (issue === 'hidden') throw new RemoteFault('invalid', `issue ${ref.id} is not visible to this account`)
  const rights = await context.catalog.rights(issue.project.id)
  const isAllowed = rights === 'all' || (rights.has('set_notes_private') && rights.has('view_private_notes'))
  if (isAllowed) return Math.max(0, ...(issue.journals ?? []).map((each) => each.id))
  throw new RemoteFault(
    'invalid',
    `the account may not write and see private notes in project "${issue.project.name}"; it would become public`,
  )
}

const newestNote = (shown: Snapshot | null, text: string, afterId: number): SnapshotComment | null => {
  const same = (comment: SnapshotComment) =>
    comment.byUs && Number(comment.id) > afterId && comment.text.trim() === normalLines(text).trim()
  return (shown?.comments ?? []).filter(same).sort((a, b) => Number(b.id) - Number(a.id))[0] ?? null
}

const addNote = async (context: PushContext, operation: Of<'comment.add'>): Promise<Receipt> => {
  const id = issueId(operation.ref, 'notes')
  const isInternal = operation.visibility === 'internal'
  if (operation.text.trim() === '') throw new RemoteFault('invalid', 'Redmine keeps no empty notes')
  const afterId = isInternal ? await requirePrivateNotes(context, operation.ref) : 0
  await context.client.updateIssue(id, { notes: operation.text, private_notes: isInternal })
  const shown = await readBack(context, operation.ref)
  const made = newestNote(shown, operation.text, afterId)
  if (shown !== null && made === null) {
    throw new RemoteFault(
      'invalid',
      `Redmine ignored the note on issue ${id}: the account may not add notes there`,
    )
  }
  // The right was taken away in between: rather no note than one that more people read than should.
  if (made !== null && isInternal && made.visibility !== 'internal') {
    await context.client.editNote(Number(made.id), '')
    throw new RemoteFault(
      'invalid',
      `Redmine made a private note on issue ${id} public; it was deleted again`,
    )
  }
  return receipt(shown, made?.id ?? null)
}

const editNote = async (context: PushContext, operation: Of<'comment.edit'>): Promise<Receipt> => {
  issueId(operation.ref, 'notes')
  if (operation.text.trim() === '')
    throw new RemoteFault('invalid', 'an emptied note is a deleted note in Redmine')
  await context.client.editNote(elementNumber(operation.commentId, 'note'), operation.text)
  return receipt(await readBack(context, operation.ref), operation.commentId)
}

/** What does not exist any more is deleted. */
const unlessGone = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (!isFault(error) || error.kind !== 'gone') throw error
  }
}

const deleteNote = async (context: PushContext, operation: Of<'comment.delete'>): Promise<Receipt> => {
  issueId(operation.ref, 'notes')
  await unlessGone(() => context.client.editNote(elementNumber(operation.commentId, 'note'), ''))
  return receipt(await readBack(context, operation.ref), operation.commentId)
}

// ---- attachments ------------------------------------------------------------------------------------------

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: (size: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    count(chunk.length)
    yield chunk
  }
}

const attach = async (context: PushContext, operation: Of<'attach'>, content: Content): Promise<Receipt> => {
  const id = issueId(operation.ref, 'attachments')
  if (operation.visibility === 'internal') {
    throw new RemoteFault(
      'invalid',
      'Redmine has no private attachments: everybody who sees the issue would see it',
    )
  }
  if (content === undefined) throw new RemoteFault('invalid', `the bytes of ${operation.name} are missing`)
  let size = 0
  const bytes = counted(content(), (more) => {
    size += more
  })
  const upload = await context.client.upload(operation.name, operation.size, bytes)
  if (size !== operation.size) {
    throw new RemoteFault(
      'down',
      `${size} of the ${operation.size} bytes of ${operation.name} could be read; not attached`,
    )
  }
  const file = {
    token: upload.token,
    filename: operation.name,
    content_type: operation.mediaType,
    description: descriptionFor(operation.name),
  }
  await context.client.updateIssue(id, { uploads: [file] })
  const shown = await readBack(context, operation.ref)
  const elementId = upload.id === undefined ? null : String(upload.id)
  const isListed = elementId === null || (shown?.attachments?.some((each) => each.id === elementId) ?? true)
  if (!isListed) throw new RemoteFault('invalid', `Redmine did not attach ${operation.name} to issue ${id}`)
  return receipt(shown, elementId)
}

const detach = async (context: PushContext, operation: Of<'detach'>): Promise<Receipt> => {
  issueId(operation.ref, 'attachments')
  await unlessGone(() => context.client.deleteAttachment(elementNumber(operation.attachmentId, 'attachment')))
  return receipt(await readBack(context, operation.ref), operation.attachmentId)
}

export const push = (context: PushContext, operation: Operation, content: Content): Promise<Receipt> => {
  switch (operation.op) {
    case 'create':
      return create(context, operation)
    case 'update':
    case 'transition':
      return update(context, operation)
    case 'comment.add':
      return addNote(context, operation)
    case 'comment.edit':
      return editNote(context, operation)
    case 'comment.delete':
      return deleteNote(context, operation)
    case 'attach':
      return attach(context, operation, content)
    case 'detach':
      return detach(context, operation)
    case 'link.add':
    case 'link.remove':
      return Promise.reject(
        new RemoteFault(
          'invalid',
          'an issue in Redmine is related to issues of the same Redmine only: put addresses into a custom field',
        ),
      )
  }
}
