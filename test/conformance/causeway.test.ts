import { describeConformance } from './conformance.ts'
import { causewaySubject } from './subjects/causeway.ts'

await describeConformance('causeway', causewaySubject, [
  'creating: an unknown person is refused and the field named, or is shown as not taken',
  'updating: what replaced only what had been read is not called overwritten',
  'status: a word out of reach is refused, and the status stays',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: a file over the limit is refused, and nothing is attached',
  'linking: a link is added once and taken away, and links of people stay',
  'ringing: who posts no webhooks says so in the capabilities',
])
