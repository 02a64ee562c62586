import { type Answering, createAnswering, type ToolAnswer } from './tool/answer.ts'
import { createFaultScript, type FaultScript } from './tool/faults.ts'
import { createHands, type Hands } from './tool/hands.ts'
import { createHookQueue, type HookReceiver } from './tool/hooks.ts'
import type {
  CallEntry,
  DemoItem,
  DemoKind,
  DemoSetup,
  DemoToolOptions,
  DemoTraits,
  DemoUser,
  LedgerEntry,
  LedgerOp,
} from './tool/model.ts'
import { DEMO_ACCOUNT, presetOf } from './tool/presets.ts'
import type { ToolRequest } from './tool/routes.ts'
import { type DemoDump, dumpState, findItem, loadState, nextNumber, type ToolState } from './tool/state.ts'

/**
 * A whole desk or tracker in memory, with everything that goes wrong in real ones on a switch. Deterministic: time
 * and randomness come in, ids count up. The demo runs on it, and so do the tests that judge the sync, by `ledger`.
 *
 *     const desk = createDemoTool({ kind: 'desk', name: 'desk', now: () => clock, random: seeded })
 *     demoTools.set('desk', desk)                       // instances.ts: now settings {instance: 'desk'} reach it
 *     const ticket = desk.humanCreate({ container: 'support', fields: { title: 'Login fails' } })
 *     desk.faults.queue('commitThenLose', { op: 'comment.add' })
 */
export interface DemoTool extends Hands {
  readonly kind: DemoKind
  readonly name: string
  readonly account: DemoUser
  readonly webhookSecret: string
  readonly token: string | null
  /** What really happened, oldest first. */
  readonly ledger: readonly LedgerEntry[]
  /** Every request at the API. */
  readonly calls: readonly CallEntry[]
  readonly setup: DemoSetup
  /** Changes what the tool is while it runs: an option goes, comments become immutable, the index starts to lag. */
  change(patch: Partial<Omit<DemoSetup, 'traits'>> & { readonly traits?: Partial<DemoTraits> }): void
  readonly faults: FaultScript
  /** The truth, not the index: live items and releases in the order of making. */
  items(): readonly DemoItem[]
  /** By id or key; also deleted ones. */
  item(idOrKey: string): DemoItem | undefined
  /** The bytes of an attachment, where they were kept, by sha256. */
  blob(sha256: string): Uint8Array | undefined
  subscribe(receiver: HookReceiver): () => void
  /** Sends the webhooks that are due (`all`: also late ones); resolves to how many. */
  deliverHooks(all?: boolean): Promise<number>
  readonly hooksWaiting: number
  dump(): DemoDump
  /** After a restart: everything of the dump, ledger and counters too. */
  load(dump: DemoDump): void
  /** The items go back to what they were; the ledger and the numbers go on. No webhooks tell of it. */
  restoreFromBackup(dump: DemoDump): void
  /** The API. */
  handle(request: ToolRequest): Promise<ToolAnswer>
}

/** How many changes that pass `filter` the ledger holds. */
export const countLedger = (
  tool: DemoTool,
  filter: { op?: LedgerOp; via?: 'api' | 'hand'; itemId?: string },
): number =>
  tool.ledger.filter(
    (entry) =>
      (filter.op === undefined || entry.op === filter.op) &&
      (filter.via === undefined || entry.via === filter.via) &&
      (filter.itemId === undefined || entry.itemId === filter.itemId),
  ).length

export const createDemoTool = (options: DemoToolOptions): DemoTool => {
  const faults = createFaultScript(options.random)
  const state = createState(options, (item, op) => hooks.ring(item, op))
  const hooks = createHookQueue({
    secret: options.webhookSecret ?? `hooks of ${options.name}`,
    now: options.now,
    newId: state.newId,
    random: options.random,
    faults,
    isOn: () => state.setup.traits.webhooks,
  })
  const afterwards = (): void => {
    if (state.setup.hookDelivery === 'at once') queueMicrotask(() => void hooks.deliver())
  }
  const answering: Answering = {
    state,
    faults,
    random: options.random,
    sleep: options.sleep ?? (async () => {}),
    deliverHooks: () => hooks.deliver(),
    token: options.token ?? null,
  }
  const answer = createAnswering(answering)
  return {
    ...createHands(state, afterwards),
    kind: state.kind,
    name: state.name,
    account: state.account,
    webhookSecret: options.webhookSecret ?? `hooks of ${options.name}`,
    token: answering.token,
    ledger: state.ledger,
    calls: state.calls,
    get setup() {
      return state.setup
    },
    change: ({ traits, ...patch }) => {
      state.setup = { ...state.setup, ...patch, traits: { ...state.setup.traits, ...traits } }
    },
    faults,
    items: () => [...state.items.values()].filter((item) => !item.deleted),
    item: (idOrKey) => findItem(state, idOrKey),
    blob: (sha256) => state.blobs.get(sha256),
    subscribe: hooks.subscribe,
    deliverHooks: hooks.deliver,
    get hooksWaiting() {
      return hooks.waiting
    },
    dump: () => dumpState(state),
    load: (dump) => loadState(state, dump, true),
    restoreFromBackup: (dump) => loadState(state, dump, false),
    handle: async (request) => {
      const result = await answer(request)
      afterwards()
      return result
    },
  }
}

const createState = (options: DemoToolOptions, committed: ToolState['committed']): ToolState => {
  const {
    kind,
    name,
    now,
    random: _random,
    newId,
    account,
    webhookSecret: _secret,
    token: _token,
    sleep: _sleep,
    traits,
    ledgerKept,
    ...setup
  } = options
  const preset = presetOf(kind)
  const state: ToolState = {
    kind,
    name,
    account: account ?? DEMO_ACCOUNT,
    now,
    newId: (prefix) => prefix + (newId?.() ?? String(1000 + nextNumber(state, `id ${prefix}`))),
    setup: { ...preset, ...setup, traits: { ...preset.traits, ...traits } },
    items: new Map(),
    revisions: new Map(),
    ledger: [],
    ledgerKept: ledgerKept ?? Number.POSITIVE_INFINITY,
    calls: [],
    blobs: new Map(),
    answered: new Map(),
    numbers: {},
    committed,
  }
  return state
}
