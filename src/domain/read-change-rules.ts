import { isId } from '../lib/ids.ts'
import {
  type Asked,
  CAUSE_HOURS,
  type ChangeRules,
  DEFAULT_CHANGE_RULES,
  RETRO_HOURS,
  REVIEW_DAYS,
  RULED_KINDS,
} from './change-rules.ts'
import { RISK_LEVELS } from './words.ts'

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
