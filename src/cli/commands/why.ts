import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'

const MAX_CROSSINGS = 3

const orNothing = (text: string): string => (text === '' ? 'nothing' : text)

const crossing = (row: Answer): string => {
  const line = row.object('line')
  const way = line.text('to') === 'tool' ? 'sent there' : 'taken in'
  const values = `${orNothing(line.shown('from'))} → ${orNothing(line.shown('value'))}`
  const because = [line.text('rule'), row.object('actor').text('name')].filter((text) => text !== null)
  return `    ${row.text('at') ?? ''}  ${way}: ${values}  (${because.join('; ')})\n`
}

const agreement = (row: Answer): string => {
  const at = row.text('at')
  if (row.flag('bothEmpty')) return '  Empty on both sides.\n'
  if (at === null && row.shown('value') === '' && row.shown('there') === '')
    return '  They have not agreed on a value yet.\n'
  const by = [row.text('by'), row.text('rule'), at].filter((text) => text !== null && text !== '').join('; ')
  return `  ${orNothing(row.shown('value'))} here, ${orNothing(row.shown('there'))} there${by === '' ? '' : ` (${by})`}\n`
}

const story = (row: Answer): string => {
  const hold = row.object('hold')
  const conflict = row.object('conflict')
  const item = `${row.text('toolField') ?? ''} of ${row.object('item').text('key') ?? 'nothing yet'}`
  return [
    `${row.text('field') ?? ''} ↔ ${item} (${row.text('connection') ?? ''})\n`,
    agreement(row),
    hold.text('reason') === null ? '' : `  WAITS: ${hold.text('reason')} → ${hold.text('nextStep') ?? ''}\n`,
    conflict.text('id') === null
      ? ''
      : `  CONFLICT: ${orNothing(conflict.shown('hub'))} here, ${orNothing(conflict.shown('tool'))} there → causeway conflicts settle ${conflict.text('id')}\n`,
    ...row.list('crossings').slice(0, MAX_CROSSINGS).map(crossing),
  ].join('')
}

const run = async (call: Call): Promise<ExitCode> => {
  const key = call.need('key')
  const answer = readAnswer(
    await call.api().get(`/api/v1/why/${encodeURIComponent(key)}`, { field: call.text('field') }),
  )
  const stories = answer.list('fields')
  call.show(answer.raw, () =>
    stories.length === 0 ? `No field of ${key} crosses to a tool.\n` : stories.map(story).join(''),
  )
  const waits = stories.some(
    (row) => row.object('hold').text('reason') !== null || row.object('conflict').text('id') !== null,
  )
  return waits ? EXIT.foundProblems : EXIT.fine
}

export const whyCommand: CliCommand = {
  name: 'why',
  about: 'Who set a field of a record, where, and by which rule',
  args: {
    key: { type: 'positional', description: 'Key of a ticket or work item, here or there', required: false },
    field: { type: 'positional', description: 'One field; left out: all', required: false },
  },
  examples: ['why T-12', 'why T-12 severity'],
  run,
}
