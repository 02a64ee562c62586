import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { toolFieldOf } from './convert.ts'
import { answers } from './schema.ts'

/** What a refusal of the other Causeway means. Its `code` decides, its `detail` is a sentence for people. */

/** Statuses whose meaning is in the code. All others mean what they mean everywhere. */
export const REFUSALS = [401, 403, 404, 409, 410, 412, 422] as const
const MAX_SENTENCE = 300

const MEMBERS: Readonly<Record<string, ToolField>> = { '/to': 'status', '/container': 'container' }

/** `/fields/root cause` → `cf:root cause` */
const fieldOf = (pointer: string): ToolField | null => {
  const name = /^\/fields\/(.+)$/s.exec(pointer)?.[1]
  if (name === undefined) return MEMBERS[pointer] ?? null
  return toolFieldOf(name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export const refusalOf = (status: number, bytes: Uint8Array): RemoteFault => {
  const parsed = parseBoundedJson(bytes)
  if (!parsed.ok || !answers.problem.Check(parsed.value))
    // a proxy, or another server: whatever it meant, it was not about the item
    return status === 401 || status === 403
      ? new RemoteFault('auth', `Something before the other Causeway refuses us (${status}).`)
      : new RemoteFault('down', `What answered (${status}) is not a Causeway. Is the address right?`)
  const { code, detail, field = '' } = parsed.value
  const said = detail.slice(0, MAX_SENTENCE)
  switch (code) {
    case 'sharing-ended':
      return new RemoteFault(
        'auth',
        `They ended the sharing: ${said} Remove this connection, or ask them for a new token.`,
      )
    case 'unauthenticated':
      return new RemoteFault(
        'auth',
        `They do not know this token (any more): ask them for a new one. ${said}`,
      )
    case 'not-found':
      return new RemoteFault('gone', `It is not there, or not shared any more: ${said}`)
    case 'changed-meanwhile':
      return new RemoteFault('conflict', `It was changed there meanwhile: ${said}`)
    case 'still-running':
      return new RemoteFault('unknown', `The same call is still under way there: ${said}`)
    case 'not-allowed':
    case 'not-shared':
      return new RemoteFault('invalid', `They do not allow it: ${said}`, { field: fieldOf(field) })
  }
  const kind = status === 401 || status === 403 ? 'auth' : 'invalid'
  return new RemoteFault(kind, `They refuse it: ${said}`, { field: fieldOf(field) })
}
