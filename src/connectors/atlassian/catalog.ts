import { RemoteFault } from '../../sync/fault.ts'
import type { RemotePerson } from '../../sync/snapshot.ts'
import type { WireProject, WireVersion } from './answers.ts'
import type { JiraClient } from './client.ts'
import { personId, personOf } from './convert.ts'
import { fieldIndex } from './field-index.ts'
import { keep } from './keep.ts'
import { isCloud, type JiraSettings } from './settings.ts'

/** Names and ids of one Jira, remembered for a session. */

const PEOPLE_KEPT_MS = 60 * 60_000

export type Catalog = ReturnType<typeof catalogOf>

export const catalogOf = (client: JiraClient, settings: JiraSettings, now: () => Date) => {
  const cloud = isCloud(settings)

  const accounts = keep(async (): Promise<RemotePerson> => {
    const person = personOf(await client.account(), cloud)
    if (person === null) throw new RemoteFault('auth', 'Jira does not say whose credentials these are')
    return person
  }, now)
  const fields = keep(async () => fieldIndex(await client.fields()), now)
  const projects = keep((key: string): Promise<WireProject | null> => client.project(key), now)
  const versions = keep((key: string) => client.versions(key), now)
  const userNames = keep(
    async (key: string): Promise<string | null> => (await client.userByKey(key))?.name || null,
    now,
    PEOPLE_KEPT_MS,
  )

  const projectKeyOf = async (projectId: string | number | null | undefined): Promise<string | null> => {
    for (const key of settings.projects) {
      const project = await projects.get(key)
      if (project !== null && String(project.id) === String(projectId)) return project.key
    }
    return null
  }

  return {
    account: () => accounts.get(''),
    fields: () => fields.get(''),
    /** Asked anew: a field may have been made a minute ago. */
    fieldsAgain: () => fields.again(''),
    project: (key: string) => projects.get(key),
    projectKeyOf,
    versions: (key: string): Promise<readonly WireVersion[] | null> => versions.get(key),

    /**
     * Jira answers 404 for an issue that was deleted and for one that this account may not see. If it sees no project
     * at all, its credentials or rights are gone, and not every issue.
     */
    requireSight: async (): Promise<void> => {
      for (const key of settings.projects) if ((await projects.again(key)) !== null) return
      throw new RemoteFault('auth', 'Jira shows none of the projects to this account (any more)')
    },

    /** How a person is named in a write. On Data Center by name, which is looked up by the key that never changes. */
    personFor: async (id: string): Promise<Readonly<Record<string, unknown>> | null> => {
      if (cloud) return { accountId: id }
      const name = await userNames.get(id)
      return name === null ? null : { name }
    },
    personId: (person: Parameters<typeof personId>[0]) => personId(person, cloud),
  }
}
