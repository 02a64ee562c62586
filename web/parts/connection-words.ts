import type { Connection } from '../api/connections.ts'
import type { Texts } from '../texts/en.ts'
import type { Tone } from './tones.ts'

/** How a connection stands, worst first, in a word. */
export const standingOf = (
  connection: Pick<
    Connection,
    'state' | 'downSince' | 'blockedUntil' | 'conflicts' | 'holds' | 'unknownWrites'
  >,
  now: number,
  { connections }: Texts,
): { readonly tone: Tone; readonly word: string } => {
  const { state, downSince, blockedUntil } = connection
  if (state !== 'active')
    return { tone: state === 'failing' ? 'bad' : 'warn', word: connections.state[state] }
  if (downSince !== null) return { tone: 'bad', word: connections.down }
  if (blockedUntil !== null && Date.parse(blockedUntil) > now)
    return { tone: 'warn', word: connections.blocked }
  return { tone: 'good', word: connections.state.active }
}

/** The latest moment at which we know that the tool answered. */
export const lastContact = ({ polledAt, sweptAt }: Pick<Connection, 'polledAt' | 'sweptAt'>): string | null =>
  [polledAt, sweptAt]
    .filter((at) => at !== null)
    .sort()
    .at(-1) ?? null
