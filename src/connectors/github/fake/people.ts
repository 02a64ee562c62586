import type { FakeHooks } from './hooks.ts'
import { addItem, setValue } from './projects.ts'
import { DORA, type FakeIssue, type FakeRepository, type FakeState, nextId } from './state.ts'
import { addComment, apply, type Given, newIssue, transfer } from './write.ts'

/** What people do on GitHub's own pages. `by` is a user's number; default: a developer. */
export interface FakePeople {
  create(
    given: Given,
    more?: { readonly repository?: string; readonly isPull?: boolean; readonly by?: number },
  ): string
  edit(id: string, given: Given, by?: number): void
  comment(id: string, body: string, by?: number): number
  /** Drops a file into a new comment: its address is in the text, as GitHub writes it. */
  attach(id: string, name: string, bytes: Uint8Array): string
  delete(id: string): void
  /** Answers the id under its new number. */
  transfer(id: string, repository: string): string
  lock(id: string): void
  rename(repository: string, name: string): void
  /** Puts the issue into the project where it is not, and sets a field by its name; null empties it. */
  plan(id: string, field: string, value: string | number | null, project?: number): void
}

export const peopleOf = (
  state: FakeState,
  hooks: FakeHooks,
  web: () => string,
  nowMs: () => number,
): FakePeople => {
  const repository = (name: string): FakeRepository => {
    const found = state.repositories.find((each) => each.name === name)
    if (found === undefined) throw new Error(`there is no repository ${name}`)
    return found
  }
  const at = (id: string): { readonly at: FakeRepository; readonly issue: FakeIssue } => {
    const [repositoryId, number] = id.split('-').map(Number)
    const found = state.repositories.find((each) => each.id === repositoryId)
    const issue = found?.issues.get(number ?? 0)
    if (found === undefined || issue === undefined) throw new Error(`there is no issue ${id}`)
    return { at: found, issue }
  }
  const ring = (where: FakeRepository, issue: FakeIssue, event: string, action: string, more: object = {}) =>
    hooks.ring(where, event, action, {
      issue: { id: issue.id, number: issue.number, ...(issue.isPull ? { pull_request: {} } : {}) },
      ...more,
    })

  const comment = (id: string, body: string, by = DORA): number => {
    const found = at(id)
    const made = addComment(state, found.issue, body, by, nowMs())
    ring(found.at, found.issue, 'issue_comment', 'created')
    return made
  }

  return {
    create: (given, { repository: name = 'road', isPull = false, by = DORA } = {}) => {
      const where = repository(name)
      const issue = newIssue(state, where, given, by, nowMs(), { isPull })
      ring(where, issue, 'issues', 'opened')
      return `${where.id}-${issue.number}`
    },
    edit: (id, given, by = DORA) => {
      const found = at(id)
      apply(state, found.at, found.issue, given, by, nowMs(), true)
      ring(found.at, found.issue, 'issues', 'edited')
    },
    comment,
    attach: (id, name, bytes) => {
      const path = `/user-attachments/files/${nextId(state)}/${encodeURIComponent(name)}`
      state.files.set(path, bytes)
      comment(id, `See [${name}](${web()}${path})`)
      return path
    },
    delete: (id) => {
      const found = at(id)
      found.at.issues.delete(found.issue.number)
      found.at.deleted.add(found.issue.number)
      ring(found.at, found.issue, 'issues', 'deleted')
    },
    transfer: (id, name) => {
      const found = at(id)
      const to = repository(name)
      const { number } = found.issue
      const moved = transfer(state, found.at, to, number, nowMs())
      ring(to, moved, 'issues', 'opened', {
        changes: { old_issue: { number }, old_repository: { id: found.at.id } },
      })
      return `${to.id}-${moved.number}`
    },
    lock: (id) => {
      at(id).issue.isLocked = true
    },
    rename: (name, next) => {
      const found = repository(name)
      found.oldNames.push(found.name)
      found.name = next
    },
    plan: (id, name, value, number = 7) => {
      const project = state.projects.find((each) => each.number === number)
      const field = project?.fields.find((each) => each.name === name)
      if (project === undefined || field === undefined) throw new Error(`there is no field ${name}`)
      const option = [...field.options, ...field.over].find((each) => each.name === value)
      setValue(addItem(project, at(id).issue.id, nowMs()), field.id, option?.id ?? value, nowMs())
    },
  }
}
