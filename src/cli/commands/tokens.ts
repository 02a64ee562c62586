import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { table } from '../table.ts'

export const tokensCommand: CliCommand = {
  name: 'tokens',
  about: 'Tokens that people and programs use',
  args: {},
  examples: ['tokens', 'tokens create "night report" --role integrator'],
  run: async (call) => {
    const answer = readAnswer(await call.api().get('/api/v1/tokens', { limit: '200' }))
    call.show(answer.raw, () =>
      table(
        answer.list('items').filter((row) => row.text('revokedAt') === null),
        [
          { title: 'ID', of: (row) => row.text('id') },
          { title: 'NAME', of: (row) => row.text('name') },
          { title: 'ROLES', of: (row) => row.texts('roles').join(', ') },
          { title: 'UNTIL', of: (row) => row.text('expiresAt') },
          { title: 'LAST USED', of: (row) => row.text('lastUsedAt') },
        ],
      ),
    )
    return EXIT.fine
  },
}

const findPerson = async (call: Call, email: string): Promise<Answer> => {
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = readAnswer(await call.api().get('/api/v1/people', { limit: '200', cursor: cursor ?? null }))
    const isTheirs = (person: Answer) => person.text('email')?.toLowerCase() === email.toLowerCase()
    const found = page.list('items').find(isTheirs)
    if (found !== undefined) return found
    cursor = page.text('next')
  }
  throw new CliStop(
    EXIT.refused,
    `Nobody here has the address ${email}.`,
    'Name them under `people` in a file, and `causeway apply` it.',
  )
}

export const createTokenCommand: CliCommand = {
  name: 'tokens create',
  about: 'Make a token; it is shown once',
  args: {
    name: { type: 'positional', description: 'What it is for', required: false },
    role: {
      type: 'string',
      description: 'What it may do; several with commas',
      valueHint: 'agent,engineer|integrator|…',
    },
    person: {
      type: 'string',
      description: 'Whose it is: what it does is theirs, in their roles',
      valueHint: 'EMAIL',
    },
    days: { type: 'string', description: 'How long it lasts', valueHint: 'DAYS' },
    'one-time': { type: 'boolean', description: 'To hand to somebody, who exchanges it with sign-in' },
  },
  examples: [
    'tokens create "night report" --role integrator --days 90',
    'tokens create "Dora at her desk" --person dora@eng.example',
    'tokens create "for Dora" --person dora@eng.example --one-time',
  ],
  run: async (call) => {
    const days = call.text('days')
    if (days !== null && !/^[1-9][0-9]{0,3}$/.test(days))
      throw new CliStop(EXIT.usage, `--days ${days} is no number of days.`, 'Write --days 90.')
    const given = call.text('role')
    const email = call.text('person')
    const person = email === null ? null : await findPerson(call, email)
    const answer = readAnswer(
      await call.api().post('/api/v1/tokens', {
        name: call.need('name'),
        roles: given?.split(',').map((role) => role.trim()) ?? person?.texts('roles') ?? [call.need('role')],
        ...(person === null ? {} : { personId: person.text('id') }),
        ...(call.flag('one-time') ? { oneTime: true } : {}),
        ...(days === null ? {} : { validForDays: Number(days) }),
      }),
    )
    call.show(answer.raw, () => `${answer.text('token') ?? ''}\n`)
    return EXIT.fine
  },
}

export const revokeTokenCommand: CliCommand = {
  name: 'tokens revoke',
  about: 'End a token at once',
  args: { id: { type: 'positional', description: 'Id of the token', required: false } },
  examples: ['tokens revoke 0190…'],
  run: async (call) => {
    await call.api().delete(`/api/v1/tokens/${encodeURIComponent(call.need('id'))}`)
    call.show({ revoked: call.need('id') }, () => 'The token is ended.\n')
    return EXIT.fine
  },
}
