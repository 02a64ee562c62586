import { describeConformance } from './conformance.ts'
import { restSubject } from './subjects/rest.ts'

await describeConformance('rest', restSubject, [
  'updating: from an old version is a conflict, and nothing is written over',
  'updating: an edit that came between read and write stops the write, or is told',
  'updating: what replaced only what had been read is not called overwritten',
  'status: a word out of reach is refused, and the status stays',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: a person’s file comes with the same bytes and is not ours',
  'attaching: a file over the limit is refused, and nothing is attached',
  'linking: a link is added once and taken away, and links of people stay',
  'moved: an item keeps its id in another container',
  'failing: a refused connection is down, and nothing was written',
  'failing: refused credentials wait for a person',
  'ringing: who posts no webhooks says so in the capabilities',
])
