import type { ASTNode } from '@marcbachmann/cel-js'

/**
 * How much an expression can cost for inputs of a given size, computed before it runs. CEL always ends, but three
 * nested `map` over a hundred elements, or twenty nested `x + x`, are a bomb; so the worst case is bounded, not timed.
 *
 * Worked example: `labels.map(l, l + "!")` with labels of 100 elements: 100 × (two reads, one literal, one join).
 */

/** Upper bounds of one value. Sizes are in characters; an element or member counts `ELEMENT_SIZE` beside its content. */
export interface Bound {
  readonly size: number
  /** Elements of the longest list, or members of the largest object, in it. */
  readonly count: number
  /** Size of the largest list, or of the largest object's names, in it: what a loop goes over. */
  readonly listSize: number
}

export interface Cost {
  /** Steps of roughly 0.1 µs. */
  readonly steps: number
  readonly value: Bound
  /** The largest value made on the way. */
  readonly peak: number
}

export const ELEMENT_SIZE = 8
/** Characters a string function gets through in one step. */
const CHARACTERS_PER_STEP = 64
/** `"ΐ".toUpperCase()` has three times the length. */
const CASE_GROWTH = 3
const CALENDAR_STEPS = 500

/** Everything that may be called. What is not here (bytes, json, type …) is refused when the expression is compiled. */
export const FUNCTIONS: ReadonlySet<string> = new Set([
  ...['size', 'string', 'int', 'double', 'bool', 'dyn', 'timestamp', 'duration', 'has'],
  ...['startsWith', 'endsWith', 'contains', 'indexOf', 'lastIndexOf', 'matches'],
  ...['lowerAscii', 'upperAscii', 'trim', 'substring', 'split', 'join'],
  ...[
    'getDate',
    'getDayOfMonth',
    'getDayOfWeek',
    'getDayOfYear',
    'getFullYear',
    'getHours',
    'getMilliseconds',
  ],
  ...['getMinutes', 'getMonth', 'getSeconds'],
  ...['all', 'exists', 'exists_one', 'map', 'filter', 'bind'],
])

const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
const SMALL: Bound = { size: 32, count: 0, listSize: 0 }

type Scope = ReadonlyMap<string, Bound>

/** Costs of expressions whose variables are each within `input`. `matches` counts its own work when it runs. */
export const costOf = (node: ASTNode, input: Bound): Cost => {
  const visit = (at: ASTNode, scope: Scope): Cost => {
    switch (at.op) {
      case 'value': {
        const size = typeof at.args === 'string' ? at.args.length : 1
        return { steps: 1, value: { size, count: 0, listSize: 0 }, peak: size }
      }
      case 'id':
        return { steps: 1, value: scope.get(at.args) ?? input, peak: 0 }
      case '.':
      case '.?':
        return step(visit(at.args[0], scope))
      case '[]':
      case '[?]': {
        const [from, index] = at.args.map((each) => visit(each, scope))
        return from && index
          ? { ...step(from), steps: from.steps + index.steps + 1, peak: Math.max(from.peak, index.peak) }
          : nothing
      }
      case 'list':
        return aggregate(at.args.map((each) => visit(each, scope)))
      case 'map':
        return aggregate(at.args.flatMap((entry) => entry.map((each) => visit(each, scope))))
      case '?:':
      case '||':
      case '&&':
        return either(at.args.map((each) => visit(each, scope)))
      case '!_':
      case '-_':
        return step(visit(at.args, scope))
      case '+':
        return joined(at.args.map((each) => visit(each, scope)))
      case 'call':
        return called(
          at.args[0],
          at.args[1].map((each) => visit(each, scope)),
        )
      case 'rcall':
        return receiverCall(at.args[0], at.args[1], at.args[2], scope)
      default:
        return compared(at.args.map((each) => visit(each, scope)))
    }
  }

  const receiverCall = (name: string, receiver: ASTNode, args: readonly ASTNode[], scope: Scope): Cost => {
    const [first, ...rest] = args
    if (LOOPS.has(name) && first?.op === 'id')
      return loop(name, visit(receiver, scope), first.args, rest, scope)
    if (name === 'bind' && first?.op === 'id' && rest[0] && rest[1]) {
      const bound = visit(rest[0], scope)
      const body = visit(rest[1], new Map(scope).set(first.args, bound.value))
      return { steps: bound.steps + body.steps + 1, value: body.value, peak: Math.max(bound.peak, body.peak) }
    }
    return called(name, [visit(receiver, scope), ...args.map((each) => visit(each, scope))])
  }

  const loop = (
    name: string,
    over: Cost,
    variable: string,
    bodies: readonly ASTNode[],
    scope: Scope,
  ): Cost => {
    const rounds = over.value.count
    const element = { ...over.value, size: Math.min(over.value.size, over.value.listSize) }
    const body = either(bodies.map((each) => visit(each, new Map(scope).set(variable, element))))
    const steps = over.steps + 1 + rounds * (body.steps + 1)
    const value = loopResult(name, rounds, element, body.value)
    return { steps, value, peak: Math.max(over.peak, body.peak, value.size) }
  }

  return visit(node, new Map())
}

const loopResult = (name: string, rounds: number, element: Bound, body: Bound): Bound => {
  if (name === 'filter') return element
  if (name !== 'map') return SMALL
  const size = rounds * (body.size + ELEMENT_SIZE)
  return { size, count: Math.max(rounds, body.count), listSize: size }
}

const nothing: Cost = { steps: 1, value: SMALL, peak: 0 }

const step = (cost: Cost): Cost => ({ ...cost, steps: cost.steps + 1 })

const stepsOf = (costs: readonly Cost[]): number => costs.reduce((sum, each) => sum + each.steps, 1)
const peakOf = (costs: readonly Cost[]): number => costs.reduce((most, each) => Math.max(most, each.peak), 0)
const sizeOf = (costs: readonly Cost[]): number => costs.reduce((sum, each) => sum + each.value.size, 0)
const countOf = (costs: readonly Cost[]): number =>
  costs.reduce((most, each) => Math.max(most, each.value.count), 0)

const aggregate = (costs: readonly Cost[]): Cost => {
  const size = sizeOf(costs) + costs.length * ELEMENT_SIZE
  return {
    steps: stepsOf(costs),
    value: { size, count: Math.max(costs.length, countOf(costs)), listSize: size },
    peak: Math.max(peakOf(costs), size),
  }
}

const either = (costs: readonly Cost[]): Cost => ({
  steps: stepsOf(costs),
  value: {
    size: costs.reduce((most, each) => Math.max(most, each.value.size), 1),
    count: countOf(costs),
    listSize: costs.reduce((most, each) => Math.max(most, each.value.listSize), 0),
  },
  peak: peakOf(costs),
})

const joined = (costs: readonly Cost[]): Cost => {
  const size = sizeOf(costs)
  const count = costs.reduce((sum, each) => sum + each.value.count, 0)
  const listSize = costs.reduce((sum, each) => sum + each.value.listSize, 0)
  return {
    steps: stepsOf(costs) + size / CHARACTERS_PER_STEP,
    value: { size, count, listSize },
    peak: Math.max(peakOf(costs), size),
  }
}

const compared = (costs: readonly Cost[]): Cost => ({
  steps: stepsOf(costs) + sizeOf(costs) / ELEMENT_SIZE,
  value: SMALL,
  peak: peakOf(costs),
})

const RETURNS_ITS_INPUT: ReadonlySet<string> = new Set(['string', 'dyn', 'trim', 'substring'])

const resultOf = (name: string, costs: readonly Cost[]): Bound => {
  const first = costs[0]?.value ?? SMALL
  if (RETURNS_ITS_INPUT.has(name)) return { ...first, size: Math.max(first.size, SMALL.size) }
  if (name === 'lowerAscii' || name === 'upperAscii') return { ...SMALL, size: first.size * CASE_GROWTH }
  if (name === 'split') {
    const size = (first.size + 1) * (1 + ELEMENT_SIZE)
    return { size, count: first.size + 1, listSize: size }
  }
  if (name === 'join') return { ...SMALL, size: first.listSize + first.count * (costs[1]?.value.size ?? 0) }
  return SMALL
}

const called = (name: string, costs: readonly Cost[]): Cost => {
  const value = resultOf(name, costs)
  const calendar = name.startsWith('get') ? CALENDAR_STEPS : 0
  const steps = stepsOf(costs) + (sizeOf(costs) + value.size) / CHARACTERS_PER_STEP + calendar
  return { steps, value, peak: Math.max(peakOf(costs), value.size) }
}
