import { noteReading as note, type Reading } from '../store/followed-repositories.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface NoteReading extends Reading {
  readonly id: string
  readonly address: string
  readonly fence: number
}

/** How the reading of a repository ended. Its going wrong, and its being well again, stand in the log once each. */
export const noteReading: Command<NoteReading, null> = async (tx, context, input) => {
  const before = await note(tx, input, input, context.now)
  const isTurn = before !== undefined && (before === null) !== (input.problem === null)
  if (!isTurn) return done(null)
  const { id, address, problem } = input
  return done(null, {
    events: [
      {
        kind: problem === null ? 'repository.up' : 'repository.failing',
        record: { kind: 'repository', id },
        data: { address, ...(problem === null ? {} : { problem: problem.what }) },
      },
    ],
    changed: [],
  })
}
