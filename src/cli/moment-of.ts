import type { Call } from './cli-command.ts'
import { CliStop, EXIT } from './exit-codes.ts'

/** With or without seconds; without a zone it is the time of this computer. */
const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/

/** The moment that an option names, as the API takes it; null: it was not given. */
export const momentOf = (call: Call, name: string): string | null => {
  const text = call.text(name)
  if (text === null) return null
  const at = new Date(TIME.test(text) ? text : Number.NaN)
  if (Number.isNaN(at.getTime()))
    throw new CliStop(EXIT.usage, `--${name} ${text} is no time.`, `Write --${name} 2026-12-01T08:00Z.`)
  return at.toISOString()
}
