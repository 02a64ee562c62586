import { type JiraFake, type JiraFakeOptions, startJiraFake } from '../atlassian/fake.ts'
import type { Settings } from './schema.ts'

/** The pretended Jira of `atlassian/fake.ts` with a desk, and the settings of this connector. */
export const startServiceManagementFake = async (
  options: Omit<JiraFakeOptions, 'desk'> = {},
): Promise<Omit<JiraFake, 'settings'> & { readonly settings: Settings }> => {
  const fake = await startJiraFake({ ...options, desk: true })
  return { ...fake, settings: { ...fake.settings, defaultType: 'Task' } }
}
