import { SEVERITIES, type Severity } from './words.ts'

/** One ticket behind a work item, as far as severity needs it. */
export interface TicketBehind {
  readonly ticketKey: string
  readonly customer: string | null
  readonly severity: Severity | null
}

export interface SeverityReason {
  readonly severity: Severity
  readonly ticketKey: string
  readonly customer: string | null
}

export interface DerivedSeverity {
  /** The worst of all; null when no ticket says one. */
  readonly severity: Severity | null
  /** Every ticket that says a severity, worst first, then by key: why it is what it is. */
  readonly reasons: readonly SeverityReason[]
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity)

/** The worse of two; null says nothing. */
export const worse = (a: Severity | null, b: Severity | null): Severity | null => {
  if (a === null || b === null) return a ?? b
  return rank(a) <= rank(b) ? a : b
}

/**
 * How bad a work item is for customers: the worst severity of the tickets behind it, never a copy that goes stale.
 * Example: a `low` of Acme and a `high` of Globex make `high`, with Globex's ticket as the first reason.
 */
export const severityOf = (tickets: readonly TicketBehind[]): DerivedSeverity => {
  const reasons = tickets
    .flatMap(({ severity, ticketKey, customer }) =>
      severity === null ? [] : [{ severity, ticketKey, customer }],
    )
    .sort(
      (a, b) =>
        rank(a.severity) - rank(b.severity) ||
        a.ticketKey.localeCompare(b.ticketKey, 'en', { numeric: true }),
    )
  return { severity: reasons[0]?.severity ?? null, reasons }
}
