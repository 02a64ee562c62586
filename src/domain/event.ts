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

export type EventKind =
  | `${'customer' | 'contact' | 'person' | 'team' | 'product' | 'component' | 'installation' | 'token'}.${'created' | 'changed' | 'archived'}`
  | `ticket.${'created' | 'changed' | 'resolved' | 'reopened' | 'closed' | 'taken' | 'woken' | 'merged' | 'unmerged' | 'snoozed' | 'cancelled' | 'linked' | 'unlinked'}`
  | `macro.${'created' | 'changed' | 'archived' | 'applied'}`
  | `work-item.${'created' | 'changed' | 'moved' | 'declined' | 'duplicate' | 'done' | 'regression-asked' | 'snoozed' | 'woken' | 'linked' | 'unlinked'}`
  | `escalation.${'created' | 'joined' | 'sent' | 'accepted' | 'back-in-triage' | 'information-asked' | 'answered' | 'question-closed' | 'declined' | 'returned' | 'fixed' | 'released' | 'verified' | 'ended' | 'still-broken' | 'resumed'}`
  | `release.${'created' | 'changed' | 'estimated' | 'released' | 'withdrawn'}`
  | `comment.${'added' | 'edited' | 'deleted' | 'audience-changed'}`
  | `attachment.${'added' | 'shared' | 'stored' | 'refused' | 'deleted'}`
  | `connection.${'created' | 'changed' | 'paused' | 'resumed' | 'down' | 'up' | 'failing' | 'swept' | 'mass-change-stopped'}`
  | `mapping.${'saved'}`
  | `mirror.${'discovered' | 'created' | 'joined' | 'unlinked' | 'gone' | 'synced' | 'moved' | 'clone-found' | 'breaker-opened' | 'unknown-write' | 'write-resolved' | 'undone'}`
  | `hold.${'opened' | 'closed'}`
  | `conflict.${'opened' | 'settled'}`
  | `configuration.${'applied'}`
  | `view.${'created' | 'changed'}`
  | `list.${'exported'}`
  | `account.${'created' | 'linked' | 'password-set' | 'signed-in' | 'refused' | 'signed-out' | 'second-factor-on' | 'second-factor-off' | 'second-factor-reset' | 'changed'}`
  | `settings.${'changed' | 'mail-tried'}`
  | `sample.${'added' | 'removed'}`
  | `backup.${'taken'}`
