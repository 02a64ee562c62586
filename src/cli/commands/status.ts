import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { count, span, table } from '../table.ts'

const lines = (connections: readonly Answer[]): string =>
  table(connections, [
    { title: 'CONNECTION', of: (row) => row.text('key') },
    { title: 'KIND', of: (row) => row.text('kind') },
    { title: 'STATE', of: (row) => row.text('state') },
    { title: 'LAG', of: (row) => span(row.number('lagS')) || '-' },
    { title: 'DIRTY', of: (row) => row.number('dirty') ?? 0 },
    { title: 'HOLDS', of: (row) => row.number('holds') ?? 0 },
    { title: 'CONFLICTS', of: (row) => row.number('conflicts') ?? 0 },
    { title: 'UNKNOWN', of: (row) => row.number('unknown') ?? 0 },
    { title: 'MISSED BY WEBHOOK', of: (row) => row.number('missedByWebhook') ?? 0 },
    { title: 'WHY', of: (row) => row.text('stateReason') },
  ])

const run = async (call: Call): Promise<ExitCode> => {
  const answer = readAnswer(await call.api().get('/api/v1/status'))
  const connections = answer.list('connections')
  const sum = (name: string): number => connections.reduce((all, row) => all + (row.number(name) ?? 0), 0)
  const wants = { holds: sum('holds'), conflicts: sum('conflicts'), unknown: sum('unknown') }
  const troubled = connections.filter((row) => row.text('state') !== 'active').length
  call.show(answer.raw, () => {
    if (connections.length === 0) return 'No connections yet. `causeway apply FILE` makes them.\n'
    const todo = [
      wants.holds > 0 ? `${count(wants.holds, 'hold')}: see \`causeway holds\`` : '',
      wants.conflicts > 0 ? `${count(wants.conflicts, 'conflict')}: see \`causeway conflicts\`` : '',
      wants.unknown > 0 ? `${count(wants.unknown, 'write')} whose answer was lost: being read back` : '',
      troubled > 0 ? `${count(troubled, 'connection')} not active: \`causeway connections check KEY\`` : '',
    ].filter((text) => text !== '')
    return `${lines(connections)}\n${todo.length === 0 ? 'All is well.' : todo.join('\n')}\n`
  })
  return wants.holds + wants.conflicts + wants.unknown + troubled > 0 ? EXIT.foundProblems : EXIT.fine
}

export const statusCommand: CliCommand = {
  name: 'status',
  about: 'How the connections are: lag, what waits, what needs a person',
  args: {},
  examples: ['status', 'status --json'],
  run,
}
