import { listAt, numberAt, textAt } from './json.ts'
import { type RealServer, secretOf } from './real-tools.ts'

/** Redmine as one person uses it, over REST, with that person's own rights. */
export interface TrackerPerson {
  create(issue: Readonly<Record<string, unknown>>): Promise<string>
  /** As a person's "Copy": custom fields and all. */
  copy(id: string, changes: Readonly<Record<string, unknown>>): Promise<string>
  change(id: string, issue: Readonly<Record<string, unknown>>): Promise<void>
  remove(id: string): Promise<void>
  show(id: string): Promise<TrackerIssue>
  file(id: string, name: string): Promise<Uint8Array>
  /** All issues of all projects, closed ones too, whose subject contains this; a word in brackets narrows it first. */
  find(name: string): Promise<readonly TrackerIssue[]>
  createVersion(project: string, version: Readonly<Record<string, unknown>>): Promise<string>
  changeVersion(id: string, version: Readonly<Record<string, unknown>>): Promise<void>
}

export interface TrackerIssue {
  readonly id: string
  readonly project: string
  readonly type: string
  readonly subject: string
  readonly description: string
  readonly status: string
  readonly priority: string
  readonly category: string
  readonly version: string
  readonly assignee: string
  readonly author: string
  readonly fields: Readonly<Record<string, string>>
  readonly notes: readonly { readonly text: string; readonly isPrivate: boolean; readonly author: string }[]
  readonly files: readonly { readonly name: string; readonly id: string; readonly size: number }[]
}

const issueOf = (issue: unknown): TrackerIssue => ({
  id: textAt(issue, 'id'),
  project: textAt(issue, 'project', 'name'),
  type: textAt(issue, 'tracker', 'name'),
  subject: textAt(issue, 'subject'),
  description: textAt(issue, 'description'),
  status: textAt(issue, 'status', 'name'),
  priority: textAt(issue, 'priority', 'name'),
  category: textAt(issue, 'category', 'name'),
  version: textAt(issue, 'fixed_version', 'name'),
  assignee: textAt(issue, 'assigned_to', 'name'),
  author: textAt(issue, 'author', 'name'),
  fields: Object.fromEntries(
    listAt(issue, 'custom_fields').map((field) => [textAt(field, 'name'), textAt(field, 'value')]),
  ),
  notes: listAt(issue, 'journals').flatMap((journal) => {
    const text = textAt(journal, 'notes')
    const isPrivate = Reflect.get(Object(journal), 'private_notes') === true
    return text === '' ? [] : [{ text, isPrivate, author: textAt(journal, 'user', 'name') }]
  }),
  files: listAt(issue, 'attachments').map((file) => ({
    name: textAt(file, 'filename'),
    id: textAt(file, 'id'),
    size: numberAt(file, 'filesize'),
  })),
})

export const trackerPerson = (redmine: RealServer, who: string): TrackerPerson => {
  const headers = { 'x-redmine-api-key': secretOf(redmine.state, who, 'apiKey') }
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${redmine.url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok)
      throw new Error(
        `Redmine ${method} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`,
      )
    return response
  }
  const json = async (path: string): Promise<unknown> => (await ask('GET', path)).json()
  /** Redmine's own search looks at five words at most: it finds the first word and the one in brackets, the whole is
   * compared here. */
  const find = async (name: string): Promise<readonly TrackerIssue[]> => {
    const word = [/^\w+/.exec(name)?.[0], /\[(\w+)\]/.exec(name)?.[1]]
      .filter((part) => part !== undefined)
      .join(' ')
    const issues: unknown[] = []
    for (;;) {
      const page = listAt(
        await json(
          `/issues.json?status_id=*&subject=${encodeURIComponent(`~${word}`)}&sort=id&limit=100&offset=${issues.length}`,
        ),
        'issues',
      )
      issues.push(...page)
      if (page.length < 100) return issues.map(issueOf).filter(({ subject }) => subject.includes(name))
    }
  }
  return {
    create: async (issue) =>
      textAt(await (await ask('POST', '/issues.json', { issue })).json(), 'issue', 'id'),
    copy: async (id, changes) =>
      textAt(
        await (await ask('POST', `/issues.json?copy_from=${id}`, { issue: changes })).json(),
        'issue',
        'id',
      ),
    change: async (id, issue) => {
      for (let press = 1; ; press += 1) {
        try {
          await ask('PUT', `/issues/${id}.json`, { issue })
          return
        } catch (error) {
          // somebody else saved in the same moment: Redmine shows the form again, and one presses again
          if (press === 5 || !String(error).includes('{"errors":[]}')) throw error
        }
      }
    },
    remove: async (id) => {
      await ask('DELETE', `/issues/${id}.json`)
    },
    show: async (id) =>
      issueOf(Reflect.get(Object(await json(`/issues/${id}.json?include=journals,attachments`)), 'issue')),
    file: async (id, name) =>
      new Uint8Array(
        await (await ask('GET', `/attachments/download/${id}/${encodeURIComponent(name)}`)).arrayBuffer(),
      ),
    find,
    createVersion: async (project, version) =>
      textAt(
        await (await ask('POST', `/projects/${project}/versions.json`, { version })).json(),
        'version',
        'id',
      ),
    changeVersion: async (id, version) => {
      await ask('PUT', `/versions/${id}.json`, { version })
    },
  }
}
