/** Spans of time in words: `90 s`, `1 min`, `6 h`, `1 day`. Kept as whole seconds. */
const SECONDS = { s: 1, min: 60, h: 3600, day: 86_400 } as const

const UNIT_OF: Readonly<Record<string, keyof typeof SECONDS>> = {
  s: 's',
  second: 's',
  seconds: 's',
  min: 'min',
  minute: 'min',
  minutes: 'min',
  h: 'h',
  hour: 'h',
  hours: 'h',
  day: 'day',
  days: 'day',
}

export const DURATION_PATTERN = '^[1-9][0-9]{0,5} ?(s|seconds?|min|minutes?|h|hours?|days?)$'

/** Whole seconds, or null when the text is not a span. */
export const parseDuration = (text: string): number | null => {
  if (!new RegExp(DURATION_PATTERN).test(text)) return null
  const unit = UNIT_OF[text.replace(/^[0-9]+ ?/, '')]
  return unit === undefined ? null : Number.parseInt(text, 10) * SECONDS[unit]
}

/** In the largest unit that gives a whole number: 3600 → `1 h`, 90 → `90 s`. */
export const formatDuration = (seconds: number): string => {
  for (const unit of ['day', 'h', 'min'] as const)
    if (seconds % SECONDS[unit] === 0) {
      const count = seconds / SECONDS[unit]
      return unit === 'day' && count > 1 ? `${count} days` : `${count} ${unit}`
    }
  return `${seconds} s`
}
