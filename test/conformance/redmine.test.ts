import { describeConformance } from './conformance.ts'
import { redmineSubject } from './subjects/redmine.ts'

await describeConformance('redmine', redmineSubject, [
  'updating: from an old version is a conflict, and nothing is written over',
  'commenting: what cannot be internal there is refused, not published',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: a file over the limit is refused, and nothing is attached',
  'linking: a link is added once and taken away, and links of people stay',
  'ringing: a webhook of the tool hints at the item that changed',
  'ringing: the same delivery twice has one id',
  'ringing: one changed byte, or one changed blank, is rejected',
  'ringing: no signature, an empty one, a short one, one of another secret: rejected',
  'ringing: a replay after its time is rejected',
  'ringing: whatever is signed well is read without a crash, and hints are bounded',
  'ringing: a body that is not JSON is rejected as such',
  'ringing: ten megabytes, well signed, give no flood of hints',
])
