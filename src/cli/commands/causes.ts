import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { table } from '../table.ts'

const pathOf = (call: Call): string => `/api/v1/tickets/${encodeURIComponent(call.need('ticket'))}/causes`

const show = (call: Call, found: Answer): void => {
  const causes = found.list('causes')
  const impact = found.object('impact')
  call.show(found.raw, () =>
    [
      `Impact began ${impact.text('at')}${impact.flag('isAssumed') ? ' (assumed: when the ticket was made)' : ''}.\n`,
      causes.length === 0
        ? 'Nothing was done before it that could be its cause.\n'
        : table(causes, [
            { title: '#', of: (row) => causes.indexOf(row) + 1 },
            { title: 'POINTS', of: (row) => row.object('suspicion').number('points') },
            { title: 'KIND', of: (row) => row.text('kind') },
            { title: 'KEY', of: (row) => row.text('key') },
            { title: 'WHAT', of: (row) => row.text('title') },
            { title: 'STATE', of: (row) => row.text('state') },
            {
              title: 'BECAUSE',
              of: (row) =>
                row
                  .object('suspicion')
                  .list('reasons')
                  .map((reason) => reason.text('because'))
                  .join(', '),
            },
          ]),
    ].join(''),
  )
}

const TICKET = {
  ticket: { type: 'positional', description: 'Key of the incident', required: false },
} as const satisfies CliCommand['args']

export const causesCommand: CliCommand = {
  name: 'causes',
  about: 'What was done before the impact of an incident began, ranked, with reasons',
  args: TICKET,
  examples: ['causes T-12'],
  run: async (call) => {
    show(call, readAnswer(await call.api().get(pathOf(call))))
    return EXIT.fine
  },
}

const decide = (name: string, about: string, state: 'confirmed' | 'cleared' | 'suspected'): CliCommand => ({
  name,
  about,
  args: {
    ...TICKET,
    cause: { type: 'string', description: 'Its number in `causes TICKET`, or its key', valueHint: 'WHICH' },
  },
  examples: [`${name} T-12 --cause 1`],
  run: async (call) => {
    const wanted = call.need('cause')
    const causes = readAnswer(await call.api().get(pathOf(call))).list('causes')
    const found = causes.find((one, at) => String(at + 1) === wanted || one.text('key') === wanted)
    if (found === undefined)
      throw new CliStop(EXIT.refused, `There is no cause ${wanted}.`, '`causeway causes TICKET` lists them.')
    const { kind, id } = { kind: found.text('kind'), id: found.text('id') }
    show(call, readAnswer(await call.api().post(pathOf(call), { kind, id, state })))
    return EXIT.fine
  },
})

export const CAUSE_STEPS: readonly CliCommand[] = [
  decide('causes confirm', 'It caused the incident', 'confirmed'),
  decide('causes clear', 'It did not cause the incident', 'cleared'),
  decide('causes reopen', 'Nobody knows yet whether it did', 'suspected'),
]
