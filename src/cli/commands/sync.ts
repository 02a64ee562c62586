import { readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

export const syncCommand: CliCommand = {
  name: 'sync',
  about: 'Look at the mirrors of a record now, before all else',
  args: {
    key: { type: 'positional', description: 'Key of a ticket or work item', required: false },
    'create-again': {
      type: 'boolean',
      description: 'You have looked in the tool: the create whose answer was lost did not happen',
    },
  },
  examples: ['sync T-12', 'sync T-12 --create-again'],
  run: async (call) => {
    const key = call.need('key')
    const answer = readAnswer(
      await call
        .api()
        .post(
          `/api/v1/sync/${encodeURIComponent(key)}`,
          call.flag('create-again') ? { createAgain: true } : {},
        ),
    )
    const mirrors = answer.number('mirrors')
    call.show(answer.raw, () =>
      mirrors === 0
        ? `${key} is in no tool, so there is nothing to sync.\n`
        : `${key} is next. \`causeway why ${key}\` shows what came of it.\n`,
    )
    return EXIT.fine
  },
}
