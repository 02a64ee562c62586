import { createHash } from 'node:crypto'
import type { WireAbout, WireItem } from '../schema.ts'

/** What the pretended Causeway holds: its records as one partner sees them, and what its policy lets that partner do. */

type Visibility = WireItem['comments'][number]['visibility']
export type WireValue = WireItem['fields'][string]
export type Author = NonNullable<WireItem['comments'][number]['author']>

type About = WireAbout & {
  statusWritable: boolean
  comments: Record<Visibility, boolean>
  releases: boolean
}
/** What the pretended one says of itself, and lets its partner do. */
export type FakePolicy = { -readonly [member in keyof About]: About[member] }

/** An item, and when it changed last in the log. */
export type FakeItem = WireItem & { seq: number }

export interface LedgerEntry {
  readonly op: string
  readonly id: string
}

export const PARTNER: Author = { id: 'a0000000-0000-4000-8000-000000000001', name: 'Acme' }
export const ADA: Author = { id: 'a0000000-0000-4000-8000-000000000002', name: 'Ada Berg' }
export const SEVERITIES = ['critical', 'major', 'minor']

const field = (
  name: string,
  kind: WireAbout['fields'][number]['kind'] = 'text',
  options: string[] | null = null,
): WireAbout['fields'][number] => ({ field: name, title: name, kind, options, writable: true })

const policyOf = (): FakePolicy => ({
  version: '0.5.0',
  name: 'Beta Ltd',
  partner: PARTNER.name,
  record: 'work item',
  create: true,
  fields: [
    field('title'),
    field('description', 'rich'),
    field('priority', 'choice', ['P1', 'P2', 'P3', 'P4']),
    field('component'),
    field('severity', 'choice', SEVERITIES),
    field('version'),
    field('environment'),
    field('workaround'),
    field('root cause'),
    field('custom.seats', 'number'),
    field('custom.markets', 'set'),
    { ...field('assignee'), writable: false },
  ],
  statuses: [
    { word: 'triage', category: 'new' },
    { word: 'started', category: 'open' },
    { word: 'in review', category: 'open' },
    { word: 'done', category: 'done' },
    { word: 'declined', category: 'declined' },
  ],
  statusWritable: true,
  containers: [
    { id: 'atlas', title: 'Atlas' },
    { id: 'borea', title: 'Borea' },
    { id: 'inbox', title: 'Without a product' },
  ],
  comments: { public: true, internal: true },
  files: true,
  maxFileBytes: 1_000_000,
  releases: false,
})

export interface FakeWorld {
  readonly policy: FakePolicy
  /** In the order they were made. */
  readonly items: Map<string, FakeItem>
  readonly files: Map<string, Uint8Array>
  /** Accepted deeds of the partner. */
  readonly ledger: LedgerEntry[]
  /** Answers by idempotency key. */
  readonly done: Map<string, string>
  hook: { readonly address: string; readonly secret: string } | null
  ended: boolean
  readonly now: () => Date
  readonly newId: () => string
  readonly seq: () => number
  readonly make: (container: string, fields: WireItem['fields'], marker: string | null) => FakeItem
  /** After every change of one. */
  readonly touch: (item: FakeItem) => void
  readonly comment: (item: FakeItem, author: Author, visibility: Visibility, text: string) => string
  readonly attach: (
    item: FakeItem,
    author: Author,
    file: Pick<WireItem['attachments'][number], 'name' | 'mediaType' | 'visibility'>,
    bytes: Uint8Array,
  ) => string
}

export const newWorld = (now: () => Date, url: () => string): FakeWorld => {
  let made = 0
  let seq = 0
  const newId = (): string => {
    made += 1
    const hex = createHash('sha256').update(`causeway ${made}`).digest('hex')
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  }
  const iso = (): string => now().toISOString()
  const items = new Map<string, FakeItem>()
  const files = new Map<string, Uint8Array>()
  const policy = policyOf()

  const touch = (item: FakeItem): void => {
    seq += 1
    item.seq = seq
    item.updatedAt = iso()
    item.version = String(Number(item.version) + 1)
  }
  const words = (author: Author, visibility: Visibility) => ({
    id: newId(),
    author,
    byYou: author === PARTNER,
    visibility,
    at: iso(),
  })

  return {
    policy,
    items,
    files,
    ledger: [],
    done: new Map(),
    hook: null,
    ended: false,
    now,
    newId,
    seq: () => seq,
    touch,
    make: (container, fields, marker) => {
      const id = newId()
      const key = `WI-${items.size + 1}`
      const item: FakeItem = {
        ...{ id, key, container, marker, seq: 0, version: '0', url: `${url()}/work-items/${key}` },
        fields: { ...Object.fromEntries(policy.fields.map((one) => [one.field, null])), ...fields },
        ...{ status: 'triage', statusCategory: 'new', comments: [], attachments: [] },
        ...{ createdByYou: marker !== null, createdAt: iso(), updatedAt: iso() },
      }
      items.set(id, item)
      touch(item)
      return item
    },
    comment: (item, author, visibility, text) => {
      const one = { ...words(author, visibility), text, editedAt: null }
      item.comments.push(one)
      touch(item)
      return one.id
    },
    attach: (item, author, { visibility, ...file }, bytes) => {
      const one = { ...words(author, visibility), ...file, size: bytes.length, commentId: null }
      files.set(one.id, bytes)
      item.attachments.push(one)
      touch(item)
      return one.id
    },
  }
}
