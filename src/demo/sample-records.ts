import { applyCommand, type Command } from '../commands/run-command.ts'
import { ok } from '../lib/result.ts'
import { makeSampleRelease } from './sample-release.ts'
import { makeSampleTickets } from './sample-tickets.ts'

/** What the sample company works on. All or nothing. */
export const makeSampleRecords: Command<{ readonly me: string | null }, null> = async (
  tx,
  context,
  input,
) => {
  const release = await applyCommand(tx, context, makeSampleRelease, null)
  if (!release.ok) return release
  const tickets = await applyCommand(tx, context, makeSampleTickets, input)
  return tickets.ok ? ok({ value: null, events: [], changed: [] }) : tickets
}
