import { describeConformance } from './conformance.ts'
import { demoSubject, servedDemoSubject } from './subjects/demo.ts'

const NOT_SUPPORTED = [
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'ringing: who posts no webhooks says so in the capabilities',
]

await describeConformance('demo-desk', () => demoSubject('desk'), [
  'status: a word out of reach is refused, and the status stays',
  ...NOT_SUPPORTED,
])
await describeConformance('demo-tracker', () => demoSubject('tracker'), NOT_SUPPORTED)
await describeConformance('demo-tracker over HTTP', () => servedDemoSubject('tracker'), NOT_SUPPORTED)
