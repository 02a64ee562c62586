import type { EventKind } from './event.ts'

type Noun = EventKind extends `${infer N}.${string}` ? N : never

/** The log in groups a person looks for, by the nouns of the kinds of events. */
export const AUDIT_GROUPS = {
  'signing in': ['account', 'token'],
  people: ['person', 'team', 'contact', 'customer'],
  products: [
    'product',
    'component',
    'installation',
    'release',
    'environment',
    'booking',
    'deployment',
    'ci-source',
    'repository',
  ],
  records: [
    'ticket',
    'enhancement',
    'work-item',
    'escalation',
    'comment',
    'attachment',
    'macro',
    'view',
    'release-note',
    'notice',
    'acceptance',
  ],
  changes: ['change', 'change-model', 'change-rules', 'freeze', 'cause', 'flag-flip'],
  syncing: ['connection', 'chat', 'partner', 'mapping', 'mirror', 'hold', 'conflict'],
  settings: ['settings', 'outreach', 'configuration', 'sample', 'backup', 'list'],
} as const satisfies Readonly<Record<string, readonly Noun[]>>

export type AuditGroup = keyof typeof AUDIT_GROUPS
export const AUDIT_GROUP_NAMES = Object.keys(AUDIT_GROUPS) as readonly AuditGroup[]

const WITHOUT_WORDS: ReadonlySet<string> = new Set([
  ...AUDIT_GROUPS['signing in'],
  ...AUDIT_GROUPS.people,
  ...AUDIT_GROUPS.products,
  // of a list that was exported the log keeps what was looked for
  ...AUDIT_GROUPS.settings.filter((noun) => noun !== 'list'),
  'connection',
  'chat',
  'partner',
  'mapping',
])

/** An event whose data holds nothing that a ticket or work item says: fit for who looks after people and settings only. */
export const isWithoutWords = (kind: string): boolean => WITHOUT_WORDS.has(kind.split('.')[0] ?? '')
