/** The log in groups a person looks for, by the nouns of the kinds of events. */
export const AUDIT_GROUPS = {
  'signing in': ['account', 'token'],
  people: ['person', 'team', 'contact', 'customer'],
  products: ['product', 'component', 'installation', 'release'],
  records: ['ticket', 'work-item', 'escalation', 'comment', 'attachment'],
  syncing: ['connection', 'mapping', 'mirror', 'hold', 'conflict'],
  settings: ['settings', 'configuration', 'sample', 'backup', 'export'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type AuditGroup = keyof typeof AUDIT_GROUPS
export const AUDIT_GROUP_NAMES = Object.keys(AUDIT_GROUPS) as readonly AuditGroup[]

const WITHOUT_WORDS: ReadonlySet<string> = new Set([
  ...AUDIT_GROUPS['signing in'],
  ...AUDIT_GROUPS.people,
  ...AUDIT_GROUPS.products,
  ...AUDIT_GROUPS.settings,
  'connection',
  'mapping',
])

/** An event whose data holds nothing that a ticket or work item says: fit for who looks after people and settings only. */
export const isWithoutWords = (kind: string): boolean => WITHOUT_WORDS.has(kind.split('.')[0] ?? '')
