import { readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { count } from '../table.ts'

const EVENT = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i

export const undoCommand: CliCommand = {
  name: 'undo',
  about: 'Take back what the sync wrote, and only that',
  args: {
    what: {
      type: 'positional',
      description: 'Id of an event, or key of a record (its last sync)',
      required: false,
    },
  },
  examples: ['undo T-12', 'undo 0190c0de-…'],
  run: async (call) => {
    const what = call.need('what')
    const answer = readAnswer(
      await call.api().post('/api/v1/undo', EVENT.test(what) ? { event: what } : { key: what }),
    )
    const undone = answer.list('undone')
    const skipped = answer.list('skipped')
    call.show(answer.raw, () =>
      [
        undone.length === 0 ? 'Nothing was taken back.\n' : `Took back ${count(undone.length, 'value')}.\n`,
        ...undone.map((row) => `  ${row.text('field') ?? ''}: ${row.shown('from')} → ${row.shown('to')}\n`),
        ...skipped.map(
          (row) =>
            `  ${row.text('field') ?? ''} was left: ${row.text('reason') ?? 'somebody changed it since'}\n`,
        ),
      ].join(''),
    )
    return skipped.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}
