import { describeConformance } from './conformance.ts'
import { servicenowSubject } from './subjects/servicenow.ts'

await describeConformance('servicenow', servicenowSubject, [
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit keeps the id, shows the new text and says that it was edited',
  'commenting: a deletion takes that comment and no other',
  'linking: a link is added once and taken away, and links of people stay',
  'moved: an item keeps its id in another container',
  'ringing: who posts no webhooks says so in the capabilities',
])
