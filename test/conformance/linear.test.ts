import { describeConformance } from './conformance.ts'
import { linearSubject } from './subjects/linear.ts'

await describeConformance('linear', linearSubject, [
  'updating: from an old version is a conflict, and nothing is written over',
  'status: a word out of reach is refused, and the status stays',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: a file over the limit is refused, and nothing is attached',
  'refusing: what the capabilities do not name is invalid, and nothing is written',
  'ringing: who posts no webhooks says so in the capabilities',
])
