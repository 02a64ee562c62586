import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Api } from '../api-client.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'

/** The story of each field of a record on each of its mirrors. */
export const storiesOf = async (api: Api, key: string, field: string | null): Promise<Answer> =>
  readAnswer(await api.get(`/api/v1/why/${encodeURIComponent(key)}`, { field }))

export const storyList = (answer: Answer): readonly Answer[] =>
  answer.list('items').length > 0 ? answer.list('items') : answer.list('fields')

const MAX_CROSSINGS = 3

const orNothing = (text: string): string => (text === '' ? 'nothing' : text)

const crossing = (row: Answer): string => {
  const line = row.object('line')
  const way = line.text('to') === 'tool' ? 'sent there' : 'taken in'
  const values = `${orNothing(line.shown('from'))} → ${orNothing(line.shown('value'))}`
  const because = [line.text('rule'), row.object('actor').text('name')].filter((text) => text !== null)
  return `    ${row.text('at') ?? ''}  ${way}: ${values}  (${because.join('; ')})\n`
}

const agreement = (agreed: Answer): string => {
  if (agreed.raw === undefined || agreed.raw === null) return '  They have not agreed on a value yet.\n'
  const by = [agreed.text('by'), agreed.text('at')].filter((text) => text !== null && text !== '').join(', ')
  const values = `${orNothing(agreed.shown('hub'))} here, ${orNothing(agreed.shown('tool'))} there`
  return `  Agreed: ${values}${by === '' ? '' : ` (${by})`}\n`
}

const story = (row: Answer): string => {
  const hold = row.object('hold')
  const conflict = row.object('conflict')
  const item = `${row.text('toolField') ?? ''} of ${row.object('item').text('key') ?? 'nothing yet'}`
  return [
    `${row.text('field') ?? ''} ↔ ${item} (${row.text('connection') ?? ''})\n`,
    agreement(row.object('agreed')),
    hold.text('reason') === null ? '' : `  WAITS: ${hold.text('reason')} → ${hold.text('nextStep') ?? ''}\n`,
    conflict.text('id') === null
      ? ''
      : `  CONFLICT: ${orNothing(conflict.shown('hub'))} here, ${orNothing(conflict.shown('tool'))} there → causeway conflicts settle ${conflict.text('id')}\n`,
    ...row.list('crossings').slice(0, MAX_CROSSINGS).map(crossing),
  ].join('')
}

const run = async (call: Call): Promise<ExitCode> => {
  const key = call.need('key')
  const answer = await storiesOf(call.api(), key, call.text('field'))
  const stories = storyList(answer)
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
