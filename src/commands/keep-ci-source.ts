import { randomBytes } from 'node:crypto'
import type { CiKind } from '../domain/ci/ci-kind.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import {
  type CiSource,
  findCiSource,
  giveTurn,
  insertCiSource,
  lockCiSource,
  replaceRules,
  rulesOf,
  updateCiSource,
} from '../store/ci-sources.ts'
import type { Tx } from '../store/database.ts'
import { findEnvironment } from '../store/environments.ts'
import { findInstallationCalled, findProduct } from '../store/organisation.ts'
import { type MasterKey, type SecretPlace, sealSecret } from '../store/secrets.ts'
import { checkKey, checkLine } from './field-rules.ts'
import { archivedAt, checkName, columnChanges, type Named, taken } from './organisation-rules.ts'
import { changedMeanwhile, done, type Effects, NO_EFFECTS, unknown } from './outcome.ts'
import { IN_TURN, settleTurn } from './read-ci-reports-again.ts'
import type { Command, CommandContext } from './run-command.ts'

/** What a secret is sealed for: it opens in this place only. */
export const placeOfCiSecret = (sourceId: string): SecretPlace => ({
  connectionId: sourceId,
  field: 'secret',
  origin: 'ci',
})

export interface CiRuleInput {
  /** What the CI system calls the place; `*` stands for any text. */
  readonly pattern: string
  /** Id or key. */
  readonly environment?: string
  /** Id, or `customer/where`. Neither: of no interest. */
  readonly installation?: string
}

export interface CreateCiSource {
  readonly key: string
  readonly name: string
  readonly kind: CiKind
  /** Id or key. */
  readonly product: string
  readonly tagPrefix?: string | null
  readonly rules?: readonly CiRuleInput[]
  /** Where the tool makes the secret, as GitLab's signing token; absent: we make one. */
  readonly secret?: string
}

export interface MadeCiSource extends Named {
  /** Shown now and never again. */
  readonly secret: string
}

const SHORTEST_SECRET = 16

const newSecret = (given: string | undefined): Result<string, Refusal> => {
  if (given === undefined) return ok(randomBytes(32).toString('base64url'))
  const secret = given.trim()
  return secret.length < SHORTEST_SECRET || secret.length > 500 || /\s/.test(secret)
    ? err(
        refuse('invalid', `A secret has ${SHORTEST_SECRET} to 500 characters and no spaces.`, {
          field: '/secret',
        }),
      )
    : ok(secret)
}

/** A CI system may tell of deployments from now on. */
export const createCiSource =
  (master: MasterKey): Command<CreateCiSource, MadeCiSource> =>
  async (tx, context, input) => {
    const key = checkKey(input.key)
    if (!key.ok) return key
    const name = checkLine(input.name, '/name')
    if (!name.ok) return name
    const product = await findProduct(tx, input.product)
    if (product === null) return unknown('product', input.product, '/product')
    const secret = newSecret(input.secret)
    if (!secret.ok) return secret
    const rules = await readRules(tx, context, product.id, input.rules ?? [])
    if (!rules.ok) return rules
    const id = context.newId()
    const isNew = await insertCiSource(tx, {
      ...{ id, key: key.value, name: name.value, kind: input.kind, product_id: product.id },
      secret: sealSecret(master, placeOfCiSecret(id), secret.value),
      tag_prefix: input.tagPrefix ?? null,
      created_at: context.now,
      updated_at: context.now,
    })
    if (!isNew) return taken('source', key.value, '/key', await findCiSource(tx, key.value))
    await replaceRules(tx, id, rules.value)
    return done(
      { id, key: key.value, secret: secret.value },
      {
        events: [
          {
            kind: 'ci-source.created',
            record: { kind: 'ci-source', id },
            data: { key: key.value, kind: input.kind, product: product.key },
          },
        ],
        changed: [],
      },
    )
  }

export interface ChangeCiSource {
  /** Id or key. */
  readonly source: string
  readonly version?: number
  readonly set: {
    readonly name?: string
    readonly tagPrefix?: string | null
    readonly paused?: boolean
    readonly archived?: boolean
    /** All of them, in their order. */
    readonly rules?: readonly CiRuleInput[]
    /** One more, at the end. */
    readonly rule?: CiRuleInput
  }
}

/** What it told and nobody understood is looked at again, by the new rules. */
export const changeCiSource: Command<ChangeCiSource, Named> = async (tx, context, input) => {
  const held = await heldSource(tx, input)
  if (!held.ok) return held
  const source = held.value
  const { set } = input
  const name = checkName(set.name)
  if (!name.ok) return name
  const written = await writeRules(tx, context, source, set)
  if (!written.ok) return written
  const patch = {
    ...name.value,
    ...(set.tagPrefix === undefined ? {} : { tag_prefix: set.tagPrefix }),
    ...(set.paused === undefined ? {} : { paused_at: set.paused ? (source.paused_at ?? context.now) : null }),
    ...archivedAt(set.archived, source.archived_at, context.now),
  }
  const changes = { ...columnChanges(source, patch), ...written.value }
  const named = { id: source.id, key: source.key }
  await updateCiSource(tx, source.id, patch, context.now)
  const settled = await readAgain(tx, context, { ...source, ...patch }, 'rules' in written.value)
  const event = {
    kind: 'ci-source.changed' as const,
    record: { kind: 'ci-source', id: source.id },
    data: { key: source.key, changes },
  }
  const told = Object.keys(changes).length === 0 ? [] : [event]
  return done(named, { events: [...told, ...settled.events], changed: settled.changed })
}

/** What waits; and what was of no interest, where there are other rules. */
const readAgain = async (
  tx: Tx,
  context: CommandContext,
  source: CiSource,
  hasOtherRules: boolean,
): Promise<Effects> => {
  if (source.paused_at !== null || source.archived_at !== null) return NO_EFFECTS
  await giveTurn(tx, source.id, hasOtherRules ? ['waiting', 'ignored'] : ['waiting'], IN_TURN)
  return settleTurn(tx, context, source)
}

/** The old secret opens nothing from now on. */
export const renewCiSecret =
  (
    master: MasterKey,
  ): Command<
    { readonly source: string; readonly version?: number; readonly secret?: string },
    MadeCiSource
  > =>
  async (tx, context, input) => {
    const held = await heldSource(tx, input)
    if (!held.ok) return held
    const { id, key } = held.value
    const secret = newSecret(input.secret)
    if (!secret.ok) return secret
    const sealed = sealSecret(master, placeOfCiSecret(id), secret.value)
    await updateCiSource(tx, id, { secret: sealed }, context.now)
    return done(
      { id, key, secret: secret.value },
      {
        events: [{ kind: 'ci-source.secret-renewed', record: { kind: 'ci-source', id }, data: { key } }],
        changed: [],
      },
    )
  }

const heldSource = async (
  tx: Tx,
  input: { readonly source: string; readonly version?: number },
): Promise<Result<CiSource, Refusal>> => {
  const source = await lockCiSource(tx, input.source)
  if (source === null) return unknown('source', input.source, '/source')
  return input.version !== undefined && input.version !== source.version
    ? changedMeanwhile('source', input.version, source.version)
    : ok(source)
}

type RuleRow = Parameters<typeof replaceRules>[2][number]

const writeRules = async (
  tx: Tx,
  context: CommandContext,
  source: CiSource,
  set: ChangeCiSource['set'],
): Promise<Result<object, Refusal>> => {
  if (set.rules === undefined && set.rule === undefined) return ok({})
  const before = await rulesOf(tx, source.id)
  const kept =
    set.rules === undefined ? ok(before) : await readRules(tx, context, source.product_id, set.rules)
  if (!kept.ok) return kept
  const added = await readRules(
    tx,
    context,
    source.product_id,
    set.rule === undefined ? [] : [set.rule],
    kept.value.length,
  )
  if (!added.ok) return added
  const rows = [...kept.value, ...added.value].map(({ id, pattern, environment_id, installation_id }) => ({
    ...{ id, pattern },
    ...{ environment_id: environment_id ?? null, installation_id: installation_id ?? null },
  }))
  await replaceRules(tx, source.id, rows)
  const patterns = (rules: readonly { readonly pattern: string }[]) => rules.map(({ pattern }) => pattern)
  return ok({ rules: { from: patterns(before), to: patterns(rows) } })
}

const MOST_RULES = 200

const readRules = async (
  tx: Tx,
  context: CommandContext,
  productId: string,
  rules: readonly CiRuleInput[],
  from = 0,
): Promise<Result<readonly RuleRow[], Refusal>> => {
  if (rules.length + from > MOST_RULES)
    return err(refuse('invalid', `At most ${MOST_RULES} rules.`, { field: '/rules' }))
  const rows: RuleRow[] = []
  for (const [at, rule] of rules.entries()) {
    const field = `/rules/${at + from}`
    const pattern = checkLine(rule.pattern, `${field}/pattern`)
    if (!pattern.ok) return pattern
    const place = await readPlace(tx, productId, rule, field)
    if (!place.ok) return place
    rows.push({ id: context.newId(), pattern: pattern.value, ...place.value })
  }
  return ok(rows)
}

const readPlace = async (
  tx: Tx,
  productId: string,
  { environment, installation }: CiRuleInput,
  field: string,
): Promise<Result<Pick<RuleRow, 'environment_id' | 'installation_id'>, Refusal>> => {
  if (environment !== undefined && installation !== undefined)
    return err(refuse('invalid', 'A rule names one place.', { field }))
  if (environment !== undefined) {
    const found = await findEnvironment(tx, environment)
    return found?.product_id === productId
      ? ok({ environment_id: found.id })
      : unknown('environment', environment, `${field}/environment`)
  }
  if (installation === undefined) return ok({})
  const found = await findInstallationCalled(tx, productId, installation)
  return found?.product_id === productId
    ? ok({ installation_id: found.id })
    : unknown('installation', installation, `${field}/installation`)
}
