import {
  BOT,
  type FakeAttachment,
  type FakeComment,
  type FakeIssue,
  type FakePerson,
  type Members,
  membersOf,
  PERSON,
  partOf,
} from './fake-model.ts'

/** The state of the simulated tool: a plain issue API over maps, with a ledger of everything it has accepted. No IO. */

export interface LedgerEntry {
  readonly seq: number
  readonly op:
    | 'create'
    | 'patch'
    | 'delete'
    | 'comment.add'
    | 'comment.edit'
    | 'comment.delete'
    | 'attach'
    | 'detach'
  /** Of the issue. */
  readonly id: string
  readonly key: string | null
  readonly by: string
  readonly body: unknown
}

export interface FakeCall {
  readonly method: string
  /** Segments below the base path. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  /** The issue that this call changed. */
  readonly changed?: string
}

const PEOPLE: ReadonlyMap<string, FakePerson> = new Map([BOT, PERSON].map((each) => [each.id, each]))
export const STATES = ['open', 'in progress', 'fixed', 'closed'] as const
const MAX_TITLE = 255

const notFound: FakeAnswer = { status: 404, json: { message: 'Not found' } }
const refused = (field: string, message: string): FakeAnswer => ({
  status: 422,
  json: { errors: { [field]: [message] } },
})

export interface FakeIssues {
  readonly items: Map<string, FakeIssue>
  readonly ledger: LedgerEntry[]
  readonly answer: (call: FakeCall, listLagMs: number) => FakeAnswer
  /** What people do in the tool's own screens; each gives the issue changed. */
  readonly make: (fields: Members, by?: FakePerson) => FakeIssue
  readonly edit: (id: string, fields: Members, by?: FakePerson) => FakeIssue
  readonly comment: (id: string, body: string, internal: boolean, by?: FakePerson) => FakeComment
  readonly remove: (id: string) => void
}

export const fakeIssues = (now: () => Date, project: string): FakeIssues => {
  const items = new Map<string, FakeIssue>()
  const ledger: LedgerEntry[] = []
  const answers = new Map<string, FakeAnswer>()
  let lastId = 1000
  let lastElement = 0

  const note = (
    op: LedgerEntry['op'],
    id: string,
    by: FakePerson,
    body: unknown,
    key: string | null,
  ): void => {
    ledger.push({ seq: ledger.length + 1, op, id, key, by: by.id, body })
  }

  const touch = (issue: FakeIssue): FakeIssue => {
    issue.updated_at = now().toISOString()
    issue.version += 1
    return issue
  }

  const problem = (fields: Members): FakeAnswer | null => {
    const { title, state, assignee_id: assignee } = fields
    if (title !== undefined && (typeof title !== 'string' || title === ''))
      return refused('title', "can't be blank")
    if (typeof title === 'string' && title.length > MAX_TITLE)
      return refused('title', `is longer than ${MAX_TITLE} characters`)
    if (state !== undefined && !STATES.some((each) => each === state))
      return refused('state', 'is not a state')
    if (typeof assignee === 'string' && !PEOPLE.has(assignee)) return refused('assignee_id', 'does not exist')
    return null
  }

  const text = (value: unknown, before: string): string =>
    value === undefined ? before : value === null ? '' : String(value)

  const assign = (issue: FakeIssue, fields: Members): void => {
    issue.title = text(fields['title'], issue.title)
    issue.description = text(fields['description'], issue.description)
    issue.state = text(fields['state'], issue.state)
    issue.priority = text(fields['priority'], issue.priority)
    issue.external_id = text(fields['external_id'], issue.external_id)
    if (fields['due'] !== undefined) issue.due = fields['due'] === null ? null : String(fields['due'])
    if (fields['assignee_id'] !== undefined)
      issue.assignee = PEOPLE.get(String(fields['assignee_id'])) ?? null
    if (Array.isArray(fields['labels'])) issue.labels = fields['labels'].map(String)
  }

  const make = (fields: Members, by: FakePerson = PERSON, key: string | null = null): FakeIssue => {
    lastId += 1
    const at = now().toISOString()
    const issue: FakeIssue = {
      id: String(lastId),
      key: `${project}-${lastId}`,
      project,
      title: '',
      description: '',
      state: 'open',
      priority: 'normal',
      assignee: null,
      labels: [],
      due: null,
      external_id: '',
      author: by,
      created_at: at,
      updated_at: at,
      version: 1,
      comments: [],
      attachments: [],
    }
    assign(issue, fields)
    items.set(issue.id, issue)
    note('create', issue.id, by, fields, key)
    return issue
  }

  const known = (id: string): FakeIssue => {
    const issue = items.get(id)
    if (issue === undefined) throw new Error(`the fake has no issue ${id}`)
    return issue
  }

  const edit = (
    id: string,
    fields: Members,
    by: FakePerson = PERSON,
    key: string | null = null,
  ): FakeIssue => {
    const issue = known(id)
    assign(issue, fields)
    note('patch', id, by, fields, key)
    return touch(issue)
  }

  const comment = (
    id: string,
    body: string,
    internal: boolean,
    by: FakePerson = PERSON,
    key: string | null = null,
  ): FakeComment => {
    lastElement += 1
    const made: FakeComment = {
      id: `c-${lastElement}`,
      body,
      internal,
      author: by,
      created_at: now().toISOString(),
      edited_at: null,
    }
    const issue = known(id)
    issue.comments.push(made)
    touch(issue)
    note('comment.add', id, by, { body, internal }, key)
    return made
  }

  const remove = (id: string): void => {
    items.delete(id)
    note('delete', id, PERSON, null, null)
  }

  const shown = (issue: FakeIssue) => {
    const { comments, attachments, ...rest } = issue
    return {
      ...rest,
      url: `https://issues.example.com/${issue.key}`,
      comments_count: comments.length,
      attachments: attachments.map(shownFile),
    }
  }

  const list = (query: URLSearchParams, listLagMs: number): FakeAnswer => {
    const since = Date.parse(query.get('updated_since') ?? '')
    const marker = query.get('external_id')
    const until = now().getTime() - listLagMs
    const size = Math.min(Number(query.get('per_page') ?? 50), 200)
    const page = Number(query.get('page') ?? 1)
    const found = [...items.values()]
      .filter((each) => !(Date.parse(each.updated_at) < since) && Date.parse(each.updated_at) <= until)
      .filter((each) => marker === null || each.external_id === marker)
      .sort((a, b) =>
        a.updated_at < b.updated_at ? -1 : a.updated_at > b.updated_at ? 1 : Number(a.id) - Number(b.id),
      )
    return {
      status: 200,
      json: { issues: found.slice((page - 1) * size, page * size).map(shown), total: found.length },
    }
  }

  const commentCall = (issue: FakeIssue, call: FakeCall, key: string | null): FakeAnswer => {
    const id = call.path[3]
    if (call.method === 'GET') return { status: 200, json: { comments: issue.comments } }
    if (id === undefined) {
      const { body, internal } = membersOf(call.body)
      if (typeof body !== 'string' || body === '') return refused('body', "can't be blank")
      return { status: 201, json: comment(issue.id, body, internal === true, BOT, key), changed: issue.id }
    }
    const index = issue.comments.findIndex((each) => each.id === id)
    const found = issue.comments[index]
    if (found === undefined) return notFound
    if (call.method === 'DELETE') {
      issue.comments.splice(index, 1)
      note('comment.delete', issue.id, BOT, { id }, key)
      touch(issue)
      return { status: 204, changed: issue.id }
    }
    found.body = text(membersOf(call.body)['body'], found.body)
    found.edited_at = now().toISOString()
    note('comment.edit', issue.id, BOT, { id, body: found.body }, key)
    touch(issue)
    return { status: 200, json: found, changed: issue.id }
  }

  const fileCall = (issue: FakeIssue, call: FakeCall, key: string | null): FakeAnswer => {
    const found = issue.attachments.find((each) => each.id === call.path[3])
    if (call.method === 'POST') {
      const part = partOf(call.body)
      if (part === null) return { status: 400, json: { message: 'A file is missing' } }
      lastElement += 1
      const file: FakeAttachment = {
        id: `f-${lastElement}`,
        name: part.name,
        media_type: part.mediaType,
        size: part.bytes.length,
        author: BOT,
        created_at: now().toISOString(),
        bytes: part.bytes,
      }
      issue.attachments.push(file)
      note('attach', issue.id, BOT, { name: file.name, size: file.size }, key)
      touch(issue)
      return { status: 201, json: shownFile(file), changed: issue.id }
    }
    if (found === undefined) return notFound
    if (call.method === 'GET')
      return { status: 200, bytes: found.bytes, headers: { 'content-type': found.media_type } }
    issue.attachments.splice(issue.attachments.indexOf(found), 1)
    note('detach', issue.id, BOT, { id: found.id }, key)
    touch(issue)
    return { status: 204, changed: issue.id }
  }

  const issueCall = (issue: FakeIssue, call: FakeCall, key: string | null): FakeAnswer => {
    if (call.method === 'GET')
      return { status: 200, json: shown(issue), headers: { etag: `"${issue.version}"` } }
    const fields = membersOf(call.body)
    const match = call.headers['if-match']
    if (match !== undefined && match !== `"${issue.version}"` && match !== String(issue.version))
      return { status: 412, json: { message: 'Changed meanwhile' } }
    return (
      problem(fields) ?? { status: 200, json: shown(edit(issue.id, fields, BOT, key)), changed: issue.id }
    )
  }

  const createCall = (call: FakeCall, key: string | null): FakeAnswer => {
    const fields = membersOf(call.body)
    const wrong =
      problem(fields) ?? (fields['title'] === undefined ? refused('title', "can't be blank") : null)
    if (wrong !== null) return wrong
    const issue = make(fields, BOT, key)
    return { status: 201, json: shown(issue), changed: issue.id }
  }

  const routed = (call: FakeCall, listLagMs: number, key: string | null): FakeAnswer => {
    const [noun, id, part] = call.path
    if (noun === 'me') return { status: 200, json: BOT }
    if (noun !== 'issues') return notFound
    if (id === undefined) return call.method === 'POST' ? createCall(call, key) : list(call.query, listLagMs)
    const issue = items.get(id)
    if (issue === undefined) return notFound
    if (part === 'comments') return commentCall(issue, call, key)
    if (part === 'attachments') return fileCall(issue, call, key)
    return part === undefined ? issueCall(issue, call, key) : notFound
  }

  /** A repeated key is answered as the first time and changes nothing. */
  const answer = (call: FakeCall, listLagMs: number): FakeAnswer => {
    const given = call.headers['idempotency-key']
    const key = typeof given === 'string' && call.method !== 'GET' ? given : null
    const before = key === null ? undefined : answers.get(`${call.method} ${call.path.join('/')} ${key}`)
    if (before !== undefined) {
      const { changed: _, ...repeated } = before
      return repeated
    }
    const made = routed(call, listLagMs, key)
    if (key !== null && made.status < 300) answers.set(`${call.method} ${call.path.join('/')} ${key}`, made)
    return made
  }

  return { items, ledger, answer, make, edit, comment, remove }
}

const shownFile = ({ bytes: _, ...file }: FakeAttachment): Omit<FakeAttachment, 'bytes'> => file
