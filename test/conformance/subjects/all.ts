import type { Subject } from '../subject.ts'
import { demoSubject, POOR, servedDemoSubject } from './demo.ts'
import { redmineSubject } from './redmine.ts'
import { requestTrackerSubject } from './request-tracker.ts'
import { restSubject } from './rest.ts'

export interface NamedSubject {
  readonly name: string
  readonly make: () => Promise<Subject>
}

/** Every tool the suite is run on from the command line: a line for each. */
export const subjects: readonly NamedSubject[] = [
  { name: 'demo-desk', make: () => demoSubject('desk') },
  { name: 'demo-desk, a poor one', make: () => demoSubject('desk', POOR) },
  { name: 'demo-tracker', make: () => demoSubject('tracker') },
  { name: 'demo-tracker over HTTP', make: () => servedDemoSubject('tracker') },
  { name: 'redmine', make: redmineSubject },
  { name: 'rest', make: restSubject },
  { name: 'request-tracker', make: requestTrackerSubject },
]
