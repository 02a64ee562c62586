import type { EventKind, NewEvent } from '../domain/event.ts'
import { SECOND_THOUGHTS_MS } from '../domain/outreach.ts'
import { said } from '../lib/said.ts'
import {
  forgetNotices,
  lockNotices,
  lockProposals,
  type Notice,
  type NoticePatch,
  productsOfNotices,
  replacedNotices,
  updateNotices,
} from '../store/outreach.ts'
import { done } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

/** One of many, as the asker saw it. */
export interface SeenNotice {
  readonly id: string
  /** Absent: whatever it is now. */
  readonly version?: number
}
export interface OfNotices {
  readonly notices: readonly SeenNotice[]
}
export interface LeftNotice {
  readonly id: string
  /** A sentence: why it was left as it is. */
  readonly detail: string
}
/** Each by itself: that one was changed meanwhile keeps none of the others. */
export interface DecidedNotices {
  readonly done: readonly string[]
  readonly left: readonly LeftNotice[]
  /** When they go; null: they do not. */
  readonly goesAt: Date | null
}

const waits = (notice: Notice): string | null =>
  notice.state === 'proposed' ? null : said`It is ${notice.state} already.`

interface Decision<I> {
  readonly event: EventKind
  /** Why one cannot be; null: it can. */
  readonly refuses: (notice: Notice) => string | null
  readonly patch: (context: CommandContext, input: I) => NoticePatch
}

const deciding =
  <I extends OfNotices>({ event, refuses, patch }: Decision<I>): Command<I, DecidedNotices> =>
  async (tx, context, input) => {
    const seen = new Map(input.notices.map(({ id, version }) => [id, version]))
    const notices = new Map((await lockNotices(tx, [...seen.keys()])).map((notice) => [notice.id, notice]))
    const left: LeftNotice[] = []
    const taken: string[] = []
    for (const [id, version] of seen) {
      const notice = notices.get(id)
      const detail =
        notice === undefined
          ? said`There is no such message.`
          : (refuses(notice) ??
            (version !== undefined && version !== notice.version
              ? said`It was changed since you read it. Read it again.`
              : null))
      if (detail === null) taken.push(id)
      else left.push({ id, detail })
    }
    const change = patch(context, input)
    await updateNotices(tx, taken, change, context.now)
    const events = taken.map((id): NewEvent => ({ kind: event, record: { kind: 'notice', id }, data: {} }))
    return done({ done: taken, left, goesAt: change.due_at ?? null }, { events, changed: [] })
  }

/** Lets them go, with the words that were read; for a moment that can be taken back. */
export const approveNotices: Command<OfNotices, DecidedNotices> = deciding({
  event: 'notice.approved',
  refuses: waits,
  patch: (context) => ({
    due_at: new Date(context.now.getTime() + SECOND_THOUGHTS_MS),
    approved_by: context.actor,
    is_held: false,
  }),
})

/** Keeps what is about to go: it waits for somebody. */
export const holdNotices: Command<OfNotices, DecidedNotices> = deciding({
  event: 'notice.held',
  refuses: waits,
  patch: () => ({ due_at: null, approved_by: null, is_held: true }),
})

/** They are not told, and not proposed again. */
export const dismissNotices: Command<OfNotices & { readonly why: string | null }, DecidedNotices> = deciding({
  event: 'notice.dismissed',
  refuses: waits,
  patch: (context, { why }) => ({
    ...{ state: 'dismissed', reason: 'dismissed', why, due_at: null, approved_by: null },
    ...{ ended_at: context.now, ended_by: context.actor },
  }),
})

/**
 * Takes a dismissal back. Where another was proposed meanwhile to the same, or comes back with it, that one takes its
 * tickets in.
 */
export const restoreNotices: Command<OfNotices, DecidedNotices> = async (tx, context, input) => {
  const ids = input.notices.map(({ id }) => id)
  // a look that proposes at this moment would take the place of one that comes back
  for (const product of await productsOfNotices(tx, ids)) await lockProposals(tx, product)
  const dismissed = (await lockNotices(tx, ids)).filter(({ state }) => state === 'dismissed')
  const replaced = await replacedNotices(
    tx,
    dismissed.map(({ id }) => id),
  )
  await forgetNotices(tx, replaced)
  const others = { notices: input.notices.filter(({ id }) => !replaced.includes(id)) }
  const outcome = await deciding<OfNotices>({
    event: 'notice.restored',
    refuses: ({ state }) =>
      state === 'dismissed' ? null : said`It is ${state}: there is nothing to take back.`,
    patch: () => ({
      state: 'proposed',
      reason: null,
      why: null,
      ended_at: null,
      ended_by: null,
      is_held: true,
    }),
  })(tx, context, others)
  if (!outcome.ok) return outcome
  const { value, ...effects } = outcome.value
  return done({ ...value, done: [...value.done, ...replaced] }, effects)
}
