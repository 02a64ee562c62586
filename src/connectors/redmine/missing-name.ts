import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'

/**
 * The sentence for a name that Redmine does not know: what is missing, where in Redmine, and what to do. It stands in a
 * hold, and is read by somebody who knows Redmine's screens, not our names for its fields.
 */
interface Place {
  /** As Redmine calls it. */
  readonly what: string
  /** Where it is made. */
  readonly where: string
}

const PLACES: Readonly<Partial<Record<ToolField, Place>>> = {
  status: { what: 'issue status', where: 'Administration → Issue statuses' },
  type: { what: 'tracker', where: 'Administration → Trackers' },
  priority: { what: 'issue priority', where: 'Administration → Enumerations' },
}

const missing = (field: ToolField, sentence: string): RemoteFault =>
  new RemoteFault('invalid', sentence, { field })

/** Status, tracker or priority: the same in all projects. */
export const missingEverywhere = (field: ToolField, name: string): RemoteFault => {
  const { what, where } = PLACES[field] ?? { what: field, where: 'Administration' }
  return missing(
    field,
    `Redmine has no ${what} “${name}”. Correct the word in the mapping, or create it in Redmine under ${where}.`,
  )
}

/** `isEmpty`: the project has none at all, so that correcting one word would not help. */
export const missingInProject = (
  field: 'component' | 'release',
  name: string,
  project: string,
  isEmpty: boolean,
): RemoteFault => {
  const [one, many, tab] =
    field === 'component'
      ? ['category', 'categories', 'Issue categories']
      : ['target version', 'versions', 'Versions']
  const found = isEmpty
    ? `Project ${project} in Redmine has no ${many} at all, so none is called “${name}”`
    : `Project ${project} in Redmine has no ${one} “${name}”`
  const else_ =
    field === 'component' ? 'map the component to one that it has' : 'choose a release that it has'
  return missing(field, `${found}. Create it there under Settings → ${tab}, or ${else_}.`)
}

/** An account that is no administrator sees a field of all projects only on an issue that has it. */
export const missingCustomField = (name: string, projects: readonly string[]): RemoteFault =>
  missing(
    `cf:${name}`,
    `Redmine shows this account no custom field “${name}” in ${projects.join(', ')}. Correct its name in the mapping, or create it for these projects and trackers. While they hold no issue at all, Redmine tells its number to administrators only: then name it under “Ids of custom fields” in the settings.`,
  )
