import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface LogExport {
  readonly list: string
  /** As it was asked for. */
  readonly query: Readonly<Record<string, unknown>>
}

/** Who takes a list out of the house is written down before its first line leaves. */
export const logExport: Command<LogExport, null> = async (_tx, _context, { list, query }) =>
  done(null, { events: [{ kind: 'list.exported', record: null, data: { list, query } }], changed: [] })
