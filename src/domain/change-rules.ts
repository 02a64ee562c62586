import { isId } from '../lib/ids.ts'
import { type ChangeKind, RISK_LEVELS, type RiskLevel } from './words.ts'

/** What the organisation decided about its changes: who holds which key, who is asked when, and what is owed by when. */
export interface ChangeRules {
  /** Ids of people; empty: whoever is an owner. */
  readonly changeManagers: readonly string[]
  /** Of a product; where a list is empty, what holds for all. */
  readonly products: readonly ProductKeys[]
  readonly approvals: readonly ApprovalRule[]
  /** Hours until the keys of an emergency that began without them are owed. */
  readonly retroApprovalHours: number
  /** Days until the review of what ended is owed. */
  readonly reviewDays: number
  /** How far before the impact of an incident its cause is looked for. */
  readonly causeHours: number
  /** Hours of the day in which somebody is there to help (0 … 24), from Monday to Friday. */
  readonly workingHours: { readonly from: number; readonly to: number }
}

export interface ProductKeys {
  readonly productId: string
  readonly changeManagers: readonly string[]
  /** Who leads the product; empty: whoever leads and is of its team, or else whoever leads. */
  readonly leads: readonly string[]
}

/** `change manager` and `product lead` are asked of whoever holds them for the product; a team: of one of its members. */
export type Asked =
  | { readonly what: 'change manager' | 'product lead' }
  | { readonly what: 'person' | 'team'; readonly id: string }

/** A standard change needs no key: its model was approved. */
export const RULED_KINDS = ['normal', 'emergency'] as const satisfies readonly ChangeKind[]

/** Null matches everything. Every rule that matches asks; the same key is asked for once. */
export interface ApprovalRule {
  readonly kind: (typeof RULED_KINDS)[number] | null
  readonly level: RiskLevel | null
  readonly productId: string | null
  readonly environmentId: string | null
  readonly asks: Asked
}

export const RETRO_HOURS = { min: 1, max: 720 } as const
export const REVIEW_DAYS = { min: 1, max: 90 } as const
export const CAUSE_HOURS = { min: 1, max: 720 } as const
export const MOST_RULES = 100
export const MOST_HOLDERS = 20

const LEAD: Asked = { what: 'product lead' }
const MANAGER: Asked = { what: 'change manager' }
const ofNormal = (level: RiskLevel, asks: Asked): ApprovalRule => ({
  ...{ kind: 'normal', level, asks, productId: null, environmentId: null },
})

export const DEFAULT_CHANGE_RULES: ChangeRules = {
  changeManagers: [],
  products: [],
  approvals: [
    ofNormal('low', LEAD),
    ofNormal('medium', MANAGER),
    ofNormal('high', MANAGER),
    ofNormal('high', LEAD),
  ],
  retroApprovalHours: 24,
  reviewDays: 5,
  causeHours: 72,
  workingHours: { from: 8, to: 18 },
}

type Json = Readonly<Record<string, unknown>>
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(objectOf) : [])
const idOf = (value: unknown): string | null => (typeof value === 'string' && isId(value) ? value : null)
const idsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap((one) => idOf(one) ?? []) : []
const wordOf = <W extends string>(words: readonly W[], value: unknown): W | null =>
  words.find((word) => word === value) ?? null
const within = (
  value: unknown,
  { min, max }: { readonly min: number; readonly max: number },
  otherwise: number,
): number =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max ? Number(value) : otherwise

const askedOf = (value: Json): Asked | null => {
  const { what } = value
  if (what === 'change manager' || what === 'product lead') return { what }
  const id = idOf(value['id'])
  return (what === 'person' || what === 'team') && id !== null ? { what, id } : null
}

/** What was stored, with the default for whatever is missing or cannot be read. */
export const changeRulesFrom = (stored: unknown): ChangeRules => {
  const kept = objectOf(stored)
  const hours = objectOf(kept['workingHours'])
  const { workingHours, ...defaults } = DEFAULT_CHANGE_RULES
  return {
    changeManagers: idsOf(kept['changeManagers']),
    products: listOf(kept['products']).flatMap((one) => {
      const productId = idOf(one['productId'])
      const leads = idsOf(one['leads'])
      return productId === null ? [] : [{ productId, leads, changeManagers: idsOf(one['changeManagers']) }]
    }),
    approvals: Array.isArray(kept['approvals'])
      ? listOf(kept['approvals']).flatMap((one) => {
          const asks = askedOf(objectOf(one['asks']))
          if (asks === null) return []
          const [kind, level] = [wordOf(RULED_KINDS, one['kind']), wordOf(RISK_LEVELS, one['level'])]
          const place = { productId: idOf(one['productId']), environmentId: idOf(one['environmentId']) }
          return [{ kind, level, ...place, asks }]
        })
      : defaults.approvals,
    retroApprovalHours: within(kept['retroApprovalHours'], RETRO_HOURS, defaults.retroApprovalHours),
    reviewDays: within(kept['reviewDays'], REVIEW_DAYS, defaults.reviewDays),
    causeHours: within(kept['causeHours'], CAUSE_HOURS, defaults.causeHours),
    workingHours: {
      from: within(hours['from'], { min: 0, max: 23 }, workingHours.from),
      to: within(hours['to'], { min: 1, max: 24 }, workingHours.to),
    },
  }
}
