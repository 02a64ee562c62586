import type { ConnectionWanted } from '../configuration/configuration.ts'
import type { Change } from '../configuration/difference.ts'
import type { NewEvent } from '../domain/event.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import * as rows from '../store/configuration.ts'
import type { Tx } from '../store/database.ts'
import { forgetSecretsOfOtherOrigins, type MasterKey, saveSecret } from '../store/secrets.ts'
import { isOtherMapping, type ResolvedConnection } from './resolve-connections.ts'
import type { CommandContext } from './run-command.ts'
import type { StoredConfiguration } from './stored-configuration.ts'

/** Writes the connections' changes: rows, sealed secrets, mapping versions, and the dirty marks a new mapping means. */
interface Step {
  readonly tx: Tx
  readonly context: CommandContext
  readonly stored: StoredConfiguration
  readonly mirrors: ReadonlyMap<string, number>
  readonly master: MasterKey
  readonly origin: rows.MappingOrigin
}

const PAUSED_BY_FILE = said`The configuration says so.`

const stateOf = (
  wanted: ConnectionWanted,
  before: ConnectionWanted | undefined,
): { state?: 'active' | 'paused'; state_reason?: string | null } => {
  const paused = wanted.paused ?? before?.paused ?? false
  if (before !== undefined && paused === (before.paused ?? false)) return {}
  return paused ? { state: 'paused', state_reason: PAUSED_BY_FILE } : { state: 'active', state_reason: null }
}

const saveMapping = async (step: Step, id: string, wanted: ConnectionWanted): Promise<number> => {
  const version = (await rows.lastMappingVersion(step.tx, id)) + 1
  await rows.insertMapping(step.tx, {
    connectionId: id,
    version,
    mapping: wanted.mapping,
    by: step.context.actor,
    origin: step.origin,
    now: step.context.now,
  })
  return version
}

const saveSecrets = async (step: Step, id: string, resolved: ResolvedConnection): Promise<void> => {
  await forgetSecretsOfOtherOrigins(step.tx, id, resolved.origin)
  for (const [field, value] of Object.entries(resolved.secrets))
    await saveSecret(
      step.tx,
      step.master,
      { connectionId: id, field, origin: resolved.origin },
      value,
      step.context.now,
    )
}

const columns = (wanted: ConnectionWanted) => ({
  kind: wanted.kind,
  party: wanted.party,
  title: wanted.title,
  settings: JSON.stringify(wanted.settings),
  poll_every_s: wanted.pollEveryS,
  sweep_every_s: wanted.sweepEveryS,
  // other settings may be another webhook
  next_hook_at: null,
})

const add = async (step: Step, key: string, resolved: ResolvedConnection): Promise<readonly NewEvent[]> => {
  const id = step.context.newId()
  const { now } = step.context
  await rows.insertConnection(step.tx, {
    id,
    key,
    ...columns(resolved.wanted),
    state: 'active',
    ...stateOf(resolved.wanted, undefined),
    mapping_version: 1,
    created_at: now,
    updated_at: now,
  })
  await saveMapping(step, id, resolved.wanted)
  await saveSecrets(step, id, resolved)
  step.stored.ids.connections.set(key, id)
  return [
    { kind: 'connection.created', record: { kind: 'connection', id }, connectionId: id, data: { key } },
    { kind: 'mapping.saved', record: null, connectionId: id, data: { key, version: 1 } },
  ]
}

const change = async (
  step: Step,
  id: string,
  key: string,
  resolved: ResolvedConnection,
  words: readonly string[],
): Promise<Result<readonly NewEvent[], Refusal>> => {
  const before = step.stored.configuration.connections[key]
  const { wanted } = resolved
  const { tx, context } = step
  const mirrors = step.mirrors.get(id) ?? 0
  if (before && (before.kind !== wanted.kind || before.party !== wanted.party) && mirrors > 0)
    return err(
      refuse(
        'in-use',
        `Connection ${key} mirrors ${mirrors} items of a ${before.kind}; another kind of tool needs a connection of its own.`,
        { field: `/connections/${key}/kind` },
      ),
    )
  const events: NewEvent[] = [
    {
      kind: 'connection.changed',
      record: { kind: 'connection', id },
      connectionId: id,
      data: { key, changes: words },
    },
  ]
  const newMapping = before === undefined || isOtherMapping(before.mapping, wanted.mapping)
  const version = newMapping ? await saveMapping(step, id, wanted) : null
  await rows.updateConnection(tx, id, {
    ...columns(wanted),
    ...stateOf(wanted, before),
    ...(version === null ? {} : { mapping_version: version }),
    updated_at: context.now,
  })
  await saveSecrets(step, id, resolved)
  if (version !== null) {
    const dirty = await rows.markConnectionDirty(tx, id, 'new mapping', context.now)
    events.push({
      kind: 'mapping.saved',
      record: null,
      connectionId: id,
      data: { key, version, mirrors: dirty },
    })
  }
  return ok(events)
}

const remove = async (step: Step, id: string, key: string): Promise<Result<readonly NewEvent[], Refusal>> => {
  const mirrors = step.mirrors.get(id) ?? 0
  if (mirrors > 0)
    return err(
      refuse(
        'in-use',
        `Connection ${key} mirrors ${mirrors} items and is not removed. Unlink them first, or write it into the file with 'paused: true'.`,
      ),
    )
  await rows.deleteConnection(step.tx, id)
  return ok([
    {
      kind: 'connection.changed',
      record: { kind: 'connection', id },
      connectionId: id,
      data: { key, removed: true },
    },
  ])
}

export const applyConnections = async (
  step: Step,
  resolved: ReadonlyMap<string, ResolvedConnection>,
  changes: readonly Change[],
): Promise<Result<readonly NewEvent[], Refusal>> => {
  const events: NewEvent[] = []
  for (const { key, words } of changes.filter(({ noun }) => noun === 'connection')) {
    const id = step.stored.ids.connections.get(key)
    const wanted = resolved.get(key)
    const done =
      wanted === undefined
        ? await remove(step, id ?? '', key)
        : id === undefined
          ? ok(await add(step, key, wanted))
          : await change(step, id, key, wanted, words)
    if (!done.ok) return done
    events.push(...done.value)
  }
  return ok(events)
}
