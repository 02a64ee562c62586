import { RemoteFault } from '../../sync/fault.ts'
import type { RemoteRef, ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { GithubClient, GraphqlAnswer } from './client.ts'
import { ADD_MUTATION, projectAnswers, setMutation } from './project-questions.ts'
import type { Project, ProjectField, Projects } from './projects.ts'
import type { GraphqlError } from './schema.ts'
import { graphqlPath, type Settings } from './settings.ts'

/**
 * Fields of projects as GitHub writes them: all of an issue in one question, and one more for each project that it is not
 * known to be in. What a project does not have is refused with the field, before anything is sent.
 */

interface WriteContext {
  readonly client: GithubClient
  readonly settings: Settings
  readonly projects: Projects
}

export interface ProjectChange {
  readonly field: ToolField
  readonly project: Project
  readonly fieldId: string
  /** null: emptied. */
  readonly value: Readonly<Record<string, string | number>> | null
}

const invalid = (field: ToolField, detail: string): RemoteFault =>
  new RemoteFault('invalid', detail, { field })

const optionOf = ({ options }: ProjectField, value: ToolValue | undefined) =>
  options.find(({ name }) => name === value)

const isOption = (field: ProjectField, value: ToolValue | undefined): boolean =>
  field.kind !== 'choice' || value === null || value === '' || optionOf(field, value) !== undefined

const writtenValue = (at: ProjectField, value: ToolValue | undefined): ProjectChange['value'] => {
  const { field, kind, member, name } = at
  if (value === null || value === undefined || value === '') return null
  if (kind === 'choice') {
    const option = optionOf(at, value)
    if (option === undefined) throw invalid(field, `the project's ${name} has no "${String(value)}"`)
    return { [member]: option.id }
  }
  if (kind === 'text') return { [member]: String(value) }
  if (kind === 'number') {
    const number = Number(value)
    if (Array.isArray(value) || !Number.isFinite(number))
      throw invalid(field, `the project's ${name} is a number, not "${String(value)}"`)
    return { [member]: number }
  }
  const day = /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(String(value))?.[0]
  if (day === undefined) throw invalid(field, `the project's ${name} is a date, not "${String(value)}"`)
  return { [member]: day }
}

/** The fields that are projects', and those that are the issue's own. */
export const splitFields = (
  fields: ToolFields,
  projects: Projects,
): { readonly ours: ToolFields; readonly theirs: ToolFields } => {
  const of = (isTheirs: boolean): ToolFields =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => projects.isOf(field) === isTheirs))
  return { ours: of(false), theirs: of(true) }
}

/** What is to be done. Reads at most what the projects have. */
export const projectChanges = async (
  { projects }: WriteContext,
  theirs: ToolFields,
): Promise<readonly ProjectChange[]> => {
  const changes: ProjectChange[] = []
  for (const [name, value] of Object.entries(theirs)) {
    const found = await projects.lookUp(name, (field) => isOption(field, value))
    if (found === undefined)
      throw new RemoteFault('invalid', `GitHub shows no project with the field ${name} to this account`, {
        field: name,
      })
    const { project, field } = found
    if (!project.mayWrite) throw invalid(field.field, `the account may only read the project ${project.name}`)
    changes.push({ field: field.field, project, fieldId: field.id, value: writtenValue(field, value) })
  }
  return changes
}

const refusal = (errors: readonly GraphqlError[], field: ToolField | null): RemoteFault => {
  const [error] = errors
  const said = (error?.message ?? 'it does not say why').replace(/\s+/g, ' ').slice(0, 300)
  // GitHub's own failures have no type, and happen at any point of the work.
  if (error === undefined || /something went wrong/i.test(said))
    return new RemoteFault('unknown', `GitHub may not have changed the project: ${said}`)
  return new RemoteFault('invalid', `GitHub refuses the change of a project: ${said}`, { field })
}

const ask = async (
  { client, settings }: WriteContext,
  document: string,
  variables: Readonly<Record<string, unknown>>,
  field: ToolField | null,
): Promise<GraphqlAnswer> => {
  const answer = await client.graphql(graphqlPath(settings.url), document, variables, 'write')
  if (answer !== null) return answer
  throw new RemoteFault('invalid', 'fields of projects are written by GraphQL only, and there is none', {
    field,
  })
}

const add = async (
  context: WriteContext,
  ref: RemoteRef,
  change: ProjectChange,
  issueId: string,
): Promise<string> => {
  const input = { projectId: change.project.id, contentId: issueId }
  const { data, errors } = await ask(context, ADD_MUTATION, { input }, change.field)
  const item = projectAnswers.added.Check(data) ? data.addProjectV2ItemById?.item?.id : undefined
  if (item === undefined) throw refusal(errors, change.field)
  context.projects.remember(ref, change.project.id, item)
  return item
}

/** null: it is in no such project, so there is nothing to empty. */
const itemFor = async (
  context: WriteContext,
  ref: RemoteRef,
  change: ProjectChange,
  issueId: () => Promise<string>,
): Promise<string | null> => {
  const { projects } = context
  const { project, value } = change
  if (value === null && projects.itemOf(ref, project.id) === undefined)
    await projects.look(ref, await issueId())
  const known = projects.itemOf(ref, project.id)
  if (known === null && value === null) return null
  return known ?? add(context, ref, change, await issueId())
}

/** `issueId` is asked for only where the issue is not known to be in the project. */
export const writeProjectFields = async (
  context: WriteContext,
  ref: RemoteRef,
  changes: readonly ProjectChange[],
  issueId: () => Promise<string>,
): Promise<void> => {
  const { projects } = context
  const wasKnown = changes.some(({ project }) => typeof projects.itemOf(ref, project.id) === 'string')
  const placed: { readonly change: ProjectChange; readonly itemId: string }[] = []
  for (const change of changes) {
    const itemId = await itemFor(context, ref, change, issueId)
    if (itemId !== null) placed.push({ change, itemId })
  }
  if (placed.length === 0) return
  const document = setMutation(placed.map(({ change }) => (change.value === null ? 'clear' : 'update')))
  const inputs = placed.map(({ change: { project, fieldId, value }, itemId }, index) => [
    `f${index}`,
    { projectId: project.id, itemId, fieldId, ...(value === null ? {} : { value }) },
  ])
  const first = placed[0]?.change.field ?? null
  const { errors } = await ask(context, document, Object.fromEntries(inputs), first)
  if (errors.length === 0) return
  // Taken out of the project since we looked: put in once more, and not a third time.
  if (wasKnown && errors.some(({ type }) => type === 'NOT_FOUND')) {
    projects.forget(ref)
    return writeProjectFields(context, ref, changes, issueId)
  }
  const refused = placed.find((_, index) => errors.some(({ path }) => path?.[0] === `f${index}`))
  throw refusal(errors, refused?.change.field ?? null)
}
