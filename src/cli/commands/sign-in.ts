import { readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'

export const signInCommand: CliCommand = {
  name: 'sign-in',
  about: 'Exchange a one-time token for one that lasts',
  args: {
    'one-time-token': {
      type: 'positional',
      description: 'As printed at the first start, or given by an admin',
      required: false,
    },
  },
  examples: ['sign-in abcd…', 'sign-in abcd… --url https://causeway.example.com'],
  run: async (call) => {
    const answer = readAnswer(
      await call.api().post('/api/v1/sign-in', { oneTimeToken: call.need('one-time-token') }),
    )
    const token = answer.text('token')
    if (token === null)
      throw new CliStop(EXIT.failed, 'The server gave no token.', '`causeway doctor` tells both versions.')
    call.show(answer.raw, () => `${token}\n`)
    if (!call.json)
      call.terminal.err(
        `Signed in as ${answer.texts('roles').join(', ')}. Keep the token: export CAUSEWAY_TOKEN=…\n`,
      )
    return EXIT.fine
  },
}
