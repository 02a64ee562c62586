import type { HttpResponse, Operation, Receipt, Session } from '../../sync/connector.ts'
import { isFault, RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, Snapshot, ToolFields } from '../../sync/snapshot.ts'
import type { RestClient } from './client.ts'
import { snapshotOf, textOf, writeFields } from './convert.ts'
import type { Declaration } from './declaration.ts'
import { type JsonObject, readPath, writePath } from './field-path.ts'
import type { VisibilityRule, Write } from './schema.ts'

/** Writing, one operation at a time. An answer that cannot be understood after a write is `unknown`, never a failure. */

const NOTHING: Receipt = { ref: null, elementId: null, snapshot: null }

const undeclared = (what: string): RemoteFault =>
  new RemoteFault('invalid', `the declaration does not say how to ${what}`)

const etag = (response: HttpResponse): string | null => response.headers['etag'] ?? null

export const pushTo = (
  declaration: Declaration,
  client: RestClient,
  accountId: () => Promise<string | null>,
): Session['push'] => {
  const { shape } = declaration

  const headersFor = (
    write: Write,
    key: string,
    version: string | null = null,
  ): Readonly<Record<string, string>> => ({
    ...(write.idempotencyHeader === undefined ? {} : { [write.idempotencyHeader.toLowerCase()]: key }),
    ...(write.ifMatch === true && version !== null ? { 'if-match': version } : {}),
  })

  /** The item a write's answer holds, when it is declared to hold one. */
  const shownBy = async (write: Write, response: HttpResponse): Promise<Snapshot | null> => {
    if (write.returnsItem !== true) return null
    const item = answered(declaration, write, response)
    const us = await accountId()
    try {
      return snapshotOf(declaration, item, us, etag(response))
    } catch (error) {
      // The write is done; a read will show what this answer does not.
      if (isFault(error)) return null
      throw error
    }
  }

  /** An item must not land in another container than the one asked for. */
  const containedFields = (
    write: Write,
    { container, fields }: Extract<Operation, { op: 'create' }>,
  ): ToolFields => {
    const refused = (reason: string): RemoteFault =>
      new RemoteFault('invalid', `an item cannot be made in "${container}": ${reason}`, {
        field: 'container',
      })
    if (shape.container !== undefined && container !== shape.container)
      throw refused(`the declaration names only "${shape.container}"`)
    if (
      shape.container !== undefined ||
      `${write.path}${JSON.stringify(write.query ?? {})}`.includes('{container}')
    )
      return fields
    if (declaration.fields.some((each) => each.field === 'container' && each.write !== null))
      return { ...fields, container }
    throw refused('the declaration does not say where the container is written')
  }

  const create = async (operation: Extract<Operation, { op: 'create' }>, key: string): Promise<Receipt> => {
    const write = shape.create
    if (write === undefined) throw undeclared('create items')
    const body: JsonObject = {}
    writeFields(declaration, body, containedFields(write, operation))
    if (declaration.marker !== null) writePath(body, declaration.marker, operation.marker)
    const response = await client.write(
      write,
      'POST',
      { container: operation.container },
      body,
      headersFor(write, key),
    )
    const snapshot = await shownBy(write, response)
    const ref: RemoteRef | null = snapshot?.ref ?? createdRef(declaration, write, response)
    if (ref === null)
      throw new RemoteFault('unknown', 'the tool made an item, but its answer does not say which')
    return { ref, elementId: null, snapshot }
  }

  const patch = async (
    ref: RemoteRef,
    fields: ToolFields,
    version: string | null,
    key: string,
  ): Promise<Receipt> => {
    const write = shape.patch
    if (write === undefined) throw undeclared('change items')
    const body: JsonObject = {}
    writeFields(declaration, body, fields)
    const response = await client.write(write, 'PATCH', { id: ref.id }, body, headersFor(write, key, version))
    return { ref: null, elementId: null, snapshot: await shownBy(write, response) }
  }

  const transition = async (
    operation: Extract<Operation, { op: 'transition' }>,
    key: string,
  ): Promise<Receipt> => {
    const fields = { ...operation.fields, status: operation.to }
    const write = shape.transition
    if (write === undefined) return patch(operation.ref, fields, null, key)
    const body: JsonObject = {}
    writeFields(declaration, body, fields)
    const names = { id: operation.ref.id, status: operation.to }
    const response = await client.write(write, 'POST', names, body, headersFor(write, key))
    return { ref: null, elementId: null, snapshot: await shownBy(write, response) }
  }

  const commentAdd = async (
    operation: Extract<Operation, { op: 'comment.add' }>,
    key: string,
  ): Promise<Receipt> => {
    const rules = shape.comments
    if (rules?.add === undefined) throw undeclared('add comments')
    const body: JsonObject = {}
    writePath(body, declaration.path(rules.textField ?? 'text'), operation.text)
    writeVisibility(declaration, rules.visibility, body, operation.visibility)
    const response = await client.write(
      rules.add,
      'POST',
      { id: operation.ref.id },
      body,
      headersFor(rules.add, key),
    )
    return {
      ...NOTHING,
      elementId: elementId(declaration, rules.add, response, declaration.comments?.id ?? null),
    }
  }

  const commentEdit = async (
    operation: Extract<Operation, { op: 'comment.edit' }>,
    key: string,
  ): Promise<Receipt> => {
    const rules = shape.comments
    if (rules?.edit === undefined) throw undeclared('edit comments')
    const body: JsonObject = {}
    writePath(body, declaration.path(rules.textField ?? 'text'), operation.text)
    const names = { id: operation.ref.id, commentId: operation.commentId }
    await client.write(rules.edit, 'PATCH', names, body, headersFor(rules.edit, key))
    return NOTHING
  }

  const remove = async (
    write: Write | undefined,
    names: Parameters<RestClient['write']>[2],
    what: string,
    key: string,
  ): Promise<Receipt> => {
    if (write === undefined) throw undeclared(`delete ${what}`)
    try {
      await client.write(write, 'DELETE', names, null, headersFor(write, key))
    } catch (error) {
      // Gone already is what was asked for.
      if (!isFault(error) || error.kind !== 'gone') throw error
    }
    return NOTHING
  }

  const attach = async (
    operation: Extract<Operation, { op: 'attach' }>,
    key: string,
    content: (() => AsyncIterable<Uint8Array>) | undefined,
  ): Promise<Receipt> => {
    const upload = shape.attachments?.upload
    if (upload === undefined) throw undeclared('upload attachments')
    if (content === undefined) throw new RemoteFault('invalid', 'the attachment has no content')
    const part = {
      name: upload.part ?? 'file',
      filename: operation.name,
      mediaType: operation.mediaType,
      content: content(),
      size: operation.size,
    }
    const response = await client.upload(upload.path, { id: operation.ref.id }, part, {
      'idempotency-key': key,
    })
    return {
      ...NOTHING,
      elementId: elementId(
        declaration,
        { path: upload.path, ...(upload.id === undefined ? {} : { item: upload.id }) },
        response,
        declaration.attachments?.id ?? null,
      ),
    }
  }

  return async (operation, key, content) => {
    switch (operation.op) {
      case 'create':
        return create(operation, key)
      case 'update':
        return patch(operation.ref, operation.fields, operation.version, key)
      case 'transition':
        return transition(operation, key)
      case 'comment.add':
        return commentAdd(operation, key)
      case 'comment.edit':
        return commentEdit(operation, key)
      case 'comment.delete':
        return remove(
          shape.comments?.delete,
          { id: operation.ref.id, commentId: operation.commentId },
          'comments',
          key,
        )
      case 'attach':
        return attach(operation, key, content)
      case 'detach':
        return remove(
          shape.attachments?.delete,
          { id: operation.ref.id, attachmentId: operation.attachmentId },
          'attachments',
          key,
        )
      case 'link.add':
      case 'link.remove':
        throw undeclared('keep links')
    }
  }
}

const writeVisibility = (
  declaration: Declaration,
  rule: VisibilityRule,
  body: JsonObject,
  visibility: 'public' | 'internal',
): void => {
  const value = rule[visibility]
  // A tool with one kind of comment must not be given the other: it would show what is internal.
  if (value === undefined) throw new RemoteFault('invalid', `the declaration has no ${visibility} comments`)
  if (rule.write !== undefined) writePath(body, declaration.path(rule.write), value)
  else if (rule.read !== undefined)
    throw new RemoteFault(
      'invalid',
      'the declaration does not say where the visibility of a comment is written',
    )
}

/** What the answer of a write holds where the declaration says. An answer that cannot be read is `unknown` (HTTP layer). */
const answered = (declaration: Declaration, write: Write, response: HttpResponse): unknown =>
  response.bytes.length === 0 ? undefined : readPath(response.json(), declaration.path(write.item))

/** `item` may lead to the item or to its bare id. */
const createdRef = (declaration: Declaration, write: Write, response: HttpResponse): RemoteRef | null => {
  const found = answered(declaration, write, response)
  const id = textOf(found) ?? textOf(declaration.item.id(found))
  return id === null || id === '' ? null : { id }
}

const elementId = (
  declaration: Declaration,
  write: Write,
  response: HttpResponse,
  read: ((value: unknown) => unknown) | null,
): string | null => {
  const found = answered(declaration, write, response)
  return textOf(found) ?? textOf(read?.(found))
}
