import { describeConformance } from './conformance.ts'
import { githubSubject } from './subjects/github.ts'

await describeConformance('github', githubSubject, [
  'updating: from an old version is a conflict, and nothing is written over',
  'status: a word out of reach is refused, and the status stays',
  'commenting: an internal comment never appears as public, whoever wrote it',
  'commenting: an edit of what cannot be edited is refused, and the text stays',
  'attaching: the bytes come back the same, by hash, and are ours',
  'attaching: nought bytes are a file too, or are refused in words',
  'attaching: names of any script, with blanks and quotes, survive',
  'attaching: two files of one name stay two',
  'attaching: an internal file is not shown as public, or is refused',
  'attaching: a download that breaks off is a fault, never a shorter file',
  'attaching: a file over the limit is refused, and nothing is attached',
  'attaching: a deletion takes that file and no other',
  'attaching: a lost answer is unknown, and reading shows the one file',
  'linking: a link is added once and taken away, and links of people stay',
  'failing: an attachment without its bytes is refused before any call',
  'ringing: who posts no webhooks says so in the capabilities',
  'ringing: a replay after its time is rejected',
])
