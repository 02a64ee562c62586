/** One measured value beside what it is held against. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What was measured beside it, or the limit, in words; null: for information. */
  readonly against: string | null
  /** `value` over what it is held against, where that was measured. */
  readonly ratio: number | null
  /** In words, such as `≥ 0.7 ×`. */
  readonly target: string | null
  readonly met: boolean | null
}

export const info = (name: string, value: number, unit: string): Figure => ({
  name,
  value,
  unit,
  against: null,
  ratio: null,
  target: null,
  met: null,
})

/** A limit that is no measurement of another. */
export const atMost = (name: string, value: number, unit: string, limit: number): Figure => ({
  name,
  value,
  unit,
  against: `a limit of ${limit} ${unit}`,
  ratio: value / limit,
  target: `≤ ${limit} ${unit}`,
  met: value <= limit,
})

/** Measured beside another in the same run. */
export const atLeastTimes = (
  name: string,
  value: number,
  unit: string,
  against: string,
  other: number,
  times: number,
): Figure => ({
  name,
  value,
  unit,
  against: `${against}: ${round(other)} ${unit}`,
  ratio: value / other,
  target: `≥ ${times} ×`,
  met: value / other >= times,
})

export const atMostTimes = (
  name: string,
  value: number,
  unit: string,
  against: string,
  other: number,
  times: number,
): Figure => ({
  name,
  value,
  unit,
  against: `${against}: ${round(other)} ${unit}`,
  ratio: value / other,
  target: `≤ ${times} ×`,
  met: value / other <= times,
})

export const round = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

const verdict = (met: boolean | null): string => (met === null ? '' : met ? 'met' : 'NOT MET')

export const asLine = (figure: Figure): string =>
  [
    figure.name.padEnd(52),
    `${round(figure.value)} ${figure.unit}`.padEnd(20),
    figure.ratio === null ? ''.padEnd(10) : `${round(figure.ratio)} ×`.padEnd(10),
    (figure.target ?? '').padEnd(12),
    verdict(figure.met).padEnd(8),
    figure.against ?? '',
  ]
    .join(' ')
    .trimEnd()
