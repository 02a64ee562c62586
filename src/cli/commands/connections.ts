import { readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'

const key: CliCommand['args'] = {
  key: { type: 'positional', description: 'Key of a connection', required: false },
}

const path = (call: Call, verb: string): string =>
  `/api/v1/connections/${encodeURIComponent(call.need('key'))}/${verb}`

export const pauseCommand: CliCommand = {
  name: 'connections pause',
  about: 'Stop sending to a tool and asking it, until you resume',
  args: { ...key, reason: { type: 'string', description: 'Why, for others to read', valueHint: 'TEXT' } },
  examples: ['connections pause engineering --reason "Redmine is being upgraded"'],
  run: async (call) => {
    const reason = call.text('reason')
    const answer = await call
      .api()
      .post(path(call, 'pause'), { reason: reason ?? 'Paused from the command line.' })
    call.show(
      answer,
      () =>
        `${call.need('key')} is paused. What happens meanwhile is kept; \`causeway connections resume ${call.need('key')}\` goes on.\n`,
    )
    return EXIT.fine
  },
}

export const resumeCommand: CliCommand = {
  name: 'connections resume',
  about: 'Go on after a pause',
  args: key,
  examples: ['connections resume engineering'],
  run: async (call) => {
    const answer = await call.api().post(path(call, 'resume'))
    call.show(answer, () => `${call.need('key')} goes on. \`causeway status\` shows how it catches up.\n`)
    return EXIT.fine
  },
}

export const checkCommand: CliCommand = {
  name: 'connections check',
  about: 'Ask a tool whether address, account and fields are as they should be',
  args: key,
  examples: ['connections check engineering'],
  run: async (call) => {
    const answer = readAnswer(await call.api().post(path(call, 'check')))
    const problems = answer.texts('problems')
    const account = answer.object('account').text('name')
    const tool = answer.text('tool') ?? (problems.length === 0 ? 'it answers' : 'it could not be asked')
    call.show(answer.raw, () =>
      [
        `${call.need('key')}: ${tool}${account === null ? '' : `, as ${account}`}\n`,
        problems.length === 0 ? 'All is well.\n' : problems.map((text) => `  ${text}\n`).join(''),
      ].join(''),
    )
    return problems.length > 0 ? EXIT.foundProblems : EXIT.fine
  },
}
