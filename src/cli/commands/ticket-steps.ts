import type { ArgsDef } from 'citty'
import { type Answer, readAnswer } from '../answer-reader.ts'
import { bodyOf, optionsOf, pathOf, REF_KEY, type Words } from '../body-of.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { joined, standingOf } from '../record-text.ts'

const stands = (ticket: Answer): string =>
  `${ticket.text('key') ?? ''}: ${joined([standingOf(ticket), ticket.text('engineeringStatus')])}\n`

interface Step {
  readonly verb: string
  /** Of the API, where it is another word. */
  readonly route?: string
  readonly about: string
  readonly args?: ArgsDef
  readonly examples: readonly string[]
  readonly body?: (call: Call) => object
  readonly said?: (answer: Answer, call: Call) => string
}

/** `POST /tickets/<key>/<step>`, and one line of what became of it. */
const step = ({ verb, route, about, args, examples, body, said }: Step): CliCommand => ({
  name: `tickets ${verb}`,
  about,
  args: { key: REF_KEY, ...args },
  examples,
  run: async (call) => {
    const answer = readAnswer(
      await call.api().post(pathOf('tickets', call, route ?? verb), body?.(call) ?? {}),
    )
    call.show(answer.raw, () => (said ?? stands)(answer, call))
    return EXIT.fine
  },
})

export const COMMENT_ARGS = {
  text: { type: 'positional', description: 'In Markdown', required: false },
  audience: {
    type: 'string',
    description: 'Who may read it; left out: staff',
    valueHint: 'everyone|staff|support|engineering',
  },
} as const satisfies ArgsDef

export const commentBody = (call: Call): object => ({
  text: call.need('text'),
  ...bodyOf(call, { audience: { about: '' } }),
})

export const commentSaid = (_answer: Answer, call: Call): string =>
  `Written on ${call.need('key')}, for ${call.text('audience') ?? 'staff'} to read.\n`

const ESCALATION = {
  steps: { about: 'How to see it' },
  expected: { about: 'What should happen' },
  actual: { about: 'What happens' },
  frequency: { about: 'How often' },
  since: { about: 'Since when' },
  workaround: { about: 'What helps meanwhile' },
  title: { about: 'In engineering’s words; left out: the ticket’s' },
} as const satisfies Words

export const TICKET_STEPS: readonly CliCommand[] = [
  step({
    verb: 'take',
    about: 'Take a ticket: it is yours',
    examples: ['tickets take T-12'],
  }),
  step({
    verb: 'comment',
    route: 'comments',
    about: 'Write on a ticket, for those who may read it',
    args: COMMENT_ARGS,
    examples: ['tickets comment T-12 "We are on it." --audience everyone'],
    body: commentBody,
    said: commentSaid,
  }),
  step({
    verb: 'escalate',
    about: 'Send a ticket to the team that can fix it',
    args: optionsOf(ESCALATION),
    examples: ['tickets escalate T-12 --steps "1. Export 2025" --expected "A file" --actual "Error 500"'],
    body: (call) => bodyOf(call, ESCALATION),
    said: (answer, call) =>
      `${call.need('key')} went to engineering as ${answer.object('workItem').text('key') ?? ''} (${answer.object('escalation').text('state') ?? ''}).\n`,
  }),
  step({
    verb: 'join',
    about: 'Let a ticket wait for a work item that is there already',
    args: { item: { type: 'positional', description: 'Key of the work item', required: false } },
    examples: ['tickets join T-12 W-7'],
    body: (call) => ({ workItem: call.need('item') }),
    said: (_answer, call) => `${call.need('key')} waits for ${call.need('item')}.\n`,
  }),
  step({
    verb: 'answer',
    about: "Answer engineering's question",
    args: { text: { type: 'positional', description: 'In Markdown', required: false } },
    examples: ['tickets answer T-12 "Firefox 140"'],
    body: (call) => ({ answer: call.need('text') }),
    said: (_answer, call) => `Answered for ${call.need('key')}. It is engineering's move.\n`,
  }),
  step({
    verb: 'withdraw',
    about: 'Take a ticket back from engineering, who read why; the work item stays',
    args: { reason: { type: 'string', description: 'Why, for engineering', valueHint: 'TEXT' } },
    examples: ['tickets withdraw T-12 --reason "The customer found it: a full disk"'],
    body: (call) => ({ reason: call.need('reason') }),
    said: (answer, call) =>
      `${call.need('key')} is withdrawn from ${answer.object('workItem').text('key') ?? ''}.\n`,
  }),
  step({
    verb: 'reinstate',
    about: 'Take a withdrawal back',
    examples: ['tickets reinstate T-12'],
    said: (answer, call) =>
      `${call.need('key')} is behind ${answer.object('workItem').text('key') ?? ''} again.\n`,
  }),
  step({
    verb: 'verify',
    about: 'Say whether the fix works for the customer',
    args: { broken: { type: 'boolean', description: 'It does not: it is still broken' } },
    examples: ['tickets verify T-12', 'tickets verify T-12 --broken'],
    body: (call) => ({ works: !call.flag('broken') }),
  }),
  step({ verb: 'resolve', about: 'An answer was given', examples: ['tickets resolve T-12'] }),
  step({ verb: 'close', about: "Nobody's move any more", examples: ['tickets close T-12'] }),
  step({ verb: 'reopen', about: 'It is not solved', examples: ['tickets reopen T-12'] }),
]
