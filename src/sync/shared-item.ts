import type { Actor } from '../domain/actor.ts'
import { NAMELESS } from '../domain/naming.ts'
import { NAMING_FIELDS, type Partner, type SharingPolicy } from '../domain/sharing.ts'
import {
  PRIORITIES,
  SEVERITIES,
  TICKET_STATES,
  WAITING_FOR,
  WORK_ITEM_KINDS,
  WORK_ITEM_STATES,
} from '../domain/words.ts'
import { type HubAttachment, type HubComment, type HubValue, type HubView, isTree } from './hub-view.ts'
import { TICKET_FIELDS, WORK_ITEM_FIELDS } from './mapping.ts'
import { forCustomers, type RichText, writeText } from './rich-text/index.ts'
import type { StatusCategory } from './snapshot.ts'

/**
 * A record of ours as a partner sees it: what goes over the wire, and what a preview shows, made by this one function
 * from what any tool would be shown, so that the two cannot differ. What the policy does not name is not there at all.
 */
export interface SharedItem {
  readonly id: string
  readonly key: string
  readonly url: string
  /** A product's key, or `inbox`. */
  readonly container: string
  readonly marker: string | null
  readonly fields: Readonly<Record<string, SharedValue>>
  readonly status: string | null
  readonly statusCategory: StatusCategory
  readonly comments: readonly SharedComment[]
  readonly attachments: readonly SharedFile[]
  readonly createdByYou: boolean
  readonly createdAt: string
  readonly updatedAt: string
  readonly version: string
}

export type SharedValue = null | string | number | boolean | readonly string[]

interface SharedWords {
  readonly id: string
  readonly author: { readonly id: string; readonly name: string } | null
  readonly byYou: boolean
  readonly visibility: 'public' | 'internal'
  readonly at: string
}
export interface SharedComment extends SharedWords {
  readonly text: string
  readonly editedAt: string | null
}
export interface SharedFile extends SharedWords {
  readonly name: string
  readonly mediaType: string
  readonly size: number | null
  readonly commentId: string | null
}

/** What stands beside the view: how the record came to be shared, and the authors of its files. */
export interface Standing {
  readonly product: string | null
  readonly marker: string | null
  /** They made it. */
  readonly brought: boolean
  readonly url: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly files: ReadonlyMap<string, FileFacts>
  readonly edited: ReadonlyMap<string, string>
}
export interface FileFacts {
  readonly author: Actor
  readonly at: string
  readonly commentId: string | null
}

/** Where records without a product lie. */
export const INBOX = 'inbox'

const CATEGORIES: Readonly<Record<string, StatusCategory>> = {
  new: 'new',
  triage: 'new',
  open: 'open',
  backlog: 'open',
  ready: 'open',
  started: 'open',
  'in review': 'open',
  verifying: 'open',
  waiting: 'waiting',
  resolved: 'done',
  closed: 'done',
  done: 'done',
  merged: 'done',
  cancelled: 'declined',
  declined: 'declined',
  duplicate: 'declined',
}
/** Of a state with what it waits for, by the state. */
const categoryOf = (state: string): StatusCategory =>
  CATEGORIES[state.startsWith('waiting ') ? 'waiting' : state] ?? null

/** Whom a text of ours calls is named where names cross, and is our team where they do not. */
const textOf = (tree: RichText, { names }: SharingPolicy): string =>
  writeText(names ? tree : forCustomers(tree, NAMELESS), 'markdown')

const asShared = (value: HubValue, policy: SharingPolicy): SharedValue =>
  isTree(value) ? textOf(value, policy) : value

export const sharedItem = (view: HubView, partner: Partner, standing: Standing): SharedItem => {
  const { policy } = partner
  const shown = policy.status !== 'hidden'
  const readable = (words: Pick<HubComment, 'audience'>, author: Actor | undefined): boolean =>
    policy.words.includes(words.audience) || author?.id === partner.id
  const words = { partner, standing }
  const values: Readonly<Record<string, HubValue | undefined>> = view.fields
  return {
    id: view.id,
    key: view.key,
    url: standing.url,
    container: standing.product ?? INBOX,
    marker: standing.marker,
    fields: Object.fromEntries(
      // one that is empty is told as such: only what they may not see is left out
      sharedFields(policy).map((field) => [field, asShared(values[field] ?? null, policy)]),
    ),
    status: shown ? view.state : null,
    statusCategory: shown ? categoryOf(view.state) : null,
    comments: view.comments
      .filter((comment) => !comment.deleted && readable(comment, comment.author))
      .map((comment) => commentOf(comment, words)),
    attachments: policy.files
      ? view.attachments.flatMap((file) => {
          const facts = standing.files.get(file.id)
          return file.state === 'stored' && facts !== undefined && readable(file, facts.author)
            ? [fileOf(file, facts, partner)]
            : []
        })
      : [],
    createdByYou: standing.brought,
    createdAt: standing.createdAt,
    updatedAt: standing.updatedAt,
    version: String(view.version),
  }
}

/** What of a field list can really be read: people only where names may be. */
export const sharedFields = (policy: SharingPolicy): readonly string[] =>
  policy.reads.filter((field) => policy.names || !NAMING_FIELDS.includes(field))

const visibilityOf = ({ audience }: Pick<HubComment, 'audience'>): 'public' | 'internal' =>
  audience === 'everyone' ? 'public' : 'internal'

/** Whoever they are, where names do not cross: not one of ours by name. */
const authorFor = (author: Actor, partner: Partner): SharedWords['author'] =>
  author.id === partner.id || partner.policy.names ? { id: author.id, name: author.name } : null

const commentOf = (
  comment: HubComment,
  { partner, standing }: { readonly partner: Partner; readonly standing: Standing },
): SharedComment => ({
  id: comment.id,
  author: authorFor(comment.author, partner),
  byYou: comment.author.id === partner.id,
  visibility: visibilityOf(comment),
  text: textOf(comment.body, partner.policy),
  at: comment.at,
  editedAt: standing.edited.get(comment.id) ?? null,
})

const fileOf = (file: HubAttachment, facts: FileFacts, partner: Partner): SharedFile => ({
  id: file.id,
  author: authorFor(facts.author, partner),
  byYou: facts.author.id === partner.id,
  visibility: visibilityOf(file),
  name: file.name,
  mediaType: file.mediaType,
  size: file.size,
  commentId: facts.commentId,
  at: facts.at,
})

// ---- what there is to choose from ---------------------------------------------------------------------------------

export interface SharedFieldKind {
  readonly field: string
  readonly kind: 'text' | 'rich' | 'choice' | 'number' | 'set'
  readonly options: readonly string[] | null
  /** A partner may be allowed to change it. */
  readonly writable: boolean
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  severity: SEVERITIES,
  kind: WORK_ITEM_KINDS,
}
/** Written down by whoever escalates, or what only we can say: where it belongs, whose it is, when it comes. */
const NEVER_WRITTEN: readonly string[] = [
  ...['steps', 'expected', 'actual', 'frequency', 'since'],
  ...['product', 'customer', 'requester', 'release'],
]

/** Every field a policy can name, of one kind of record. `custom.` fields are named by whoever uses them. */
export const fieldsToShare = (record: SharingPolicy['record']): readonly SharedFieldKind[] => {
  const all: readonly string[] = record === 'ticket' ? TICKET_FIELDS : WORK_ITEM_FIELDS
  const own = all.slice(0, all.indexOf(record === 'ticket' ? 'key' : 'severity'))
  return all
    .filter((field) => field !== 'key' && field !== 'url')
    .map((field) => {
      const options = field === 'priority' && record === 'ticket' ? PRIORITIES : (OPTIONS[field] ?? null)
      const writable = own.includes(field) && !NEVER_WRITTEN.includes(field)
      return { field, kind: kindOf(field, options), options, writable }
    })
}

const kindOf = (field: string, options: readonly string[] | null): SharedFieldKind['kind'] => {
  if (field === 'description') return 'rich'
  if (options !== null) return 'choice'
  return field.endsWith('.count') ? 'number' : 'text'
}

/** Words a status can have here. */
export const sharedStatuses = (
  record: SharingPolicy['record'],
): readonly { readonly word: string; readonly category: StatusCategory }[] =>
  (record === 'ticket'
    ? TICKET_STATES.flatMap((state) =>
        state === 'waiting' ? WAITING_FOR.map((what) => `waiting ${what}`) : [state],
      )
    : WORK_ITEM_STATES
  ).map((word) => ({ word, category: categoryOf(word) }))
