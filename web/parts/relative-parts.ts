const STEPS = [
  { unit: 'year', ms: 365.25 * 86_400_000 },
  { unit: 'month', ms: 30.44 * 86_400_000 },
  { unit: 'week', ms: 7 * 86_400_000 },
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const satisfies readonly { unit: Intl.RelativeTimeFormatUnit; ms: number }[]

/** The largest unit that fits at least once, rounded towards now: 90 minutes ago is "1 hour ago". Under a minute: now. */
export const relativeParts = (
  differenceMs: number,
): { readonly value: number; readonly unit: Intl.RelativeTimeFormatUnit } => {
  const step = STEPS.find(({ ms }) => Math.abs(differenceMs) >= ms)
  return step === undefined
    ? { value: 0, unit: 'second' }
    : { value: Math.trunc(differenceMs / step.ms), unit: step.unit }
}

/** How long something lasts: the same largest unit, and never less than the minute that is not over. */
export const lastingParts = (
  lastsMs: number,
): { readonly value: number; readonly unit: Intl.RelativeTimeFormatUnit; readonly isLess: boolean } => {
  const { value, unit } = relativeParts(Math.max(0, lastsMs))
  return value === 0 ? { value: 1, unit: 'minute', isLess: true } : { value, unit, isLess: false }
}
