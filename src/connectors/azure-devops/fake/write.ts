import {
  type FakeField,
  type FakeItem,
  type FakeNode,
  type FakeRelation,
  type FakeState,
  type FakeType,
  type FakeUpdate,
  type FakeUser,
  identity,
  iso,
} from './state.ts'

/**
 * The rules of a change: what a JSON Patch may set, what comes of it, and in which words it is refused. A change that
 * changes nothing makes no revision.
 */

export interface Refusal {
  readonly status: number
  readonly typeKey: string
  readonly message: string
  /** Reference name of the field whose rule is broken. */
  readonly rule?: string
}
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

export interface Op {
  readonly op?: unknown
  readonly path?: unknown
  readonly value?: unknown
}

const denied = (status: number, typeKey: string, message: string, rule?: string): never => {
  throw new Refused({ status, typeKey, message, ...(rule === undefined ? {} : { rule }) })
}

const ruleError = (field: FakeField, code: string): never =>
  denied(
    400,
    'RuleValidationException',
    `TF401320: Rule Error for field ${field.name}. Error code: ${code}.`,
    field.referenceName,
  )

const hasPath = (root: FakeNode, path: string): boolean => {
  const [first, ...rest] = path.split('\\')
  if (first !== root.name) return false
  let at: FakeNode | undefined = root
  for (const name of rest) at = at?.children.find((child) => child.name === name)
  return at !== undefined
}

const treePath = (state: FakeState, field: FakeField, value: string): string => {
  const roots = state.projects.map((one) =>
    field.referenceName === 'System.AreaPath' ? one.areas : one.iterations,
  )
  if (!roots.some((root) => hasPath(root, value)))
    denied(
      400,
      'WorkItemTrackingTreeNodeNotFoundException',
      `TF401347: Invalid tree name given for work item -1, field '${field.referenceName}'.`,
    )
  return value
}

const dateOf = (field: FakeField, value: unknown): string => {
  const ms = Date.parse(String(value))
  if (Number.isNaN(ms)) ruleError(field, 'InvalidType')
  return iso(ms).replace('.000Z', 'Z')
}

const personOf = (state: FakeState, field: FakeField, value: unknown) => {
  const found = state.users.find((one) => one.uniqueName.toLowerCase() === String(value).toLowerCase())
  return found === undefined
    ? denied(
        400,
        'WorkItemFieldInvalidException',
        `The identity value '${value}' for field '${field.name}' is an unknown identity.`,
      )
    : identity(found)
}

const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script>/gi

const valueFor = (state: FakeState, field: FakeField, value: unknown): unknown => {
  if (value === null || value === undefined || value === '') return undefined
  if (field.allowed.length > 0 && !field.allowed.some((one) => String(one) === String(value)))
    ruleError(field, 'Required, HasValues, LimitedToValues, AllowsOldValue, InvalidListValue')
  switch (field.type) {
    case 'integer':
      return /^-?\d+$/.test(String(value)) ? Number(value) : ruleError(field, 'InvalidType')
    case 'boolean':
      return typeof value === 'boolean' ? value : ruleError(field, 'InvalidType')
    case 'dateTime':
      return dateOf(field, value)
    case 'identity':
      return personOf(state, field, value)
    case 'treePath':
      return treePath(state, field, String(value))
    case 'html':
      return String(value).replace(SCRIPT, '')
    default:
      return field.referenceName === 'System.Title' ? String(value).trim() : String(value)
  }
}

const tags = (text: unknown): readonly string[] =>
  [
    ...new Set(
      String(text ?? '')
        .split(';')
        .map((tag) => tag.trim()),
    ),
  ].filter((tag) => tag !== '')

const fieldOf = (state: FakeState, reference: string): FakeField =>
  state.fields.find((one) => one.referenceName.toLowerCase() === reference.toLowerCase()) ??
  denied(400, 'WorkItemTrackingFieldDefinitionNotFoundException', `TF51535: Cannot find field ${reference}.`)

const checked = (
  state: FakeState,
  before: Record<string, unknown> | null,
  after: Record<string, unknown>,
): void => {
  const project = state.projects.find(({ name }) => name === after['System.TeamProject'])
  if (project === undefined)
    denied(
      404,
      'ProjectDoesNotExistWithNameException',
      `TF200016: The following project does not exist: ${after['System.TeamProject']}.`,
    )
  for (const reference of ['System.AreaPath', 'System.IterationPath'])
    if (String(after[reference]).split('\\')[0] !== after['System.TeamProject'])
      denied(
        400,
        'WorkItemTrackingTreeNodeNotFoundException',
        `TF401347: Invalid tree name given for work item -1, field '${reference}'.`,
      )
  if (String(after['System.Title'] ?? '') === '')
    ruleError(fieldOf(state, 'System.Title'), 'Required, InvalidEmpty')
  const type = typeNamed(state, after['System.WorkItemType'])
  const from = before === null ? '' : String(before['System.State'])
  const to = String(after['System.State'])
  const isSameType = before === null || before['System.WorkItemType'] === type.name
  if (isSameType && from !== to && !(type.transitions[from] ?? []).includes(to))
    ruleError(
      fieldOf(state, 'System.State'),
      'Required, HasValues, LimitedToValues, AllowsOldValue, InvalidListValue',
    )
}

export const typeNamed = (state: FakeState, name: unknown): FakeType =>
  state.types.find((one) => one.name === name) ??
  denied(
    404,
    'WorkItemTypeNotFoundException',
    `VS402323: Work item type ${name} does not exist in project or you do not have permission to access it.`,
  )

interface Draft {
  fields: Record<string, unknown>
  formats: Record<string, string>
  relations: FakeRelation[]
}

const applyField = (state: FakeState, draft: Draft, reference: string, op: Op): void => {
  const field = fieldOf(state, reference)
  if (field.readOnly)
    denied(400, 'WorkItemFieldInvalidException', `TF401326: The field '${field.referenceName}' is read-only.`)
  if (reference === 'System.Tags') {
    const joined = op.op === 'add' ? [...tags(draft.fields[reference]), ...tags(op.value)] : tags(op.value)
    const text = tags(joined.join(';')).join('; ')
    if (text === '') delete draft.fields[reference]
    else draft.fields[reference] = text
    return
  }
  const value = op.op === 'remove' ? undefined : valueFor(state, field, op.value)
  if (value === undefined) delete draft.fields[field.referenceName]
  else draft.fields[field.referenceName] = value
}

const applyRelation = (state: FakeState, draft: Draft, at: string, op: Op, nowMs: number): void => {
  if (op.op === 'remove') {
    if (draft.relations[Number(at)] === undefined)
      denied(400, 'VssPropertyValidationException', 'Index out of range for path /relations.')
    draft.relations.splice(Number(at), 1)
    return
  }
  const value = (op.value ?? {}) as { rel?: string; url?: string; attributes?: Record<string, unknown> }
  const { rel = '', url = '' } = value
  if (rel === 'Hyperlink' && draft.relations.some((one) => one.rel === rel && one.url === url))
    denied(400, 'WorkItemResourceLinkException', 'VS403507: Relation already exists.')
  const upload = state.uploads.get(/attachments\/([0-9a-f-]{36})/i.exec(url)?.[1] ?? '')
  if (rel === 'AttachedFile' && upload === undefined)
    denied(400, 'WorkItemInvalidResourceLinkException', 'VS402346: The attachment could not be found.')
  state.last.relation += 1
  draft.relations.push({
    rel,
    url: url.split('?')[0] ?? url,
    attributes: {
      ...(rel === 'AttachedFile' ? { name: upload?.name, resourceSize: upload?.bytes.length } : {}),
      authorizedDate: iso(nowMs),
      id: state.last.relation,
      resourceCreatedDate: iso(nowMs),
      resourceModifiedDate: iso(nowMs),
      revisedDate: '9999-01-01T00:00:00Z',
      ...(value.attributes?.['comment'] ? { comment: value.attributes['comment'] } : {}),
    },
  })
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Writes what the draft holds as the next revision; false: nothing was changed. */
export const save = (
  state: FakeState,
  item: FakeItem,
  draft: Draft,
  who: FakeUser,
  nowMs: number,
  more: FakeUpdate['fields'] = {},
): boolean => {
  const names = [...new Set([...Object.keys(item.fields), ...Object.keys(draft.fields)])]
  const fields = Object.fromEntries(
    names
      .filter((name) => !same(item.fields[name], draft.fields[name]))
      .map((name) => [
        name,
        {
          ...(item.fields[name] === undefined ? {} : { oldValue: item.fields[name] }),
          ...(draft.fields[name] === undefined ? {} : { newValue: draft.fields[name] }),
        },
      ]),
  )
  const added = draft.relations.filter((one) => !item.relations.includes(one))
  const removed = item.relations.filter((one) => !draft.relations.includes(one))
  if (Object.keys({ ...fields, ...more }).length + added.length + removed.length === 0) return false
  state.last.watermark += 1
  item.rev += 1
  item.watermark = state.last.watermark
  item.fields = {
    ...draft.fields,
    'System.Rev': item.rev,
    'System.ChangedBy': identity(who),
    'System.ChangedDate': iso(nowMs),
  }
  item.formats = draft.formats
  item.relations = draft.relations
  item.updates.push({ rev: item.rev, by: who, atMs: nowMs, fields: { ...fields, ...more }, added, removed })
  return true
}

const drafted = (item: FakeItem): Draft => ({
  fields: { ...item.fields },
  formats: { ...item.formats },
  relations: [...item.relations],
})

/** One change of an item. */
export const patchItem = (
  state: FakeState,
  item: FakeItem,
  ops: readonly Op[],
  who: FakeUser,
  nowMs: number,
  isNew = false,
): boolean => {
  const draft = drafted(item)
  for (const op of ops) {
    const path = String(op.path)
    const reference = /^\/fields\/([\w.]+)$/.exec(path)?.[1]
    const relation = /^\/relations\/(-|\d+)$/.exec(path)?.[1]
    const format = /^\/multilineFieldsFormat\/([\w.]+)$/.exec(path)?.[1]
    if (op.op === 'test' && path === '/rev') {
      if (op.value !== item.rev)
        denied(412, 'TestPatchOperationFailedException', `VS403360: The test operation for path /rev failed.`)
    } else if (reference !== undefined) applyField(state, draft, reference, op)
    else if (relation !== undefined) applyRelation(state, draft, relation, op, nowMs)
    else if (format !== undefined) draft.formats[format] = String(op.value)
    else denied(400, 'VssPropertyValidationException', `The path ${path} is not supported.`)
  }
  checked(state, isNew ? null : item.fields, draft.fields)
  return save(state, item, draft, who, nowMs)
}

export const createItem = (
  state: FakeState,
  project: string,
  type: string,
  ops: readonly Op[],
  who: FakeUser,
  nowMs: number,
): FakeItem => {
  typeNamed(state, type)
  const id = state.last.item + 1
  const item: FakeItem = {
    id,
    rev: 0,
    watermark: 0,
    fields: {
      'System.Id': id,
      'System.TeamProject': project,
      'System.AreaPath': project,
      'System.IterationPath': project,
      'System.WorkItemType': type,
      'System.State': 'New',
      'System.Reason': 'New',
      'System.CreatedBy': identity(who),
      'System.CreatedDate': iso(nowMs),
      'System.CommentCount': 0,
      'Microsoft.VSTS.Common.Priority': 2,
      ...(type === 'Bug' ? { 'Microsoft.VSTS.Common.Severity': '3 - Medium' } : {}),
    },
    formats: {},
    relations: [],
    comments: [],
    updates: [],
    isDeleted: false,
  }
  patchItem(state, item, ops, who, nowMs, true)
  if (item.rev === 0) save(state, item, drafted(item), who, nowMs, { 'System.Id': { newValue: id } })
  state.last.item = id
  state.items.set(id, item)
  return item
}

/** Comments make revisions of their own. */
export const touchComments = (
  state: FakeState,
  item: FakeItem,
  who: FakeUser,
  nowMs: number,
  text: string,
): void => {
  const draft = drafted(item)
  draft.fields['System.CommentCount'] = item.comments.filter((one) => !one.isDeleted).length
  save(state, item, draft, who, nowMs, { 'System.History': { newValue: text } })
}
