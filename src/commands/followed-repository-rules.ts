import { type Refusal, refuse } from '../domain/refusal.ts'
import { addressFault, EVERY_MINUTES, isRefName } from '../domain/trace/followed-repository.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import type { FollowedHead } from '../store/followed-repository-table.ts'
import type { SecretPlace } from '../store/secrets.ts'
import { checkLine } from './field-rules.ts'

/** What a person says of a repository; null empties a field. */
export interface FollowedWanted {
  readonly address?: string
  /** Who signs in there. */
  readonly account?: string | null
  /** Never shown again; absent: it stays, unless the address goes to another host. */
  readonly token?: string | null
  readonly tags?: string | null
  readonly except?: string | null
  readonly prefix?: string | null
  readonly path?: string | null
  readonly heads?: readonly FollowedHead[]
  readonly everyMinutes?: number
}

/** A sealed token opens only for the host that it was given for. */
export const placeOfToken = (id: string, address: string): SecretPlace => ({
  connectionId: id,
  field: 'token',
  origin: new URL(address).origin,
})

const LINES = {
  account: 'account',
  tags: 'tags',
  except: 'except_tags',
  prefix: 'prefix',
  path: 'path',
} as const
const MOST_HEADS = 20

type Columns = Partial<Readonly<Record<(typeof LINES)[keyof typeof LINES], string | null>>> & {
  readonly address?: string
  readonly heads?: string
  readonly every_minutes?: number
}

const invalid = (field: string, detail: string): Result<never, Refusal> =>
  err(refuse('invalid', detail, { field }))

/** The columns that are named, without the token. `at` is where the fields stand in what was asked. */
export const followedColumns = (wanted: FollowedWanted, at: '' | '/set'): Result<Columns, Refusal> => {
  const columns: Record<string, unknown> = {}
  for (const [field, column] of Object.entries(LINES)) {
    const given = wanted[field as keyof typeof LINES]
    if (given === undefined) continue
    const line = given === null || given.trim() === '' ? ok(null) : checkLine(given, `${at}/${field}`)
    if (!line.ok) return line
    columns[column] = line.value
  }
  if (wanted.address !== undefined) {
    const address = wanted.address.trim()
    const fault = addressFault(address)
    if (fault !== null) return invalid(`${at}/address`, fault)
    columns['address'] = address
  }
  if (wanted.everyMinutes !== undefined) {
    const { min, max } = EVERY_MINUTES
    if (wanted.everyMinutes < min || wanted.everyMinutes > max)
      return invalid(`${at}/everyMinutes`, said`Between ${min} and ${max} minutes.`)
    columns['every_minutes'] = wanted.everyMinutes
  }
  if (wanted.heads !== undefined) {
    const heads = checkHeads(wanted.heads, `${at}/heads`)
    if (!heads.ok) return heads
    columns['heads'] = JSON.stringify(heads.value)
  }
  return ok(columns)
}

const checkHeads = (
  heads: readonly FollowedHead[],
  field: string,
): Result<readonly FollowedHead[], Refusal> => {
  if (heads.length > MOST_HEADS)
    return invalid(field, said`At most ${MOST_HEADS} branches with a planned release.`)
  const checked = heads.map(({ ref, release }) => ({ ref: ref.trim(), release: release.trim() }))
  const wrong = checked.find(({ ref }) => !isRefName(ref))
  if (wrong !== undefined)
    return invalid(field, said`“${wrong.ref.slice(0, 100)}” is no name of a branch, as git has them.`)
  if (checked.some(({ release }) => release === '' || release.length > 200))
    return invalid(field, said`Each branch needs the name of the release that is planned there.`)
  if (new Set(checked.map(({ release }) => release)).size < checked.length)
    return invalid(field, said`Each planned release stands on one branch.`)
  return ok(checked)
}
