import type { RuleAction, RuleRecord } from '../domain/rule.ts'
import type { Role } from '../domain/words.ts'
import type { Mapping } from '../sync/mapping.ts'

/**
 * What a configuration file says, complete and in order: short forms written out, defaults filled in. The file's own
 * shape is in `schema.ts`; `parse.ts` leads from it to here and `to-yaml.ts` back. A section that the file does not
 * have is null: it says nothing about what is stored.
 */
export interface Configuration {
  readonly connections: Readonly<Record<string, ConnectionWanted>>
  readonly organisation: Organisation | null
  readonly routes: readonly RouteWanted[] | null
  readonly rules: Readonly<Record<string, RuleWanted>> | null
}

export type SettingValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, string | number | boolean>>

export interface ConnectionWanted {
  readonly kind: string
  readonly party: 'desk' | 'tracker'
  readonly title: string
  /** Secrets, and whatever else differs between installations, as `${NAME}`. */
  readonly settings: Readonly<Record<string, SettingValue>>
  readonly pollEveryS: number
  readonly sweepEveryS: number
  /** null: as it is. Never set by a file that does not say so, or applying a file would end a person's pause. */
  readonly paused: boolean | null
  readonly mapping: Mapping
}

export interface Organisation {
  readonly teams: Readonly<Record<string, TeamWanted>>
  /** By e-mail, in lower case. */
  readonly people: Readonly<Record<string, PersonWanted>>
  readonly products: Readonly<Record<string, ProductWanted>>
  readonly customers: Readonly<Record<string, CustomerWanted>>
  /** Sorted by customer, product, environment. */
  readonly installations: readonly InstallationWanted[]
  /** null: as it is. */
  readonly namesForCustomers: boolean | null
}

export interface TeamWanted {
  readonly name: string
  /** E-mails, sorted; null: as they are. */
  readonly members: readonly string[] | null
}
export interface PersonWanted {
  readonly name: string
  readonly roles: readonly Role[]
}
export interface ProductWanted {
  readonly name: string
  readonly team: string | null
  readonly components: Readonly<Record<string, ComponentWanted>>
}
export interface ComponentWanted {
  readonly name: string
  /** Exactly one team owns a component. */
  readonly team: string
}
export interface CustomerWanted {
  readonly name: string
  readonly tier: string | null
}
export interface InstallationWanted {
  readonly customer: string
  readonly product: string
  readonly environment: string
  /** The release the customer runs there. */
  readonly version: string | null
}

/** Where an escalation goes; neither product nor component: everything else. */
export interface RouteWanted {
  readonly product: string | null
  readonly component: string | null
  /** null: our own board. */
  readonly connection: string | null
  readonly container: string | null
  readonly type: string | null
  readonly componentThere: string | null
}

export interface RuleWanted {
  readonly on: RuleRecord
  /** A CEL expression. */
  readonly when: string
  readonly then: readonly RuleAction[]
  readonly enabled: boolean
}

export const recordOf = (party: 'desk' | 'tracker'): 'ticket' | 'work item' =>
  party === 'desk' ? 'ticket' : 'work item'

const REFERENCE = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/

/** The name in `${NAME}`, or null when the value is no reference. Only a whole value can be one. */
export const referenceIn = (value: unknown): string | null =>
  typeof value === 'string' ? (REFERENCE.exec(value)?.[1] ?? null) : null

/** Names of every reference, once each, sorted: what has to be in the environment when the file is applied. */
export const referencesOf = (configuration: Configuration): readonly string[] => {
  const names = Object.values(configuration.connections).flatMap((connection) =>
    Object.values(connection.settings).flatMap((value) => referenceIn(value) ?? []),
  )
  return [...new Set(names)].sort()
}
