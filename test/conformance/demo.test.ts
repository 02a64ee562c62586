import { describeConformance } from './conformance.ts'
import { demoSubject, POOR, servedDemoSubject } from './subjects/demo.ts'

/** Cases about tools that can do less. */
const FOR_POORER_TOOLS = [
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: a file over the limit is refused, and nothing is attached',
  'refusing: what the capabilities do not name is invalid, and nothing is written',
  'ringing: who posts no webhooks says so in the capabilities',
]
const FOR_WORKFLOWS = 'status: a word out of reach is refused, and the status stays'

await describeConformance('demo-desk', () => demoSubject('desk'), [FOR_WORKFLOWS, ...FOR_POORER_TOOLS])
await describeConformance('demo-tracker', () => demoSubject('tracker'), FOR_POORER_TOOLS)
await describeConformance('demo-tracker over HTTP', () => servedDemoSubject('tracker'), FOR_POORER_TOOLS)
await describeConformance('a poor demo-desk', () => demoSubject('desk', POOR), [
  'creating: an item is found by its marker, and by no other',
  'creating: an item made before a restart is found by the next session',
  'creating: the same key makes one item, or both are found by the marker, as declared',
  'creating: a lost answer is unknown, and the one item is found by reading back',
  'updating: from an old version is a conflict, and nothing is written over',
  'updating: an edit that came between read and write stops the write, or is told',
  'updating: what replaced only what had been read is not called overwritten',
  FOR_WORKFLOWS,
  'commenting: an internal comment never appears as public, whoever wrote it',
  'commenting: an edit keeps the id, shows the new text and says that it was edited',
  'commenting: a deletion takes that comment and no other',
  'attaching: an internal file is not shown as public, or is refused',
  'attaching: a deletion takes that file and no other',
  'linking: a link is added once and taken away, and links of people stay',
  'gone: a deleted item is gone, for reading and for writing',
  'ringing: who posts no webhooks says so in the capabilities',
  'ringing: a webhook of the tool hints at the item that changed',
  'ringing: the same delivery twice has one id',
  'ringing: one changed byte, or one changed blank, is rejected',
  'ringing: no signature, an empty one, a short one, one of another secret: rejected',
  'ringing: a replay after its time is rejected',
  'ringing: whatever is signed well is read without a crash, and hints are bounded',
  'ringing: a body that is not JSON is rejected as such',
  'ringing: ten megabytes, well signed, give no flood of hints',
])
