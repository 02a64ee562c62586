import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * How far a pull has come, as opaque text. Pure.
 *
 * `all` goes by Zendesk's own cursor over the numbers of tickets. `changes` begins at a time and then goes by the cursor of
 * the incremental export, which Zendesk keeps sound: each answer says where the next begins, in the last minute before it
 * was asked nothing is told yet, and what is told twice does no harm.
 */
export type Cursor =
  | { readonly scope: 'all'; readonly after: string | null }
  | { readonly scope: 'changes'; readonly startS: number }
  | { readonly scope: 'changes'; readonly cursor: string }

/** The export begins a minute ago at the latest; the rest bears clocks that differ a little. */
const OVERLAP_S = 120

const MAX_LENGTH = 1_000
const isOpaque = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x21-\x7e]{1,800}$/.test(value)

export const startingAt = (toolNow: Date): Cursor => ({
  scope: 'changes',
  startS: Math.max(1, Math.floor(toolNow.getTime() / 1000) - OVERLAP_S),
})

export const writeCursor = (cursor: Cursor): string => JSON.stringify(cursor)

const unreadable = (): RemoteFault =>
  new RemoteFault('invalid', 'the place in the list of tickets cannot be read')

export const readCursor = (text: string, scope: Cursor['scope']): Cursor => {
  if (text.length > MAX_LENGTH) throw unreadable()
  const parsed = parseBoundedJson(Buffer.from(text))
  const value: unknown = parsed.ok ? parsed.value : null
  if (value === null || typeof value !== 'object' || !('scope' in value) || value.scope !== scope)
    throw unreadable()
  if (scope === 'all' && 'after' in value && (value.after === null || isOpaque(value.after)))
    return { scope, after: value.after }
  if (scope === 'changes' && 'cursor' in value && isOpaque(value.cursor))
    return { scope, cursor: value.cursor }
  if (
    scope === 'changes' &&
    'startS' in value &&
    Number.isSafeInteger(value.startS) &&
    Number(value.startS) > 0
  )
    return { scope, startS: Number(value.startS) }
  throw unreadable()
}
