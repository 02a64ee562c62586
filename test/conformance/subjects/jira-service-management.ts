import { startServiceManagementFake } from '../../../src/connectors/jira-service-management/fake.ts'
import { jiraServiceManagement } from '../../../src/connectors/jira-service-management/index.ts'
import type { Subject } from '../subject.ts'
import { subjectOnJira } from './jira.ts'

/** On Cloud a request is made with its request type; Data Center takes none by its interface. */
export const serviceManagementSubject = async (): Promise<Subject> => {
  const subject = await subjectOnJira(jiraServiceManagement, startServiceManagementFake, true)
  return {
    ...subject,
    createFields: { ...subject.createFields, type: 'Report a problem', requester: 'account-of-casey' },
  }
}

export const serviceManagementDataCenterSubject = (): Promise<Subject> =>
  subjectOnJira(jiraServiceManagement, startServiceManagementFake, false)
