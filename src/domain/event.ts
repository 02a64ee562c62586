/**
 * One line of the log: something that happened, in the past tense. Kinds are `<record>.<what>`; the data holds what a
 * reader needs without a second look, never a secret, and never internal words in an event of a public record.
 */
export interface NewEvent {
  readonly kind: EventKind
  readonly record: { readonly kind: string; readonly id: string } | null
  readonly data: Readonly<Record<string, unknown>>
  readonly connectionId?: string
}

/** What can happen, by noun: one list, so that whoever listens to all of it misses nothing. */
export const EVENT_WORDS = {
  customer: ['created', 'changed', 'archived'],
  contact: ['created', 'changed', 'archived'],
  person: ['created', 'changed', 'archived'],
  team: ['created', 'changed', 'archived'],
  product: ['created', 'changed', 'archived'],
  component: ['created', 'changed', 'archived'],
  installation: ['created', 'changed', 'archived'],
  environment: ['created', 'changed', 'archived', 'deployed'],
  booking: ['created', 'changed', 'cancelled'],
  deployment: ['created', 'changed'],
  enhancement: [
    ...(['created', 'changed', 'decided', 'reopened', 'merged', 'unmerged'] as const),
    ...(['asked', 'unasked', 'received'] as const),
  ],
  'ci-source': ['created', 'changed', 'secret-renewed'],
  change: [
    ...(['created', 'changed', 'moved', 'asked', 'key-given', 'key-refused', 'excepted'] as const),
    ...(['begun', 'finished', 'closed', 'cancelled', 'revised'] as const),
  ],
  'change-model': ['created', 'changed', 'approved', 'archived'],
  'change-rules': ['changed'],
  freeze: ['created', 'changed', 'lifted'],
  cause: ['confirmed', 'cleared', 'suspected'],
  'flag-flip': ['created'],
  token: ['created', 'changed', 'archived'],
  ticket: [
    ...(['created', 'changed', 'resolved', 'reopened', 'closed', 'taken', 'woken', 'merged'] as const),
    ...(['unmerged', 'snoozed', 'cancelled', 'linked', 'unlinked'] as const),
  ],
  macro: ['created', 'changed', 'archived', 'applied'],
  'work-item': [
    ...(['created', 'changed', 'moved', 'declined', 'duplicate', 'done', 'regression-asked'] as const),
    ...(['snoozed', 'woken', 'linked', 'unlinked', 'displaced'] as const),
  ],
  escalation: [
    ...(['created', 'joined', 'sent', 'accepted', 'back-in-triage', 'information-asked'] as const),
    ...(['answered', 'question-closed', 'declined', 'returned', 'withdrawn', 'reinstated'] as const),
    ...(['fixed', 'released', 'verified', 'ended', 'still-broken', 'resumed'] as const),
  ],
  release: [
    ...([
      'bill-told',
      'created',
      'changed',
      'estimated',
      'released',
      'withdrawn',
      'traced',
      'signed',
      'unsigned',
    ] as const),
    ...(['decided', 'care-planned', 'followed', 'contacts-jumped', 'jump-dismissed'] as const),
  ],
  acceptance: ['created', 'changed', 'removed', 'restored', 'run'],
  'release-note': ['created', 'changed', 'proposed', 'approved', 'withdrawn', 'removed', 'restored'],
  repository: ['created', 'changed', 'archived', 'failing', 'up'],
  chat: ['created', 'changed', 'archived'],
  notice: [
    'proposed',
    'changed',
    'approved',
    'held',
    'edited',
    'sent',
    'dismissed',
    'restored',
    'suppressed',
    'answered',
  ],
  outreach: ['policy-changed', 'template-changed'],
  comment: ['added', 'edited', 'deleted', 'audience-changed'],
  attachment: ['added', 'shared', 'stored', 'refused', 'deleted'],
  connection: [
    ...(['created', 'changed', 'paused', 'resumed', 'down', 'up', 'failing', 'swept'] as const),
    ...(['mass-change-stopped', 'hook-mended', 'hook-refused'] as const),
  ],
  mapping: ['saved'],
  partner: ['created', 'changed', 'token-renewed', 'ended', 'shared', 'withdrawn'],
  mirror: [
    ...(['discovered', 'created', 'joined', 'unlinked', 'gone', 'synced', 'moved'] as const),
    ...(['clone-found', 'breaker-opened', 'unknown-write', 'write-resolved', 'undone'] as const),
  ],
  hold: ['opened', 'closed'],
  conflict: ['opened', 'settled'],
  configuration: ['applied'],
  view: ['created', 'changed', 'pinned'],
  list: ['exported'],
  account: [
    ...(['created', 'linked', 'password-set', 'signed-in', 'refused', 'signed-out'] as const),
    ...(['second-factor-on', 'second-factor-off', 'second-factor-reset', 'changed'] as const),
  ],
  settings: ['changed', 'mail-tried'],
  sample: ['added', 'removed'],
  backup: ['taken'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type EventNoun = keyof typeof EVENT_WORDS
export type EventKind = { [N in EventNoun]: `${N}.${(typeof EVENT_WORDS)[N][number]}` }[EventNoun]

export const EVENT_KINDS: readonly EventKind[] = Object.entries(EVENT_WORDS).flatMap(([noun, words]) =>
  words.map((word) => `${noun}.${word}` as EventKind),
)
