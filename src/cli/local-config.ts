import { type Config, readConfig } from '../config.ts'
import type { Call } from './cli-command.ts'
import { CliStop, EXIT } from './exit-codes.ts'

/** The configuration of this machine, for commands that work on its database themselves. */
export const configFor = (call: Pick<Call, 'terminal' | 'text'>): Config => {
  const data = call.text('data')
  const read = readConfig({ ...call.terminal.env, ...(data === null ? {} : { CAUSEWAY_DATA: data }) })
  if (!read.ok)
    throw new CliStop(
      EXIT.usage,
      'The environment is not right.',
      'Correct the variables named above.',
      read.error,
    )
  return read.value
}
