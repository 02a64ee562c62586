import { describeConformance } from './conformance.ts'
import { azureDevopsSubject } from './subjects/azure-devops.ts'

await describeConformance('azure-devops', azureDevopsSubject, [
  'commenting: an internal comment never appears as public, whoever wrote it',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: an internal file is not shown as public, or is refused',
  'attaching: a file over the limit is refused, and nothing is attached',
  'refusing: what the capabilities do not name is invalid, and nothing is written',
  'ringing: who posts no webhooks says so in the capabilities',
  'ringing: one changed byte, or one changed blank, is rejected',
  'ringing: a replay after its time is rejected',
])
