import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Api } from '../api-client.ts'
import type { CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { storiesOf, storyList } from './why.ts'

const EVENT = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i

/** The crossing that wrote last to any field of the record. */
const lastCrossing = async (api: Api, key: string): Promise<string> => {
  const crossings = storyList(await storiesOf(api, key, null)).flatMap((row) => row.list('crossings'))
  const at = (row: Answer): string => row.text('at') ?? ''
  const last = crossings.reduce<Answer | null>(
    (best, row) => (best === null || at(row) > at(best) ? row : best),
    null,
  )
  const event = last?.text('eventId')
  if (event) return event
  throw new CliStop(EXIT.refused, `The sync has written nothing to ${key}.`, 'There is nothing to take back.')
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
  },
  examples: ['undo T-12', 'undo 0190c0de-…'],
  run: async (call) => {
    const what = call.need('what')
    const api = call.api()
    const event = EVENT.test(what) ? what : await lastCrossing(api, what)
    const answer = readAnswer(await api.post('/api/v1/undo', { event }))
    const list = (name: string, words: string): string =>
      answer.texts(name).length === 0 ? '' : `${words}: ${answer.texts(name).join(', ')}\n`
    const undone = answer.texts('here').length + answer.texts('there').length
    call.show(answer.raw, () =>
      [
        undone === 0 ? 'Nothing was taken back.\n' : '',
        list('here', 'Put back here'),
        list('there', 'Put back there'),
        list('kept', 'Left alone, because somebody changed it since'),
        undone === 0 ? '' : 'Both sides differ on purpose now: `causeway conflicts` lists what to decide.\n',
      ].join(''),
    )
    return undone > 0 || answer.texts('kept').length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}
