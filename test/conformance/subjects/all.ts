import type { Subject } from '../subject.ts'
import { demoSubject, servedDemoSubject } from './demo.ts'

export interface NamedSubject {
  readonly name: string
  readonly make: () => Promise<Subject>
}

/** Every tool the suite is run on from the command line: a line for each. */
export const subjects: readonly NamedSubject[] = [
  { name: 'demo-desk', make: () => demoSubject('desk') },
  { name: 'demo-tracker', make: () => demoSubject('tracker') },
  { name: 'demo-tracker over HTTP', make: () => servedDemoSubject('tracker') },
]
