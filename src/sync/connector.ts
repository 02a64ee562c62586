import type { TSchema } from 'typebox'
import type { RemotePerson, RemoteRef, Snapshot, ToolField, ToolFields, Visibility } from './snapshot.ts'

/**
 * The contract between Causeway and one kind of tool. Types only. A connector is a plain frozen object; it never
 * retries, sleeps, logs or touches our database. It throws `RemoteFault` and nothing else on purpose.
 */

// ---- the one HTTP layer a connector gets (implemented in connectors/http.ts) ---------------------------------

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the connection's base URL, starting with `/`; or an absolute URL of the same origin. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as `application/json`. At most one of json, multipart, body. */
  readonly json?: unknown
  readonly multipart?: readonly HttpPart[]
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>
  /**
   * `read`: repeating is harmless; a lost answer is `down`. `write`: a lost answer is `unknown`. Default by method:
   * GET reads, everything else writes.
   */
  readonly effect?: 'read' | 'write'
  readonly timeoutMs?: number
  /** Largest answer accepted, bytes. Default 16 MiB. */
  readonly maxBytes?: number
  /** Status codes the caller handles itself; others become a `RemoteFault`. 2xx always pass. */
  readonly accept?: readonly number[]
  /** Of a download: goes where the tool sends it on to, three steps at most, on its own origin and its `fileHosts`. */
  readonly follow?: boolean
}

export interface HttpPart {
  readonly name: string
  readonly filename?: string
  readonly mediaType?: string
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>
  /** Bytes, needed for a streamed content. */
  readonly size?: number
}

export interface HttpResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  /** Parses the body as JSON (depth and size bounded); throws `RemoteFault('down', …)` when it is not JSON. */
  json(): unknown
  text(): string
}

export interface HttpDownload {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly size: number | null
  /** Must be read to its end or left with `break`/`return`. Throws `RemoteFault('down')` when cut short. */
  readonly stream: AsyncIterable<Uint8Array>
}

/** Another place where a tool keeps files: calls to it name it by an absolute URL, and are `https`. */
export interface FileHost {
  /** `files.example.com`, or `*.example.com` for every host below it. */
  readonly host: string
  /** Whether the connection's credentials go there; a presigned address wants none. */
  readonly credentials: boolean
}

/** Credentials that are exchanged for others which expire: OAuth’s client credentials, a GitHub App’s key. */
export interface SignIn {
  /** Where it is asked: often another origin than the tool's. */
  readonly baseUrl: string
  /** The call carries no credentials but those it holds itself. Throws `RemoteFault('auth')` when they are refused. */
  readonly ask: (http: Http, now: () => Date) => Promise<SignedIn>
}

export interface SignedIn {
  readonly headers: Readonly<Record<string, string>>
  /** They are exchanged again a minute before, and once whenever the tool refuses them. null: they do not expire. */
  readonly until: Date | null
}

export interface Http {
  request(request: HttpRequest): Promise<HttpResponse>
  /** Like request, but the body is streamed and unbounded: the caller counts. */
  download(request: HttpRequest): Promise<HttpDownload>
}

// ---- capabilities -------------------------------------------------------------------------------------------

export type RichFormat = 'markdown' | 'textile' | 'html' | 'adf' | 'wiki' | 'plain'

/** What this tool can do, as data: the planner never plans what it cannot, screens say why, tests skip by it. */
export interface Capabilities {
  readonly records: readonly ('item' | 'release')[]
  readonly create: boolean
  /** Fields that can be written; `cf:*` stands for every custom field. */
  readonly writes: readonly (ToolField | 'cf:*')[]
  readonly comments: {
    readonly public: boolean
    readonly internal: boolean
    readonly edit: boolean
    readonly delete: boolean
  }
  readonly attachments: {
    readonly read: boolean
    readonly write: boolean
    readonly delete: boolean
    readonly maxBytes: number
  }
  /** Can hold links to addresses elsewhere (`link.add`, `link.remove`). */
  readonly links: boolean
  /** `direct`: any status can be set; `workflow`: only some moves are allowed (`nextStatuses`, `describe().transitions`). */
  readonly transitions: 'direct' | 'workflow' | 'none'
  readonly webhooks: boolean
  /** A deleted item is answered as `gone`. */
  readonly deletionsSeen: boolean
  /** How a create with a lost answer is recognised: an idempotency key the tool honours, our marker field, or not at all. */
  readonly idempotency: 'key' | 'marker' | 'none'
  /** Seconds a new item may stay invisible to `find` (a search index that lags). Absent: 120. 0: it reads the truth. */
  readonly findLagSeconds?: number
  readonly richText: RichFormat
  readonly pageSize: number
  /** Calls a second we allow ourselves when the tool sends no rate headers. */
  readonly ratePerSecond: number
}

// ---- operations ---------------------------------------------------------------------------------------------

export type Operation =
  | {
      readonly op: 'create'
      readonly container: string
      readonly fields: ToolFields
      /** Our marker (the record's key), put into the marker field so that a lost answer can be read back. */
      readonly marker: string
    }
  | {
      readonly op: 'update'
      readonly ref: RemoteRef
      readonly fields: ToolFields
      /** A condition, where the tool can compare: an item that is at another version is a `conflict`. */
      readonly version: string | null
      /** As of a transition. Absent: `version`. */
      readonly since?: string | null
    }
  | {
      readonly op: 'transition'
      readonly ref: RemoteRef
      readonly to: string
      readonly fields: ToolFields
      /**
       * Version of the snapshot that this was decided from. No condition, for a write of ours may have come between:
       * it says from where on the tool's history is read for `overwrote`.
       */
      readonly since?: string | null
    }
  | {
      readonly op: 'comment.add'
      readonly ref: RemoteRef
      readonly visibility: Exclude<Visibility, 'unknown'>
      readonly text: string
    }
  | {
      readonly op: 'comment.edit'
      readonly ref: RemoteRef
      readonly commentId: string
      readonly text: string
    }
  | { readonly op: 'comment.delete'; readonly ref: RemoteRef; readonly commentId: string }
  | {
      readonly op: 'attach'
      readonly ref: RemoteRef
      readonly name: string
      readonly mediaType: string
      readonly size: number
      readonly sha256: string
      readonly visibility: Exclude<Visibility, 'unknown'>
    }
  | { readonly op: 'detach'; readonly ref: RemoteRef; readonly attachmentId: string }
  | { readonly op: 'link.add'; readonly ref: RemoteRef; readonly url: string; readonly title: string }
  | { readonly op: 'link.remove'; readonly ref: RemoteRef; readonly url: string }

/** What the tool answered. Whatever is null is found out by the read that follows. */
export interface Receipt {
  /** Of a create. */
  readonly ref: RemoteRef | null
  /** Id of the comment or attachment made. */
  readonly elementId: string | null
  /** The item as shown after the write, complete with comments, when the tool's answer holds it. */
  readonly snapshot: Snapshot | null
  /**
   * Of an update or transition in a tool that keeps a history: what stood in the fields we wrote when our write
   * landed, where that differs from what the version we decided from showed. Somebody's edit came between, and our
   * write replaced it. In the terms of snapshots. Absent, or without a field: nothing was lost, or the tool cannot
   * tell. A connector whose tool can tell, but not now, throws `unknown`: the write is done, what it replaced is not
   * known, and `overwritten` is asked later.
   */
  readonly overwrote?: ToolFields
}

/** What can write over an edit. */
export type FieldWrite = Extract<Operation, { readonly op: 'update' | 'transition' }>

// ---- describing a tool --------------------------------------------------------------------------------------

export interface Description {
  readonly containers: readonly {
    readonly id: string
    readonly title: string
    readonly types: readonly string[]
  }[]
  readonly fields: readonly {
    readonly field: ToolField
    readonly title: string
    readonly kind: 'text' | 'rich' | 'choice' | 'person' | 'number' | 'date' | 'set'
    readonly options: readonly string[] | null
    readonly writable: boolean
  }[]
  readonly statuses: readonly { readonly word: string; readonly category: Snapshot['statusCategory'] }[]
  /** Allowed moves; null when any move is allowed or the tool does not say. */
  readonly transitions: readonly { readonly from: string; readonly to: string }[] | null
  readonly people: readonly RemotePerson[]
}

export interface CheckResult {
  /** e.g. `Request Tracker 5.0.3`. */
  readonly tool: string
  readonly account: RemotePerson | null
  /** Sentences for a person: a missing right, a missing custom field, a clock that is off. Empty when all is well. */
  readonly problems: readonly string[]
}

/** How it stands with the webhook that the tool keeps for us. */
export interface HookState {
  /** What had to be done now: `enabled` again after the tool had given up on us, `renewed` before it expired. */
  readonly did: 'nothing' | 'registered' | 'enabled' | 'renewed'
  /** When the tool forgets it unless it is renewed; null: never. */
  readonly until: Date | null
  /** A sentence for a person where the tool does not let us, a right that is missing; null: it rings. */
  readonly problem: string | null
}

// ---- the connector ------------------------------------------------------------------------------------------

export interface PullPage {
  /** As listed: comments and attachments may be null. */
  readonly snapshots: readonly Snapshot[]
  /** Of `changes`: what the tool names as taken away. Each is looked at before it is believed. */
  readonly gone?: readonly RemoteRef[]
  /**
   * Of `changes`: items on which somebody said something at a time (the tool's clock), where that leaves the item as its
   * list shows it. Each is looked at, unless the last look showed words as late.
   */
  readonly said?: readonly { readonly ref: RemoteRef; readonly at: string }[]
  /** Opaque; kept after the snapshots were taken in. At-least-once: a page may come again. */
  readonly cursor: string
  readonly more: boolean
}

export interface Session {
  check(): Promise<CheckResult>
  describe(): Promise<Description>
  /**
   * `changes`: items changed since the cursor, oldest first, with overlap where the tool's clock is coarse; a null
   * cursor starts now. `all`: every item in scope, in a stable order; a null cursor starts at the first.
   */
  pull(cursor: string | null, scope: 'changes' | 'all'): Promise<PullPage>
  /** The whole item with comments and attachments listed; `gone` when the tool says it does not exist. */
  fetch(ref: RemoteRef): Promise<Snapshot | 'gone'>
  /**
   * Items holding our marker, made at or after `since` (with slack for clocks): listed, not searched, where the tool
   * allows, because search indexes lag. Used to resolve a create whose answer was lost, and to find clones.
   */
  find(marker: string, since: Date): Promise<readonly Snapshot[]>
  /**
   * Does one operation. `key` is the same for each repetition of one intent. `content` gives an attachment's bytes.
   * `at` of the operation's order is the caller's business: operations of one item come one after the other.
   */
  push(operation: Operation, key: string, content?: () => AsyncIterable<Uint8Array>): Promise<Receipt>
  /**
   * What `overwrote` would have said of a write whose answer was lost; empty when it was not done. Absent where the
   * tool keeps no history that shows it.
   */
  overwritten?(operation: FieldWrite): Promise<ToolFields>
  /**
   * Sees to it that the tool rings at `address`, signed with the webhook secret of the settings: registers, enables,
   * renews what is missing, once however often it is asked, and touches no webhook but the one with this address. Asked
   * every few minutes. Absent: a person sets the webhook up there.
   */
  keepHook?(address: string): Promise<HookState>
  /** Takes back what `keepHook` did. */
  dropHook?(address: string): Promise<void>
  /** Bytes of an attachment. */
  download(
    ref: RemoteRef,
    attachmentId: string,
  ): Promise<{ readonly size: number | null; readonly stream: AsyncIterable<Uint8Array> }>
}

export type WebhookReading =
  /** Look at these items. `deliveryId`: the tool's own id of this delivery, or null (then the body's hash is used). */
  | { readonly outcome: 'hints'; readonly refs: readonly RemoteRef[]; readonly deliveryId: string | null }
  | { readonly outcome: 'ignored'; readonly reason: string }
  | { readonly outcome: 'rejected'; readonly reason: string; readonly status: 400 | 401 }

export interface Connector<S = never> {
  /** As in configuration: `redmine`. */
  readonly id: string
  readonly title: string
  /** `desk`: its items are tickets; `tracker`: work items; `any`: the connection says. */
  readonly party: 'desk' | 'tracker' | 'any'
  /** Object schema; secret members carry `secret: true`, each has `title` and `description`. Drawn as form and docs. */
  readonly settings: TSchema
  /** Base URL that every call of a session must stay below. */
  readonly baseUrl: (settings: S) => string
  /** Credentials as headers; the HTTP layer adds them to each call and keeps their values out of every fault. */
  readonly headers: (settings: S) => Readonly<Record<string, string>>
  /** For credentials that must be exchanged first; null: with these settings `headers` is all. Its headers win. */
  readonly signIn?: (settings: S) => SignIn | null
  readonly fileHosts?: (settings: S) => readonly FileHost[]
  readonly capabilities: (settings: S) => Capabilities
  /**
   * Pure. Verifies on the raw bytes (constant time), then reads. Called only with bodies already capped in size.
   * null: the tool posts nothing.
   */
  readonly webhook: ((delivery: WebhookDelivery, settings: S) => WebhookReading) | null
  readonly connect: (settings: S, http: Http, now: () => Date) => Session
}

export interface WebhookDelivery {
  readonly bytes: Uint8Array
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly now: Date
}
