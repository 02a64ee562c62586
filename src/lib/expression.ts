import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js'
import { RE2JS } from 're2js'
import { type Bound, type Cost, costOf, FUNCTIONS } from './expression-cost.ts'
import { expressionInput, expressionOutput } from './expression-value.ts'
import { err, ok, type Result } from './result.ts'
import type { Json } from './stable.ts'

/**
 * Expressions that people write in settings: CEL (github.com/google/cel-spec), made safe to run on our event loop.
 *
 * - `matches()` runs on RE2 (linear time) with literal patterns only; the library's own uses backtracking.
 * - Only listed functions; only own data members; the worst-case cost is bounded before each evaluation.
 * - Nothing throws. Whole numbers in values are CEL's `int`, so that `item.votes > 3` works.
 */
export interface Expression {
  readonly source: string
  /** Variables by name, each JSON-shaped. The error is a sentence. */
  readonly evaluate: (vars: Readonly<Record<string, unknown>>) => Result<Json, string>
}

export interface ExpressionError {
  readonly message: string
  /** Offset in the source, characters from 0. */
  readonly position: number
}

export const MAX_SOURCE_LENGTH = 2_000
/** About 50 ms on a slow core. */
const MAX_STEPS = 300_000
/** Characters in any one value made on the way. */
const MAX_PEAK = 2_000_000
const MAX_PATTERN_LENGTH = 200
const MAX_PATTERN_PROGRAM = 500
/** RE2's worst case; about 50 ms. */
const MAX_MATCHING = 3_000_000
const LIMITS = {
  maxAstNodes: 400,
  maxDepth: 40,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 8,
}

/** What calls of `matches` are turned into; no expression can name it. */
const LINEAR_MATCHES = 'matchesInLinearTime'

/** The patterns of one expression, and what matching may still cost in this evaluation (characters × instructions). */
interface Matching {
  readonly patterns: Map<string, RE2JS>
  budget: number
}

const refusal = (message: string, node?: { readonly start: number }): ExpressionError => ({
  message,
  position: node?.start ?? 0,
})

class MatchingTooLong extends Error {}

const messageOf = (error: unknown): string => {
  if (error instanceof MatchingTooLong) return 'the texts are too long for the patterns of the expression'
  if (error instanceof Error && 'summary' in error && typeof error.summary === 'string') return error.summary
  return error instanceof RangeError ? 'the expression is nested too deeply' : 'the expression cannot be read'
}

const positionOf = (error: unknown): number => {
  if (!(error instanceof Error) || !('range' in error)) return 0
  const { range } = error
  return range !== null && typeof range === 'object' && 'start' in range && typeof range.start === 'number'
    ? range.start
    : 0
}

const childrenOf = (node: ASTNode): readonly ASTNode[] => {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'list':
      return node.args
    case 'map':
      return node.args.flat()
    case '!_':
    case '-_':
      return [node.args]
    default:
      return node.args
  }
}

const compilePattern = (node: ASTNode | undefined, matching: Matching): string | null => {
  if (node?.op !== 'value' || typeof node.args !== 'string')
    return 'matches() needs its pattern as a literal text'
  if (node.args.length > MAX_PATTERN_LENGTH)
    return `the pattern is longer than ${MAX_PATTERN_LENGTH} characters`
  try {
    const pattern = RE2JS.compile(node.args)
    if (pattern.programSize() > MAX_PATTERN_PROGRAM) return 'the pattern is too large'
    matching.patterns.set(node.args, pattern)
    return null
  } catch {
    return 'the pattern is not valid (RE2 syntax: no look-around, no back-references)'
  }
}

/** Refuses what may not be called and sends `matches` to the linear implementation, in place. */
const restrict = (node: ASTNode, matching: Matching): ExpressionError | null => {
  if (node.op === 'call' || node.op === 'rcall') {
    const name = node.args[0]
    if (!FUNCTIONS.has(name)) return refusal(`${name}() is not a function that can be used here`, node)
    if (name === 'matches') {
      if (node.op !== 'rcall') return refusal('write text.matches("…")', node)
      const problem = compilePattern(node.args[2][0], matching)
      if (problem !== null) return refusal(problem, node)
    }
  }
  if (node.op === 'value' && typeof node.args === 'object' && node.args !== null) {
    return refusal('bytes and unsigned numbers cannot be used here', node)
  }
  for (const child of childrenOf(node)) {
    const found = restrict(child, matching)
    if (found !== null) return found
  }
  return null
}

const useLinearMatches = (node: ASTNode): void => {
  for (const child of childrenOf(node)) useLinearMatches(child)
  if (node.op === 'rcall' && node.args[0] === 'matches') node.args[0] = LINEAR_MATCHES
}

const environment = (matching: Matching, variables: readonly string[] | undefined): Environment => {
  const made = new Environment({
    unlistedVariablesAreDyn: variables === undefined,
    homogeneousAggregateLiterals: false,
    limits: LIMITS,
  })
  const matches = (text: string, pattern: string): boolean => {
    const compiled = matching.patterns.get(pattern)
    if (compiled === undefined) throw new Error('a pattern that was not compiled')
    matching.budget -= text.length * compiled.programSize()
    if (matching.budget < 0) throw new MatchingTooLong()
    return compiled.test(text)
  }
  made.registerFunction(`string.${LINEAR_MATCHES}(string): bool`, matches, { async: false })
  for (const name of variables ?? []) made.registerVariable(name, 'dyn')
  return made
}

/** Next power of two: costs are kept for size classes, so that repeated evaluations compute none. */
const sizeClass = (size: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, size)))

const tooCostly = (cost: Cost): boolean => !(cost.steps <= MAX_STEPS && cost.peak <= MAX_PEAK)

const evaluator = (
  run: ParseResult,
  matching: Matching,
  costFor: (bound: Bound) => Cost,
): Expression['evaluate'] => {
  const verdicts = new Map<string, boolean>()
  const isTooCostly = (bound: Bound): boolean => {
    const size = sizeClass(bound.size)
    const count = sizeClass(bound.count)
    const listSize = sizeClass(bound.listSize)
    const key = `${size} ${count} ${listSize}`
    // At most a few thousand keys: there are twenty size classes.
    const known = verdicts.get(key)
    if (known !== undefined) return known
    const verdict = tooCostly(costFor({ size, count, listSize }))
    verdicts.set(key, verdict)
    return verdict
  }
  return (vars) => {
    const input = expressionInput(vars)
    if (!input.ok) return input
    if (isTooCostly(input.value.bound))
      return err('the expression could take too long for values of this size')
    matching.budget = MAX_MATCHING
    try {
      const out = expressionOutput(run(input.value.values))
      return out === null ? err('the result is not a plain value') : ok(out.json)
    } catch (error) {
      return err(messageOf(error))
    }
  }
}

/**
 * Checks and prepares an expression. `variables`: the names it may use; left out, any name may be. Refuses at once what
 * would be too costly even for small values (ten elements, a hundred characters).
 */
export const compile = (
  source: string,
  variables?: readonly string[],
): Result<Expression, ExpressionError> => {
  if (source.length > MAX_SOURCE_LENGTH) return err(refusal(`longer than ${MAX_SOURCE_LENGTH} characters`))
  const matching: Matching = { patterns: new Map(), budget: 0 }
  try {
    const run = environment(matching, variables).parse(source)
    const refused = restrict(run.ast, matching)
    if (refused !== null) return err(refused)
    const costFor = (bound: Bound): Cost => costOf(run.ast, bound)
    if (tooCostly(costFor({ size: 100, count: 10, listSize: 100 }))) {
      return err(refusal('the expression would take too long even for small values: nest fewer loops'))
    }
    useLinearMatches(run.ast)
    const checked = run.check()
    if (!checked.valid) return err({ message: messageOf(checked.error), position: positionOf(checked.error) })
    return ok(Object.freeze({ source, evaluate: evaluator(run, matching, costFor) }))
  } catch (error) {
    return err({ message: messageOf(error), position: positionOf(error) })
  }
}
