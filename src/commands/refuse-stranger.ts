import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Somebody tried to come in with an address nobody here has. What they typed is not kept: it may be a password. */
export const refuseStranger: Command<null, null> = async () =>
  done(null, { events: [{ kind: 'account.refused', record: null, data: {} }], changed: [] })
