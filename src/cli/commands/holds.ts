import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

/** How people know a mirror: the record here, the item there. */
export const mirrorName = (row: Answer): string =>
  [row.object('record').text('key'), row.text('remoteKey')].filter((key) => key !== null).join(' ↔ ')

const holdLines = (hold: Answer): string =>
  `  ${hold.text('field') ?? ''}: ${hold.text('reason') ?? ''}\n    → ${hold.text('nextStep') ?? ''}\n`

/** One paragraph for each mirror, in the order of the answer. */
const paragraphs = (holds: readonly Answer[]): string =>
  [...Map.groupBy(holds, (hold) => hold.text('mirror'))]
    .map(([, held]) => {
      const [first] = held
      const head = first === undefined ? '' : `${mirrorName(first)} (${first.text('connection') ?? ''})\n`
      return `${head}${held.map(holdLines).join('')}`
    })
    .join('\n')

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
        : paragraphs(held) + (answer.text('next') === null ? '' : '\n… and more.\n'),
    )
    return held.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}
