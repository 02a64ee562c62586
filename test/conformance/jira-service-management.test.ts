import { describeConformance } from './conformance.ts'
import {
  serviceManagementDataCenterSubject,
  serviceManagementSubject,
} from './subjects/jira-service-management.ts'

const NOT_SUPPORTED = [
  'updating: from an old version is a conflict, and nothing is written over',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: a file over the limit is refused, and nothing is attached',
  'refusing: what the capabilities do not name is invalid, and nothing is written',
  'ringing: who posts no webhooks says so in the capabilities',
  'ringing: a replay after its time is rejected',
]

await describeConformance('jira-service-management, Cloud', serviceManagementSubject, NOT_SUPPORTED)
await describeConformance(
  'jira-service-management, Data Center',
  serviceManagementDataCenterSubject,
  NOT_SUPPORTED,
)
