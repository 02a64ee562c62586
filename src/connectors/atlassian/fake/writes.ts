import { type FakeChange, type FakeField, type FakeIssue, type FakeState, index } from './state.ts'

/** What changes in a pretended Jira, and what it refuses. All of a write or nothing of it. */

export type Params = Readonly<Record<string, unknown>>
export type Refusal = Readonly<Record<string, string>>
export type Done<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: Refusal }

export const isParams = (value: unknown): value is Params =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const paramsAt = (value: unknown, name: string): Params => {
  const found = isParams(value) ? value[name] : undefined
  return isParams(found) ? found : {}
}

const stringAt = (value: unknown, name: string): string | null => {
  const found = isParams(value) ? value[name] : undefined
  return typeof found === 'string' ? found : null
}

class Wrong extends Error {}
const wrong = (why: string): never => {
  throw new Wrong(why)
}

const known = (words: readonly string[], word: string | null, what: string): string =>
  word !== null && words.includes(word) ? word : wrong(`${what} '${word ?? ''}' is not valid`)

const person = (state: FakeState, value: unknown): string | null => {
  if (value === null) return null
  const name = state.cloud ? stringAt(value, 'accountId') : stringAt(value, 'name')
  const found = state.users.find((each) => (state.cloud ? each.id : each.name) === name)
  return found?.id ?? wrong(`User '${name ?? ''}' does not exist.`)
}

const isDocument = (value: unknown): boolean =>
  isParams(value) && value['type'] === 'doc' && value['version'] === 1 && Array.isArray(value['content'])

const rich = (state: FakeState, value: unknown): unknown => {
  if (value === null) return null
  if (state.cloud) return isDocument(value) ? value : wrong('Operation value must be an Atlassian Document')
  return typeof value === 'string' ? value : wrong('Operation value must be a string')
}

const date = (value: unknown): string | null => {
  if (value === null) return null
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? value
    : wrong("Error parsing date string: the format must be 'yyyy-MM-dd'")
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : wrong('data was not an array')

const plain = (value: unknown): string | null =>
  value === null || typeof value === 'string' ? value : wrong('Operation value must be a string')

/** A field's value as it is kept; throws what Jira says of a wrong one. */
const kept = (state: FakeState, field: FakeField, value: unknown, projectKey: string): unknown => {
  const { id, schema, options = [] } = field
  switch (id) {
    case 'summary':
      return typeof value === 'string' && value.trim() !== '' && !/[\r\n]/.test(value) && value.length <= 255
        ? value.trim()
        : wrong('You must specify a summary of the issue.')
    case 'description':
      return rich(state, value)
    case 'issuetype':
      return known(
        state.types.map((each) => each.name),
        stringAt(value, 'name') ??
          state.types.find((each) => String(each.id) === stringAt(value, 'id'))?.name ??
          null,
        'Issue type',
      )
    case 'priority':
      return known(state.priorities, stringAt(value, 'name'), 'Priority name')
    case 'assignee':
    case 'reporter':
      return person(state, value)
    case 'resolution':
      return value === null ? null : known(['Fixed', 'Won’t do'], stringAt(value, 'name'), 'Resolution')
    case 'components':
      return listOf(value).map((each) =>
        known(
          state.components.map(({ name }) => name),
          stringAt(each, 'name'),
          'Component name',
        ),
      )
    case 'fixVersions':
      return listOf(value).map((each) =>
        known(
          state.versions.filter((one) => one.projectKey === projectKey).map(({ name }) => name),
          stringAt(each, 'name'),
          'Version name',
        ),
      )
    case 'labels':
      return listOf(value).map((each) =>
        typeof each === 'string' && !/\s/.test(each)
          ? each
          : wrong('The label contains spaces which is invalid.'),
      )
    case 'duedate':
      return date(value)
  }
  if (schema.custom?.endsWith(':textarea')) return rich(state, value)
  if (schema.type === 'number')
    return value === null || typeof value === 'number' ? value : wrong('Operation value must be a number')
  if (schema.type === 'option')
    return value === null ? null : known(options, stringAt(value, 'value'), 'Option value')
  if (schema.type === 'array' && schema.items === 'option')
    return listOf(value).map((each) => known(options, stringAt(each, 'value'), 'Option value'))
  if (schema.type === 'sd-customerrequesttype')
    return (
      state.requestTypes.find((each) => String(each.id) === value)?.name ?? wrong('Request type is not valid')
    )
  if (schema.type === 'string') return plain(value)
  return wrong(`Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`)
}

/** Values as kept, or what is wrong with them by field. */
const validated = (
  state: FakeState,
  fields: Params,
  projectKey: string,
): Done<ReadonlyMap<string, unknown>> => {
  const values = new Map<string, unknown>()
  const errors: Record<string, string> = {}
  for (const [id, value] of Object.entries(fields)) {
    const field = state.fields.find((each) => each.id === id)
    try {
      if (field === undefined || id === 'project' || id === 'status')
        wrong(`Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`)
      else values.set(id, kept(state, field, value, projectKey))
    } catch (error) {
      if (!(error instanceof Wrong)) throw error
      errors[id] = error.message
    }
  }
  return Object.keys(errors).length === 0 ? { ok: true, value: values } : { ok: false, errors }
}

// ---- history -----------------------------------------------------------------------------------------------

/** A document in a history is its text. */
const wordsOf = (value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(' ')
  if (!isParams(value)) return String(value)
  const texts: string[] = []
  const walk = (node: unknown): void => {
    if (!isParams(node)) return
    if (typeof node['text'] === 'string') texts.push(node['text'])
    for (const child of Array.isArray(node['content']) ? node['content'] : []) walk(child)
  }
  walk(value)
  return texts.join('\n')
}

const HISTORY_NAMES: Readonly<Record<string, string>> = {
  components: 'Component',
  fixVersions: 'Fix Version',
}

const change = (
  field: FakeField,
  from: unknown,
  to: unknown,
  ids: readonly [unknown, unknown],
): FakeChange => ({
  field: field.custom ? field.name : (HISTORY_NAMES[field.id] ?? field.id),
  fieldId: field.id,
  from: wordsOf(ids[0]),
  fromString: wordsOf(from),
  to: wordsOf(ids[1]),
  toString: wordsOf(to),
})

const changesOf = (state: FakeState, field: FakeField, from: unknown, to: unknown): readonly FakeChange[] => {
  if (JSON.stringify(from ?? null) === JSON.stringify(to ?? null)) return []
  if (field.id === 'assignee' || field.id === 'reporter') {
    const name = (id: unknown) => state.users.find((each) => each.id === id)?.displayName ?? null
    return [change(field, name(from), name(to), [from, to])]
  }
  if (field.id !== 'components' && field.id !== 'fixVersions') return [change(field, from, to, [from, to])]
  // each that came or went is an entry of its own
  const [before, after] = [from, to].map((each) => (Array.isArray(each) ? each.map(String) : []))
  return [
    ...(before ?? [])
      .filter((each) => !after?.includes(each))
      .map((each) => change(field, each, null, [each, null])),
    ...(after ?? [])
      .filter((each) => !before?.includes(each))
      .map((each) => change(field, null, each, [null, each])),
  ]
}

const note = (
  state: FakeState,
  issue: FakeIssue,
  items: readonly FakeChange[],
  authorId: string,
  nowMs: number,
): void => {
  if (items.length === 0) return
  state.last.history += 1
  issue.histories.push({ id: state.last.history, authorId, createdMs: nowMs, items })
}

export const touch = (state: FakeState, issue: FakeIssue, nowMs: number): void => {
  issue.updatedMs = Math.max(nowMs, issue.updatedMs)
  index(state, issue, nowMs)
}

// ---- issues ------------------------------------------------------------------------------------------------

export const createIssue = (
  state: FakeState,
  body: Params,
  authorId: string,
  nowMs: number,
): Done<FakeIssue> => {
  const { project, ...fields } = paramsAt(body, 'fields')
  const found = state.projects.find(
    (each) => each.key === stringAt(project, 'key') || String(each.id) === stringAt(project, 'id'),
  )
  if (found === undefined) return { ok: false, errors: { project: 'valid project is required' } }
  const defaults = { summary: '', ...fields }
  const values = validated(state, defaults, found.key)
  if (!values.ok) return values
  if (!values.value.has('issuetype')) return { ok: false, errors: { issuetype: 'Specify an issue type' } }
  state.last.issue += 1
  state.last.number += 1
  const issue: FakeIssue = {
    id: state.last.issue,
    number: state.last.number,
    projectKey: found.key,
    creatorId: authorId,
    createdMs: nowMs,
    updatedMs: nowMs,
    status: state.statuses[0]?.name ?? '',
    values: new Map([['reporter', authorId], ['priority', 'Medium'], ...values.value]),
    comments: [],
    attachments: [],
    histories: [],
    remoteLinks: [],
    properties: new Map(),
    isDeleted: false,
    index: [],
  }
  for (const each of Array.isArray(body['properties']) ? body['properties'] : [])
    if (isParams(each)) issue.properties.set(String(each['key']), each['value'])
  state.issues.set(issue.id, issue)
  touch(state, issue, nowMs)
  return { ok: true, value: issue }
}

export const updateIssue = (
  state: FakeState,
  issue: FakeIssue,
  fields: Params,
  authorId: string,
  nowMs: number,
): Done<null> => {
  const values = validated(state, fields, issue.projectKey)
  if (!values.ok) return values
  const items: FakeChange[] = []
  for (const [id, value] of values.value) {
    const field = state.fields.find((each) => each.id === id)
    if (field !== undefined) items.push(...changesOf(state, field, issue.values.get(id), value))
    issue.values.set(id, value)
  }
  note(state, issue, items, authorId, nowMs)
  touch(state, issue, nowMs)
  return { ok: true, value: null }
}

/** Steps have the number of the status they lead to. */
export const stepsFrom = (state: FakeState, issue: FakeIssue) =>
  (state.workflow[issue.status] ?? []).flatMap((name) => {
    const to = state.statuses.find((each) => each.name === name)
    return to === undefined ? [] : [{ id: to.id * 10, to, demands: state.demands[name] ?? [] }]
  })

export const transitionIssue = (
  state: FakeState,
  issue: FakeIssue,
  body: Params,
  authorId: string,
  nowMs: number,
): Done<null> => {
  const id = stringAt(body['transition'], 'id')
  const step = stepsFrom(state, issue).find((each) => String(each.id) === id)
  if (step === undefined)
    return { ok: false, errors: { transition: `Transition id '${id ?? ''}' is not valid for this issue.` } }
  const fields = paramsAt(body, 'fields')
  const stray = Object.keys(fields).find((each) => !step.demands.includes(each))
  if (stray !== undefined)
    return {
      ok: false,
      errors: { [stray]: `Field '${stray}' cannot be set. It is not on the appropriate screen, or unknown.` },
    }
  const lacking = step.demands.find((each) => fields[each] === undefined)
  if (lacking !== undefined) return { ok: false, errors: { [lacking]: `${lacking} is required.` } }
  const values = validated(state, fields, issue.projectKey)
  if (!values.ok) return values
  const items: FakeChange[] = []
  for (const [name, value] of values.value) {
    const field = state.fields.find((each) => each.id === name)
    if (field !== undefined) items.push(...changesOf(state, field, issue.values.get(name), value))
    issue.values.set(name, value)
  }
  const status = state.fields.find((each) => each.id === 'status')
  if (status !== undefined) items.push(...changesOf(state, status, issue.status, step.to.name))
  issue.status = step.to.name
  note(state, issue, items, authorId, nowMs)
  touch(state, issue, nowMs)
  return { ok: true, value: null }
}

// ---- comments and files ------------------------------------------------------------------------------------

export const addComment = (
  state: FakeState,
  issue: FakeIssue,
  body: Params,
  authorId: string,
  nowMs: number,
  attachmentIds: readonly number[] = [],
): Done<FakeIssue['comments'][number]> => {
  const { visibility, properties } = body
  let text: unknown
  try {
    text = rich(state, body['body'])
  } catch {
    return { ok: false, errors: { comment: 'Comment body is not valid!' } }
  }
  const isInternal = (Array.isArray(properties) ? properties : []).some(
    (each) => stringAt(each, 'key') === 'sd.public.comment' && paramsAt(each, 'value')['internal'] === true,
  )
  const value = stringAt(visibility, 'value')
  if (value !== null && value !== 'Developers')
    return { ok: false, errors: { commentLevel: `Role '${value}' is not valid` } }
  state.last.element += 1
  const comment = {
    id: state.last.element,
    authorId,
    body: text,
    createdMs: nowMs,
    updatedMs: nowMs,
    visibility: value === null ? null : { type: stringAt(visibility, 'type') ?? 'role', value },
    isInternal: state.desk && isInternal,
    attachmentIds,
  }
  issue.comments.push(comment)
  touch(state, issue, nowMs)
  return { ok: true, value: comment }
}

export const addFile = (
  state: FakeState,
  issue: FakeIssue,
  file: { readonly filename: string; readonly mimeType: string; readonly bytes: Uint8Array },
  authorId: string,
  nowMs: number,
) => {
  state.last.element += 1
  const attachment = { ...file, id: state.last.element, authorId, createdMs: nowMs }
  issue.attachments.push(attachment)
  touch(state, issue, nowMs)
  return attachment
}
