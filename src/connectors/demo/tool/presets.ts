import type { DemoKind, DemoSetup, DemoTraits, DemoUser } from './model.ts'

/** What a desk and a tracker are when nothing else is said: an ordinary pair, and different where tools differ. */

export const DEMO_ACCOUNT: DemoUser = { id: 'u-causeway', name: 'Causeway', email: 'causeway@demo.example' }

const user = (id: string, name: string): DemoUser => ({
  id: `u-${id}`,
  name,
  email: `${id}@demo.example`,
})

/** In whose texts `@eve` calls Eve. */
const called = (id: string, name: string): DemoUser => ({ ...user(id, name), address: `login:${id}` })

const DESK_TRAITS: DemoTraits = {
  idempotency: 'key',
  comments: { public: true, internal: true, edit: true, delete: true },
  attachments: { read: true, write: true, delete: true, maxBytes: 50 * 1024 * 1024 },
  links: true,
  webhooks: true,
  deletionsSeen: true,
  richText: 'html',
  pageSize: 100,
  checksVersions: true,
  tellsOverwritten: false,
  answersWithItem: true,
  merged: 'closed',
}

const TRACKER_TRAITS: DemoTraits = {
  ...DESK_TRAITS,
  idempotency: 'marker',
  richText: 'markdown',
  answersWithItem: false,
}

const CLOCKWORK = {
  normalise: {},
  resolutionMs: 1,
  skewMs: 0,
  indexLagMs: 0,
  hookDelivery: 'at once',
} as const satisfies Partial<DemoSetup>

export const DESK_PRESET: DemoSetup = {
  ...CLOCKWORK,
  users: [
    user('ada', 'Ada Agent'),
    user('ben', 'Ben Backline'),
    user('carla', 'Carla Customer'),
    user('cem', 'Cem Customer'),
  ],
  containers: [
    { id: 'support', title: 'Support', types: ['incident', 'question', 'request'], prefix: 'T' },
    { id: 'vip', title: 'VIP support', types: ['incident', 'question', 'request'], prefix: 'V' },
  ],
  statuses: [
    { word: 'new', category: 'new' },
    { word: 'open', category: 'open' },
    { word: 'pending', category: 'waiting' },
    { word: 'on hold', category: 'waiting' },
    { word: 'solved', category: 'done' },
    { word: 'closed', category: 'done' },
  ],
  transitions: null,
  priorities: ['low', 'normal', 'high', 'urgent'],
  components: [],
  customFields: [
    { name: 'Severity', kind: 'choice', options: ['critical', 'high', 'medium', 'low'] },
    { name: 'Product', kind: 'choice', options: ['Portal', 'Gateway'] },
    { name: 'Version', kind: 'text' },
    { name: 'Environment', kind: 'text' },
    { name: 'Escalate', kind: 'choice', options: ['yes', 'no'] },
    { name: 'Engineering status', kind: 'text' },
    { name: 'Engineering key', kind: 'text' },
    { name: 'Engineering link', kind: 'text' },
    { name: 'Planned release', kind: 'text' },
    { name: 'Hours', kind: 'number' },
  ],
  traits: DESK_TRAITS,
}

// from each status the way forward first
const WORKFLOW = [
  ['triage', 'backlog'],
  ['triage', 'declined'],
  ['triage', 'duplicate'],
  ['backlog', 'ready'],
  ['backlog', 'in progress'],
  ['backlog', 'declined'],
  ['ready', 'in progress'],
  ['in progress', 'in review'],
  ['in progress', 'backlog'],
  ['in review', 'verifying'],
  ['in review', 'in progress'],
  ['verifying', 'done'],
  ['verifying', 'in progress'],
  ['done', 'triage'],
  ['declined', 'triage'],
  ['duplicate', 'triage'],
] as const

export const TRACKER_PRESET: DemoSetup = {
  ...CLOCKWORK,
  users: [
    called('eve', 'Eve Engineer'),
    called('finn', 'Finn Fixer'),
    called('gita', 'Gita Lead'),
    called('ada', 'Ada Agent'),
  ],
  containers: [
    { id: 'ENG', title: 'Engineering', types: ['Bug', 'Feature', 'Task'], prefix: 'ENG' },
    { id: 'GATE', title: 'Gateway team', types: ['Bug', 'Feature', 'Task'], prefix: 'GATE' },
  ],
  statuses: [
    { word: 'triage', category: 'new' },
    { word: 'backlog', category: 'open' },
    { word: 'ready', category: 'open' },
    { word: 'in progress', category: 'open' },
    { word: 'in review', category: 'open' },
    { word: 'verifying', category: 'open' },
    { word: 'done', category: 'done' },
    { word: 'declined', category: 'declined' },
    { word: 'duplicate', category: 'declined' },
  ],
  transitions: WORKFLOW.map(([from, to]) => ({ from, to })),
  priorities: ['P1', 'P2', 'P3', 'P4'],
  components: ['api', 'billing', 'login'],
  customFields: [
    { name: 'Severity', kind: 'choice', options: ['critical', 'high', 'medium', 'low'] },
    { name: 'Version', kind: 'text' },
    { name: 'Environment', kind: 'text' },
    { name: 'Ticket links', kind: 'text' },
    { name: 'Customers', kind: 'number' },
    { name: 'Root cause', kind: 'rich' },
    { name: 'Decline reason', kind: 'text' },
  ],
  traits: TRACKER_TRAITS,
}

export const presetOf = (kind: DemoKind): DemoSetup => (kind === 'desk' ? DESK_PRESET : TRACKER_PRESET)
