import type { Subject } from '../subject.ts'
import { azureDevopsSubject } from './azure-devops.ts'
import { causewaySubject } from './causeway.ts'
import { demoSubject, POOR, servedDemoSubject } from './demo.ts'
import { freshserviceSubject } from './freshservice.ts'
import { githubSubject } from './github.ts'
import { gitlabSubject } from './gitlab.ts'
import { jiraCloudSubject, jiraDataCenterSubject } from './jira.ts'
import { serviceManagementDataCenterSubject, serviceManagementSubject } from './jira-service-management.ts'
import { linearSubject } from './linear.ts'
import { redmineSubject } from './redmine.ts'
import { requestTrackerSubject } from './request-tracker.ts'
import { restSubject } from './rest.ts'
import { servicenowSubject } from './servicenow.ts'
import { zendeskSubject } from './zendesk.ts'

export interface NamedSubject {
  readonly name: string
  readonly make: () => Promise<Subject>
}

/** Every tool the suite is run on from the command line: a line for each. */
export const subjects: readonly NamedSubject[] = [
  { name: 'demo-desk', make: () => demoSubject('desk') },
  { name: 'demo-desk, a poor one', make: () => demoSubject('desk', POOR) },
  { name: 'demo-tracker', make: () => demoSubject('tracker') },
  { name: 'demo-tracker over HTTP', make: () => servedDemoSubject('tracker') },
  { name: 'causeway', make: causewaySubject },
  { name: 'linear', make: linearSubject },
  { name: 'gitlab', make: gitlabSubject },
  { name: 'github', make: githubSubject },
  { name: 'redmine', make: redmineSubject },
  { name: 'rest', make: restSubject },
  { name: 'request-tracker', make: requestTrackerSubject },
  { name: 'servicenow', make: servicenowSubject },
  { name: 'azure-devops', make: azureDevopsSubject },
  { name: 'zendesk', make: zendeskSubject },
  { name: 'freshservice', make: freshserviceSubject },
  { name: 'jira, Cloud', make: jiraCloudSubject },
  { name: 'jira, Data Center', make: jiraDataCenterSubject },
  { name: 'jira-service-management, Cloud', make: serviceManagementSubject },
  { name: 'jira-service-management, Data Center', make: serviceManagementDataCenterSubject },
]
