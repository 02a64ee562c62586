import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'

/**
 * Where listing goes on. Changes: the reporting API’s own token for each project, which counts revisions and not time, so
 * that nothing is lost between equal times; before there is one, the time to begin at. Everything: the last id.
 */

const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z$' })
const Changes = Type.Object({
  scope: Type.Literal('changes'),
  from: Time,
  tokens: Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 1_000 })),
  /** Which project of the round is next. */
  at: Type.Integer({ minimum: 0, maximum: 1_000 }),
  /** What the iterations were like; null: not looked at yet. */
  tree: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]),
})
const All = Type.Object({ scope: Type.Literal('all'), afterId: Type.Integer({ minimum: 0 }) })
export type ChangesCursor = Static<typeof Changes>
export type AllCursor = Static<typeof All>
const CheckedChanges = Compile(Changes)
const CheckedAll = Compile(All)

/** What was stamped then and committed since is seen. */
const LOOK_BACK_MS = 5_000

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Throws `invalid` on a cursor that is none of ours: starting anew in silence would lose what came between. */
export const changesCursor = (text: string): ChangesCursor => {
  const value = parsed(text)
  if (CheckedChanges.Check(value)) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

export const allCursor = (text: string): AllCursor => {
  const value = parsed(text)
  if (CheckedAll.Check(value)) return value
  throw new RemoteFault('invalid', 'the saved position of this connection cannot be read')
}

/** `now`: by the tool's clock. */
export const startAt = (now: string, tree: string | null): ChangesCursor => ({
  scope: 'changes',
  from: new Date(Date.parse(now) - LOOK_BACK_MS).toISOString(),
  tokens: {},
  at: 0,
  tree,
})
