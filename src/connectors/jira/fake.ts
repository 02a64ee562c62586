import { type JiraFake, type JiraFakeOptions, startJiraFake as start } from '../atlassian/fake.ts'
import type { Settings } from './schema.ts'

/** The pretended Jira of `atlassian/fake.ts` without a desk, with the settings of this connector. */
export const startJiraFake = async (
  options: Omit<JiraFakeOptions, 'desk'> = {},
): Promise<Omit<JiraFake, 'settings'> & { readonly settings: Settings }> => {
  const fake = await start({ ...options, desk: false })
  return { ...fake, settings: { ...fake.settings, defaultType: 'Task', internalRole: 'Developers' } }
}
