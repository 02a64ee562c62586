import { sayHold } from '../domain/hold-words.ts'
import type { StatusMapping } from './mapping.ts'
import { STATUS_PAIR, type StatusBase } from './mirror-base.ts'
import type { Hold, Why } from './plan.ts'

/**
 * Statuses are owned by one side each and go by directed rules: the tool's word becomes our state through `toHub`,
 * our state becomes a word there through `toTool`, and a word that takes several moves is reached one move at a time.
 *
 * After each move the base holds the word we moved to, so a ticket half-way is no change by a person and never goes
 * back, whatever order the tool's notices come in.
 */
export interface StatusInput {
  readonly mapping: StatusMapping
  readonly base: StatusBase | null
  /** Our state: `waiting customer`. */
  readonly hub: string
  /** The tool's word. */
  readonly tool: string
  /** Words reachable in one move, when the tool says. */
  readonly next: readonly string[] | null
  /** All allowed moves, when known, to find a path. */
  readonly transitions: readonly { readonly from: string; readonly to: string }[] | null
  readonly direct: boolean
  readonly first: 'hub' | 'tool' | 'ask'
  /** The mapping changed since the base was written: the tool's word is read anew, where the tool owns the status. */
  readonly remap: boolean
}

export type StatusPlan =
  | { readonly do: 'nothing'; readonly base: StatusBase | null }
  | { readonly do: 'to hub'; readonly state: string; readonly base: StatusBase; readonly why: Why }
  | { readonly do: 'move'; readonly to: string; readonly last: boolean; readonly why: Why }
  | { readonly do: 'hold'; readonly hold: Hold }

const wordFor = (input: StatusInput): string | null => {
  const state = input.hub.split(' ')[0] ?? input.hub
  for (const rule of input.mapping.toTool) {
    if (rule.when !== input.hub && rule.when !== state) continue
    if (rule.from !== undefined && !rule.from.includes(input.tool)) continue
    return rule.to
  }
  return null
}

/** Shortest path of moves; null when there is none. Breadth first, so its first move is the one to make. */
export const findPath = (
  from: string,
  to: string,
  transitions: readonly { readonly from: string; readonly to: string }[],
): readonly string[] | null => {
  const paths = new Map<string, readonly string[]>([[from, []]])
  const queue = [from]
  for (let at = 0; at < queue.length; at += 1) {
    const here = queue[at] ?? from
    const path = paths.get(here) ?? []
    if (here === to) return path
    for (const move of transitions) {
      if (move.from !== here || paths.has(move.to)) continue
      paths.set(move.to, [...path, move.to])
      queue.push(move.to)
    }
  }
  return null
}

const planMove = (input: StatusInput, to: string): StatusPlan => {
  const why = (value: string): Why => ({
    field: 'state',
    to: 'tool',
    rule: 'status rule',
    from: input.hub,
    value,
    before: input.tool,
    toolField: 'status',
  })
  if (input.direct || input.next?.includes(to)) return { do: 'move', to, last: true, why: why(to) }
  const path = input.transitions === null ? null : findPath(input.tool, to, input.transitions)
  const step = path?.[0]
  if (step !== undefined && (input.next === null || input.next.includes(step))) {
    return { do: 'move', to: step, last: step === to, why: why(step) }
  }
  if (input.next === null && input.transitions === null) return { do: 'move', to, last: true, why: why(to) }
  return {
    do: 'hold',
    hold: {
      field: STATUS_PAIR,
      code: 'no-transition',
      ...sayHold('no-transition', { from: input.tool, to, state: input.hub }),
      value: to,
    },
  }
}

const toHub = (input: StatusInput, rule: string): StatusPlan => {
  const state = input.mapping.toHub[input.tool]
  if (state === undefined) {
    return {
      do: 'hold',
      hold: {
        field: STATUS_PAIR,
        code: 'unknown-status',
        ...sayHold('unknown-status', { status: input.tool }),
        value: input.tool,
      },
    }
  }
  const base = { hub: state, tool: input.tool }
  if (state === input.hub) return { do: 'nothing', base }
  return {
    do: 'to hub',
    state,
    base,
    why: {
      field: 'state',
      to: 'hub',
      rule,
      from: input.tool,
      value: state,
      before: input.hub,
      toolField: 'status',
    },
  }
}

const toTool = (input: StatusInput): StatusPlan => {
  const word = wordFor(input)
  // no rule for this state: what the tool shows stands beside it, by the mapping's own will
  if (word === null || word === input.tool)
    return { do: 'nothing', base: { hub: input.hub, tool: input.tool } }
  return planMove(input, word)
}

/** Plans the status of one item. Example: base {open, open}, ours `open`, theirs `resolved` → `to hub`. */
export const mergeStatus = (input: StatusInput): StatusPlan => {
  if (input.base === null) return input.first === 'hub' ? toTool(input) : toHub(input, 'first meeting')
  const oursChanged = input.hub !== input.base.hub
  const theirsChanged = input.tool !== input.base.tool
  if (!oursChanged && !theirsChanged) {
    return input.remap && input.mapping.owner === 'tool'
      ? toHub(input, 'the mapping changed')
      : { do: 'nothing', base: input.base }
  }
  if (theirsChanged && (!oursChanged || input.mapping.owner === 'tool'))
    return toHub(input, oursChanged ? 'the tool owns the status' : 'changed there')
  return toTool(input)
}
