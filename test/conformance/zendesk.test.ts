import { describeConformance } from './conformance.ts'
import { zendeskSubject } from './subjects/zendesk.ts'

await describeConformance('zendesk', zendeskSubject, [
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit keeps the id, shows the new text and says that it was edited',
  'commenting: a deletion takes that comment and no other',
  'attaching: a file over the limit is refused, and nothing is attached',
  'linking: a link is added once and taken away, and links of people stay',
  'ringing: who posts no webhooks says so in the capabilities',
])
