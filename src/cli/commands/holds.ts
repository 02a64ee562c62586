import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

/** How people know a mirror: the record here, the item there. */
export const mirrorName = (mirror: Answer): string =>
  [mirror.object('record').text('key'), mirror.object('there').text('key')]
    .filter((key) => key !== null)
    .join(' ↔ ')

const heldMirror = (row: Answer): string => {
  const mirror = row.object('mirror')
  const fields = row
    .list('holds')
    .map(
      (hold) =>
        `  ${hold.text('field') ?? ''}: ${hold.text('reason') ?? ''}\n    → ${hold.text('nextStep') ?? ''}\n`,
    )
  return [`${mirrorName(mirror)} (${mirror.text('connection') ?? ''})\n`, ...fields].join('')
}

export const holdsCommand: CliCommand = {
  name: 'holds',
  about: 'Fields that wait, each with its reason and what to do',
  args: { connection: { type: 'string', description: 'Of this connection only', valueHint: 'KEY' } },
  examples: ['holds', 'holds --connection engineering'],
  run: async (call) => {
    const query = { connection: call.text('connection'), limit: '200' }
    const answer = readAnswer(await call.api().get('/api/v1/holds', query))
    const held = answer.list('items')
    call.show(answer.raw, () =>
      held.length === 0
        ? 'Nothing waits.\n'
        : held.map(heldMirror).join('\n') + (answer.text('next') === null ? '' : '\n… and more.\n'),
    )
    return held.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}
