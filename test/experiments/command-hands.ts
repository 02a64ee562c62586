import { addComment } from '../../src/commands/add-comment.ts'
import { changeWorkItem } from '../../src/commands/change-work-item.ts'
import { type Command, runCommand } from '../../src/commands/run-command.ts'
import { makeSignal } from '../../src/commands/work-signal.ts'
import { uuidv7 } from '../../src/lib/ids.ts'
import type { Database } from '../../src/store/database.ts'
import { codecs } from '../../src/sync/rich-text/index.ts'
import { ANNA } from '../sync-fuzz/people.ts'
import type { HubHands } from './traffic.ts'

/** Anna in the hub, by commands in this process: the workers in other processes find out from the database. */
export const commandHands = (db: Database): HubHands => {
  const runner = { db, newId: uuidv7, now: () => new Date(), signal: makeSignal() }
  const run = async <I, T>(command: Command<I, T>, input: I): Promise<void> => {
    const outcome = await runCommand(runner, ANNA, command, input)
    if (!outcome.ok) throw new Error(outcome.error.detail)
  }
  return {
    say: (workItem, text) =>
      run(addComment, {
        record: { kind: 'work item', ref: workItem },
        body: codecs.plain.read(text),
        audience: 'staff',
      }),
    setEnvironment: (workItem, value) => run(changeWorkItem, { workItem, set: { environment: value } }),
  }
}
