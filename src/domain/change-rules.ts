import type { ChangeKind, RiskLevel } from './words.ts'

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
