import type { Span } from './booking.ts'
import type { RiskLevel } from './words.ts'

/** What is known of a change when its risk is looked at. */
export interface RiskFacts {
  readonly components: number
  readonly workItems: number
  /** Work items it brings that wait for others which are not done. */
  readonly blockedItems: number
  /** Customers that run the product. */
  readonly customers: number
  readonly hasBackOut: boolean
  readonly isBackOutTested: boolean
  readonly hasTestEvidence: boolean
  /** Of the same components (of the product, where none is named), in the 90 days before. */
  readonly ended: number
  readonly wentWrong: number
  readonly window: Span | null
  /** It lies outside the hours in which somebody is there. */
  readonly isOutsideHours: boolean
  readonly isInFreeze: boolean
}

export const RISK_PARTS = [
  'size',
  'reach',
  'dependencies',
  'back out',
  'tests',
  'history',
  'window',
  'freeze',
] as const

/** One part of the risk: its points of how many, and the figures behind it. */
export interface RiskPart {
  readonly part: (typeof RISK_PARTS)[number]
  /** Which of the sentences about this part holds. */
  readonly because: RiskReason
  readonly points: number
  readonly most: number
  readonly values: Readonly<Record<string, number>>
}

export type RiskReason =
  | 'small'
  | 'several parts'
  | 'many parts'
  | 'no customers'
  | 'some customers'
  | 'many customers'
  | 'nothing blocks'
  | 'blocked'
  | 'back-out tested'
  | 'back-out untested'
  | 'no back-out'
  | 'tested'
  | 'untested'
  | 'went well'
  | 'went wrong'
  | 'went wrong often'
  | 'no history'
  | 'no window'
  | 'in hours'
  | 'outside hours'
  | 'no freeze'
  | 'in a freeze'

export interface Risk {
  readonly parts: readonly RiskPart[]
  readonly points: number
  readonly most: number
  readonly level: RiskLevel
}

/** From so many points on. */
export const RISK_FROM = { medium: 4, high: 8 } as const

const part = (
  name: RiskPart['part'],
  most: number,
  [points, because]: readonly [number, RiskReason],
  values: RiskPart['values'] = {},
): RiskPart => ({ part: name, because, points, most, values })

const sizeOf = ({ components, workItems }: RiskFacts): readonly [number, RiskReason] =>
  components >= 4 || workItems > 10
    ? [2, 'many parts']
    : components >= 2 || workItems > 3
      ? [1, 'several parts']
      : [0, 'small']

const reachOf = ({ customers }: RiskFacts): readonly [number, RiskReason] =>
  customers >= 10 ? [2, 'many customers'] : customers > 0 ? [1, 'some customers'] : [0, 'no customers']

const backOutOf = ({ hasBackOut, isBackOutTested }: RiskFacts): readonly [number, RiskReason] =>
  !hasBackOut ? [3, 'no back-out'] : isBackOutTested ? [0, 'back-out tested'] : [2, 'back-out untested']

const historyOf = ({ ended, wentWrong }: RiskFacts): readonly [number, RiskReason] =>
  ended === 0
    ? [1, 'no history']
    : wentWrong >= 2
      ? [3, 'went wrong often']
      : wentWrong === 1
        ? [2, 'went wrong']
        : [0, 'went well']

const windowOf = ({ window, isOutsideHours }: RiskFacts): readonly [number, RiskReason] =>
  window === null ? [1, 'no window'] : isOutsideHours ? [1, 'outside hours'] : [0, 'in hours']

/** Every part is shown with its points: there is no other score. */
export const riskOf = (facts: RiskFacts): Risk => {
  const { components, workItems, customers, blockedItems, ended, wentWrong } = facts
  const parts = [
    part('size', 2, sizeOf(facts), { components, workItems }),
    part('reach', 2, reachOf(facts), { customers }),
    part('dependencies', 2, blockedItems > 0 ? [2, 'blocked'] : [0, 'nothing blocks'], { blockedItems }),
    part('back out', 3, backOutOf(facts)),
    part('tests', 2, facts.hasTestEvidence ? [0, 'tested'] : [2, 'untested']),
    part('history', 3, historyOf(facts), { ended, wentWrong }),
    part('window', 1, windowOf(facts)),
    part('freeze', 2, facts.isInFreeze ? [2, 'in a freeze'] : [0, 'no freeze']),
  ]
  const points = sum(parts.map((one) => one.points))
  return { parts, points, most: sum(parts.map((one) => one.most)), level: levelOf(points) }
}

export const levelOf = (points: number): RiskLevel =>
  points >= RISK_FROM.high ? 'high' : points >= RISK_FROM.medium ? 'medium' : 'low'

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

const MINUTE_MS = 60_000

/** Whether a time reaches outside the working hours of a zone (whole hours, Monday to Friday). */
export const isOutsideHours = (
  { from, to }: Span,
  hours: { readonly from: number; readonly to: number },
  zone: string,
): boolean => {
  const begins = localTime(from, zone)
  // what ends on the hour does not reach into the next
  const ends = localTime(new Date(Math.max(from.getTime(), to.getTime() - MINUTE_MS)), zone)
  const isIn = (at: ReturnType<typeof localTime>): boolean =>
    at.day >= 1 && at.day <= 5 && at.hour >= hours.from && at.hour < hours.to
  return !(isIn(begins) && isIn(ends) && begins.date === ends.date)
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const localTime = (at: Date, zone: string) => {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
  }).formatToParts(at)
  const of = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return {
    day: DAYS.indexOf(of('weekday')),
    hour: Number(of('hour')),
    date: `${of('year')}-${of('month')}-${of('day')}`,
  }
}
