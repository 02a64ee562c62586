import type {
  Capabilities,
  Connector,
  Http,
  Session,
  WebhookDelivery,
  WebhookReading,
} from '../../src/sync/connector.ts'
import type { RemoteRef, ToolField, ToolFields, ToolValue, Visibility } from '../../src/sync/snapshot.ts'
import { checkedHttp, type Vendor, type VendorTally, vendorTally } from './vendor/checked-http.ts'

/**
 * What the conformance suite needs of one connector and one tool to try it on: a fake, a simulated tool or a real
 * server. Each case asks for a fresh subject and closes it.
 */
export interface Subject extends Tool {
  readonly connectorId: string
  readonly capabilities: Capabilities
  readonly hasWebhook: boolean
  /** As a connection holds them. */
  readonly settings: unknown
  /** A new session over the same tool. */
  connect(): Session
  readHook(delivery: WebhookDelivery): WebhookReading
  /** What was held against the vendor's own schema; null where there is none, or it is not at hand. */
  readonly vendor: VendorTally | null
}

/** Faults of the next call that fits. A tool that cannot do one leaves it out of `faults`: the case is then not supported. */
export type SubjectFault =
  /** The connection is refused: nothing reaches the tool. */
  | 'refused'
  /** Done, then the connection breaks. */
  | 'commit then lose'
  /** Done, then half of the answer. */
  | 'half body'
  | 'rate'
  | 'auth'
  | 'server error'
  | 'html'
  | 'deep json'
  | 'huge'
  | 'cut download'
  | 'listing fails'

export interface Tool {
  readonly now: () => Date
  /** Moves the clock of both sides; with a real clock it waits. */
  later(ms: number): Promise<void>
  /** Longest time after which a new item must be found. */
  readonly indexLagMs: number
  readonly container: string
  readonly otherContainer: string | null
  /** One valid value for every field that a create can take, title and description included. */
  readonly createFields: ToolFields
  /** What the tool shows for these, where that differs. */
  readonly shownFields?: ToolFields
  /** Fields that are described, and not all items have: of another kind of record, or of another licence. */
  readonly notOnAll?: readonly ToolField[]
  /** Fields of `createFields` that can be changed later, with another valid value. */
  readonly changes: readonly { readonly field: ToolField; readonly value: ToolValue }[]
  /** A field that can be emptied. */
  readonly canEmpty: ToolField | null
  /** A choice without this option. */
  readonly unknownOption: { readonly field: ToolField; readonly value: string } | null
  /** A person nobody there is. */
  readonly unknownPerson: { readonly field: ToolField; readonly value: string } | null
  /** A description in the tool's markup, with everything that survives unchanged: lists, quotes, entities, line ends. */
  readonly richSample: string
  /** Words to go through one after the other from a new item, with fields that a step requires. */
  readonly path: readonly { readonly to: string; readonly fields: ToolFields }[]
  /** A word that a new item cannot go to in one step. */
  readonly unreachable: string | null
  /** What becomes of a file name there; absent: nothing. */
  readonly shownFileName?: (name: string) => string
  /** An update that names an old version is refused. */
  readonly checksVersions: boolean
  /** It keeps a history that shows what our write replaced. */
  readonly tellsOverwritten: boolean
  /** An id that never existed. */
  readonly missingId: string
  readonly secrets: readonly string[]

  makeItemAsHuman(title: string): Promise<RemoteRef>
  editAsHuman(ref: RemoteRef, title: string): Promise<void>
  commentAsHuman(ref: RemoteRef, text: string, visibility: Exclude<Visibility, 'unknown'>): Promise<void>
  /** null: people cannot do that there, or the fake cannot. */
  readonly attachAsHuman: ((ref: RemoteRef, name: string, bytes: Uint8Array) => Promise<void>) | null
  readonly deleteAsHuman: ((ref: RemoteRef) => Promise<void>) | null
  readonly moveAsHuman: ((ref: RemoteRef, container: string) => Promise<void>) | null
  readonly linkAsHuman: ((ref: RemoteRef, url: string) => Promise<void>) | null

  readonly faults: readonly SubjectFault[]
  /** Strikes the next call that fits and no other, until `clearFaults`. */
  setFault(fault: SubjectFault): Promise<void>
  clearFaults(): Promise<void>
  /** What the tool's own ledger counts: accepted changes through the API. */
  counts(): Promise<LedgerCounts>
  /** Requests received so far. */
  calls(): Promise<number>
  /** A webhook as the tool sends it, for an item; and the tool's signature for any other bytes. */
  readonly hook: {
    good(ref: RemoteRef): Promise<HookSample>
    sign(bytes: Uint8Array): HookSample
    /** Header that carries the signature; null: signed in another way, then the cases about it are left out. */
    readonly signatureHeader: string
    /** false: the tool sends a secret along but signs no byte, so that a changed one cannot be noticed. */
    readonly signsBody?: false
    /** A replay after this long is refused by its age; null: only its delivery id tells. */
    readonly maxAgeMs: number | null
  } | null
  close(): Promise<void>
}

export interface LedgerCounts {
  readonly creates: number
  readonly comments: number
  readonly attachments: number
  /** Every accepted change, these three included. */
  readonly writes: number
}

export interface HookSample {
  readonly bytes: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** Joins a connector with its settings to a tool. */
export const subjectOf = <S>(
  connector: Connector<S>,
  settings: S,
  plain: Http,
  tool: Tool,
  by: Vendor | null = null,
): Subject => {
  const vendor = by === null ? null : vendorTally()
  const http = by === null || vendor === null ? plain : checkedHttp(plain, by, vendor)
  return {
    ...tool,
    vendor,
    setFault: (fault) => {
      if (vendor !== null) vendor.isFaulty = true
      return tool.setFault(fault)
    },
    clearFaults: () => {
      if (vendor !== null) vendor.isFaulty = false
      return tool.clearFaults()
    },
    connectorId: connector.id,
    capabilities: connector.capabilities(settings),
    hasWebhook: connector.webhook !== null,
    settings,
    connect: () => connector.connect(settings, http, tool.now),
    readHook: (delivery) => {
      if (connector.webhook === null) throw new Error(`${connector.id} reads no webhooks`)
      return connector.webhook(delivery, settings)
    },
  }
}
