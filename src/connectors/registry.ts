import type { Connector } from '../sync/connector.ts'
import { azureDevops } from './azure-devops/index.ts'
import { causeway } from './causeway/index.ts'
import { demoDesk, demoTracker } from './demo/index.ts'
import { freshservice } from './freshservice/index.ts'
import { github } from './github/index.ts'
import { gitlab } from './gitlab/index.ts'
import { jira } from './jira/index.ts'
import { jiraServiceManagement } from './jira-service-management/index.ts'
import { linear } from './linear/index.ts'
import { redmine } from './redmine/index.ts'
import { requestTracker } from './request-tracker/index.ts'
import { rest } from './rest/index.ts'
import { servicenow } from './servicenow/index.ts'
import { zendesk } from './zendesk/index.ts'

/** Every kind of tool we speak to: adding a connector is one line. */
export const connectors: readonly Connector[] = [
  requestTracker,
  redmine,
  gitlab,
  github,
  rest,
  demoDesk,
  demoTracker,
  servicenow,
  azureDevops,
  zendesk,
  freshservice,
  jira,
  linear,
  jiraServiceManagement,
  causeway,
]

export const findConnector = (id: string): Connector | undefined =>
  connectors.find((connector) => connector.id === id)
