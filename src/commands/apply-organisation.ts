import type { Organisation } from '../configuration/configuration.ts'
import { type Change, installationKey } from '../configuration/difference.ts'
import type { NewEvent } from '../domain/event.ts'
import type { Tx } from '../store/database.ts'
import * as rows from '../store/organisation.ts'
import { findReleaseNamed } from '../store/releases.ts'
import type { CommandContext } from './run-command.ts'
import type { StoredConfiguration } from './stored-configuration.ts'

/** Writes the organisation's changes, in the order in which they refer to each other. New ids go into `ids`. */
interface Step {
  readonly tx: Tx
  readonly context: CommandContext
  readonly wanted: Organisation
  readonly ids: StoredConfiguration['ids']
}

const eventOf = (change: Change, id: string): NewEvent => {
  const noun = change.noun as 'team' | 'person' | 'product' | 'component' | 'customer' | 'installation'
  const what = change.how === 'added' ? 'created' : change.how === 'removed' ? 'archived' : 'changed'
  return {
    kind: `${noun}.${what}`,
    record: { kind: noun, id },
    data: { key: change.key, ...(change.words.length > 0 ? { changes: change.words } : {}) },
  }
}

type Write = (step: Step, key: string, known: string | undefined) => Promise<string | null>

const idOr = (step: Step, known: string | undefined): string => known ?? step.context.newId()

const team: Write = async (step, key, known) => {
  const wanted = step.wanted.teams[key]
  const id = idOr(step, known)
  const { tx, context } = step
  if (wanted === undefined) await rows.updateTeam(tx, id, { archived_at: context.now })
  else if (known) await rows.updateTeam(tx, id, { name: wanted.name, archived_at: null })
  else await rows.insertTeam(tx, { id, key, name: wanted.name, created_at: context.now })
  step.ids.teams.set(key, id)
  return id
}

const person: Write = async (step, email, known) => {
  const wanted = step.wanted.people[email]
  if (wanted === undefined) return null
  const id = idOr(step, known)
  if (known)
    await rows.updatePerson(step.tx, id, { name: wanted.name, roles: wanted.roles, archived_at: null })
  else
    await rows.insertPerson(step.tx, {
      id,
      email,
      name: wanted.name,
      roles: wanted.roles,
      created_at: step.context.now,
    })
  step.ids.people.set(email, id)
  return id
}

const product: Write = async (step, key, known) => {
  const wanted = step.wanted.products[key]
  const id = idOr(step, known)
  const { tx, context, ids } = step
  const team_id = wanted?.team ? (ids.teams.get(wanted.team) ?? null) : null
  if (wanted === undefined) await rows.updateProduct(tx, id, { archived_at: context.now })
  else if (known) await rows.updateProduct(tx, id, { name: wanted.name, team_id, archived_at: null })
  else await rows.insertProduct(tx, { id, key, name: wanted.name, team_id, created_at: context.now })
  ids.products.set(key, id)
  return id
}

const component: Write = async (step, path, known) => {
  const { tx, context, ids, wanted } = step
  const [productKey, key] = splitComponent(path, ids)
  const part = wanted.products[productKey]?.components[key]
  const id = idOr(step, known)
  if (part === undefined) await rows.updateComponent(tx, id, { archived_at: context.now })
  else {
    const team_id = ids.teams.get(part.team)
    const product_id = ids.products.get(productKey)
    if (team_id === undefined || product_id === undefined) return null
    if (known) await rows.updateComponent(tx, id, { name: part.name, team_id, archived_at: null })
    else
      await rows.insertComponent(tx, {
        id,
        product_id,
        key,
        name: part.name,
        team_id,
        created_at: context.now,
      })
  }
  ids.components.set(path, id)
  return id
}

/** A product's key may hold a slash itself: the longest one that is known counts. */
const splitComponent = (path: string, ids: StoredConfiguration['ids']): readonly [string, string] => {
  const cuts = [...path.matchAll(/\//g)].map((match) => match.index).reverse()
  const cut = cuts.find((at) => ids.products.has(path.slice(0, at))) ?? path.indexOf('/')
  return [path.slice(0, cut), path.slice(cut + 1)]
}

const customer: Write = async (step, key, known) => {
  const wanted = step.wanted.customers[key]
  if (wanted === undefined) return null
  const id = idOr(step, known)
  if (known) await rows.updateCustomer(step.tx, id, { ...wanted, archived_at: null })
  else await rows.insertCustomer(step.tx, { id, key, ...wanted, created_at: step.context.now })
  step.ids.customers.set(key, id)
  return id
}

const installation: Write = async (step, key, known) => {
  const { tx, context, ids } = step
  const wanted = step.wanted.installations.find((line) => installationKey(line) === key)
  const customer_id = ids.customers.get(wanted?.customer ?? '')
  const product_id = ids.products.get(wanted?.product ?? '')
  if (wanted === undefined || customer_id === undefined || product_id === undefined) return null
  const release = wanted.version === null ? null : await findReleaseNamed(tx, product_id, wanted.version)
  const fields = { version: wanted.version, release_id: release?.id ?? null, updated_at: context.now }
  const id = idOr(step, known)
  if (known) await rows.updateInstallation(tx, id, fields)
  else
    await rows.insertInstallation(tx, {
      id,
      customer_id,
      product_id,
      environment: wanted.environment,
      created_at: context.now,
      ...fields,
    })
  return id
}

const ORDER = [
  ['person', person, 'people'],
  ['team', team, 'teams'],
  ['product', product, 'products'],
  ['component', component, 'components'],
  ['customer', customer, 'customers'],
  ['installation', installation, 'installations'],
] as const

export const applyOrganisation = async (
  tx: Tx,
  context: CommandContext,
  wanted: Organisation,
  changes: readonly Change[],
  ids: StoredConfiguration['ids'],
): Promise<readonly NewEvent[]> => {
  const step: Step = { tx, context, wanted, ids }
  const events: NewEvent[] = []
  for (const [noun, write, group] of ORDER)
    for (const change of changes.filter((candidate) => candidate.noun === noun)) {
      const id = await write(step, change.key, ids[group].get(change.key))
      if (id !== null) events.push(eventOf(change, id))
    }
  for (const change of changes.filter(({ noun }) => noun === 'team')) {
    const members = wanted.teams[change.key]?.members
    const teamId = ids.teams.get(change.key)
    if (members && teamId)
      await rows.setTeamMembers(
        tx,
        teamId,
        members.flatMap((email) => ids.people.get(email) ?? []),
      )
  }
  return events
}
