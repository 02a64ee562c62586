import { describeConformance } from './conformance.ts'
import { requestTrackerSubject } from './subjects/request-tracker.ts'

await describeConformance('request-tracker', requestTrackerSubject, [
  'updating: what replaced only what had been read is not called overwritten',
  'status: a word out of reach is refused, and the status stays',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit keeps the id, shows the new text and says that it was edited',
  'commenting: a deletion takes that comment and no other',
  'attaching: a file over the limit is refused, and nothing is attached',
  'attaching: a deletion takes that file and no other',
  'ringing: who posts no webhooks says so in the capabilities',
])
