import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

const EVENT = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i

const KEPT: Readonly<Record<string, string>> = {
  'changed-since': 'Somebody changed it since.',
  'is-status': 'A status is never put back.',
  'not-mapped': 'The mapping does not carry it any more.',
}

const line = (row: Answer): string => {
  const field = row.text('field') ?? ''
  const reason = row.text('reason')
  const side = row.text('side') ?? 'here'
  return reason === null
    ? `  ${field}, ${side === 'both' ? 'there, and here too' : side}\n`
    : `  ${field} was left alone. ${KEPT[reason] ?? reason}\n`
}

export const undoCommand: CliCommand = {
  name: 'undo',
  about: 'Take back what the sync wrote last, and only that',
  args: {
    what: {
      type: 'positional',
      description: 'Id of an event (see why), or key of a record',
      required: false,
    },
    both: {
      type: 'boolean',
      description: 'What is given back to the tool shall count here too; else the difference is a conflict',
    },
  },
  examples: ['undo T-12', 'undo 0190c0de-…', 'undo T-12 --both'],
  run: async (call) => {
    const what = call.need('what')
    const answer = readAnswer(
      await call.api().post('/api/v1/undo', {
        ...(EVENT.test(what) ? { event: what } : { key: what }),
        ...(call.flag('both') ? { sides: 'both' } : {}),
      }),
    )
    const undone = answer.list('undone')
    const skipped = answer.list('skipped')
    call.show(answer.raw, () =>
      [
        undone.length === 0 ? 'Nothing was taken back.\n' : 'Put back:\n',
        ...[...undone, ...skipped].map(line),
        undone.every((row) => row.text('side') === 'both')
          ? ''
          : 'Both sides differ on purpose now: `causeway conflicts` lists what to decide.\n',
      ].join(''),
    )
    return undone.length + skipped.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}
