import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import { demoTools } from '../../src/connectors/demo/instances.ts'
import type { ToolAnswer } from '../../src/connectors/demo/tool/answer.ts'
import type { ToolRequest } from '../../src/connectors/demo/tool/routes.ts'

/**
 * What becomes of one request on its way.
 *
 * - `answered`   as the tool answers;
 * - `reset`      the tool did it, the connection broke before the answer;
 * - `timeout`    the tool did it, no answer came in time;
 * - `crash`      the tool did it and answered; whoever chose this sees to it that nobody lives to read it;
 * - `never sent` it did not reach the tool, though to us it looks like `reset`.
 */
export type Fate = 'answered' | 'reset' | 'timeout' | 'crash' | 'never sent'

export interface Passage {
  /** `create`, `update`, `transition`, `comment.add`, `attach`, `link.add` …; reads are `get` and `find`; others their path. */
  readonly op: string
  readonly write: boolean
  /** Id of the item, or the marker of one that has none yet; of a list, the marker asked for. */
  readonly about: string
  /** What is sent, without what differs between two tries of the same (versions). */
  readonly words: string
  readonly key: string | null
  readonly fate: Fate
  /** Status of the tool's answer, whoever saw it; null where the tool was not reached or gave no JSON. */
  readonly status: number | null
}

/** Notes every request to a simulated tool of this process and lets `decide` lose its answer. From now on; no way back. */
export const tapWire = (
  tool: DemoTool,
  decide: (passing: Omit<Passage, 'fate' | 'status'>) => Fate = () => 'answered',
): readonly Passage[] => {
  const passages: Passage[] = []
  const handle = async (request: ToolRequest): Promise<ToolAnswer> => {
    const passing = passingOf(request)
    const fate = decide(passing)
    const at = passages.push({ ...passing, fate, status: null }) - 1
    if (fate === 'never sent') return { as: 'lost' }
    const answer = await tool.handle(request)
    const status = answer.as === 'json' ? answer.status : null
    passages[at] = { ...passing, fate, status }
    if (fate === 'reset') return { as: 'lost' }
    return fate === 'timeout' ? { as: 'hung' } : answer
  }
  // by its prototype: what the tool shows stays as it is at the time
  demoTools.set(tool.name, Object.create(tool, { handle: { value: handle } }) as DemoTool)
  return passages
}

const passingOf = (request: ToolRequest): Omit<Passage, 'fate' | 'status'> => {
  const [, , noun = '', id, part, element] = request.path.split('/').map(decodeURIComponent)
  const { method, query } = request
  const body = members(request.json)
  const { version: _, since: __, ...rest } = body
  const about = id ?? String(body['marker'] ?? query['marker'] ?? '')
  const write = method !== 'GET'
  const words = write ? `${method} ${element ?? ''} ${query['name'] ?? ''} ${JSON.stringify(rest)}` : ''
  const key = request.headers['idempotency-key'] ?? null
  return { op: opOf(method, noun, id, part), write, about, words, key }
}

const opOf = (method: string, noun: string, id: string | undefined, part: string | undefined): string => {
  if (noun !== 'items') return noun
  if (id === undefined) return method === 'POST' ? 'create' : 'find'
  if (part === undefined) return method === 'GET' ? 'get' : 'update'
  if (method === 'GET') return `${part} read`
  const verb = method === 'PATCH' ? 'edit' : method === 'DELETE' ? 'remove' : 'add'
  return part === 'transition'
    ? part
    : part === 'attachments' && verb === 'add'
      ? 'attach'
      : `${part.replace(/s$/u, '')}.${verb}`
}

const members = (json: unknown): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {}

/** Answers that were lost. */
export const lost = (passages: readonly Passage[], op: string): readonly Passage[] =>
  passages.filter((one) => one.op === op && one.fate !== 'answered')

/**
 * Writes whose answer was lost and that were sent again with nothing asked in between. Asking is: reading the item, or
 * looking for the marker; and sending a create again under its own key, where the tool honours keys.
 */
export const blindRepeats = (passages: readonly Passage[], honoursKeys: boolean): readonly string[] =>
  passages.flatMap((one, at) => {
    if (!one.write || one.fate === 'answered') return []
    const again = passages.findIndex(
      (later, index) =>
        index > at && later.op === one.op && later.about === one.about && later.words === one.words,
    )
    const repeat = passages[again]
    if (repeat === undefined || (honoursKeys && repeat.key === one.key)) return []
    const asked = passages
      .slice(at + 1, again)
      .some(
        (between) =>
          !between.write && between.about === one.about && (between.op === 'get' || between.op === 'find'),
      )
    return asked
      ? []
      : [`${one.op} of ${one.about} was sent again though nobody had looked: ${one.words.slice(0, 80)}`]
  })
