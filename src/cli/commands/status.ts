import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { count, span, table } from '../table.ts'

/** How long the oldest mirror has waited to be looked at. */
const lag = (row: Answer, now: number): string => {
  const since = Date.parse(row.text('waitingSince') ?? '')
  return Number.isNaN(since) ? '-' : span(Math.max(0, (now - since) / 1000))
}

/** What the tool did to a connection that is meant to work, in one word. */
const FAULT_STATES: Readonly<Record<string, string>> = { auth: 'refused', rate: 'slowed' }

/** How it is in truth: `active` is what people asked for, and a tool that does not answer makes it `down`. */
const standing = (row: Answer): string => {
  const wanted = row.text('state') ?? ''
  const fault = row.object('fault').text('kind')
  return wanted !== 'active' || fault === null ? wanted : (FAULT_STATES[fault] ?? 'down')
}

/** Why it is so, in the words of the server: the reason for the state beside it, or a ring that was turned away. */
const why = (row: Answer): string => {
  const reason = row.text('stateReason') ?? row.object('fault').text('detail')
  if (reason !== null) return reason
  const ring = row.object('lastRejectedDelivery')
  return ring.text('reason') === null
    ? ''
    : `A webhook was turned away at ${ring.text('at')}: ${ring.text('reason')}`
}

const lines = (connections: readonly Answer[], now: number): string =>
  table(connections, [
    { title: 'CONNECTION', of: (row) => row.text('key') },
    { title: 'KIND', of: (row) => row.text('kind') },
    { title: 'STATE', of: standing },
    { title: 'MIRRORS', of: (row) => row.number('mirrors') ?? 0 },
    { title: 'DIRTY', of: (row) => row.number('waiting') ?? 0 },
    { title: 'LAG', of: (row) => lag(row, now) },
    { title: 'HOLDS', of: (row) => row.number('holds') ?? 0 },
    { title: 'CONFLICTS', of: (row) => row.number('conflicts') ?? 0 },
    { title: 'UNKNOWN', of: (row) => row.number('unknownWrites') ?? 0 },
    { title: 'MISSED BY WEBHOOK', of: (row) => row.number('missedByWebhook') ?? 0 },
    { title: 'WHY', of: why },
  ])

const run = async (call: Call): Promise<ExitCode> => {
  const answer = readAnswer(await call.api().get('/api/v1/connections'))
  const connections = answer.list('items')
  const sum = (name: string): number => connections.reduce((all, row) => all + (row.number(name) ?? 0), 0)
  const wants = { holds: sum('holds'), conflicts: sum('conflicts'), unknown: sum('unknownWrites') }
  const paused = connections.filter((row) => standing(row) === 'paused').length
  const troubled = connections.filter((row) => !['active', 'paused'].includes(standing(row))).length
  call.show(answer.raw, () => {
    if (connections.length === 0) return 'No connections yet. `causeway apply FILE` makes them.\n'
    const todo = [
      wants.holds > 0 ? `${count(wants.holds, 'hold')}: see \`causeway holds\`` : '',
      wants.conflicts > 0 ? `${count(wants.conflicts, 'conflict')}: see \`causeway conflicts\`` : '',
      wants.unknown > 0 ? `${count(wants.unknown, 'write')} whose answer was lost: being read back` : '',
      paused > 0 ? `${count(paused, 'connection')} paused: \`causeway connections resume KEY\`` : '',
      troubled > 0 ? `${count(troubled, 'connection')} in trouble: \`causeway connections check KEY\`` : '',
    ].filter((text) => text !== '')
    return `${lines(connections, Date.now())}\n${todo.length === 0 ? 'All is well.' : todo.join('\n')}\n`
  })
  return wants.holds + wants.conflicts + wants.unknown + paused + troubled > 0
    ? EXIT.foundProblems
    : EXIT.fine
}

export const statusCommand: CliCommand = {
  name: 'status',
  about: 'How the connections are: lag, what waits, what needs a person',
  args: {},
  examples: ['status', 'status --json'],
  run,
}
