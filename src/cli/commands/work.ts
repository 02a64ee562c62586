import type { ArgsDef } from 'citty'
import { type Answer, readAnswer } from '../answer-reader.ts'
import { bodyOf, optionsOf, pathOf, REF_KEY, type Words } from '../body-of.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { behindText, joined, wordsOn, wordsText, workItemText } from '../record-text.ts'
import { count, table } from '../table.ts'
import { COMMENT_ARGS, commentBody, commentSaid } from './ticket-steps.ts'

const FILTERS = {
  state: { about: 'In this state only', hint: 'STATE' },
  text: { about: 'Part of the title, or the key' },
} as const satisfies Words

export const workCommand: CliCommand = {
  name: 'work',
  about: 'Work items, the latest changed first',
  args: optionsOf(FILTERS),
  examples: ['work', 'work --state triage'],
  run: async (call) => {
    const query = { ...bodyOf(call, FILTERS), limit: '100' }
    const answer = readAnswer(await call.api().get('/api/v1/work-items', query))
    const rows = answer.list('items')
    const behind = (row: Answer): string =>
      behindText(row.number('tickets') ?? 0, row.number('customers') ?? 0, row.number('withoutCustomer') ?? 0)
    call.show(answer.raw, () =>
      rows.length === 0
        ? 'No work items.\n'
        : table(rows, [
            { title: 'KEY', of: (row) => row.text('key') },
            { title: 'TITLE', of: (row) => row.text('title') },
            { title: 'STATE', of: (row) => row.text('state') },
            { title: 'SEVERITY', of: (row) => row.text('severity') },
            { title: 'BEHIND IT', of: behind },
            { title: 'TEAM', of: (row) => row.text('team') },
            { title: 'ASSIGNEE', of: (row) => row.text('assignee') },
            { title: 'RELEASE', of: (row) => row.text('release') },
          ]),
    )
    return EXIT.fine
  },
}

export const showWorkCommand: CliCommand = {
  name: 'work show',
  about: 'One work item, the tickets behind it, and the words on it',
  args: { key: REF_KEY },
  examples: ['work show W-7'],
  run: async (call) => {
    const path = pathOf('work-items', call)
    const item = readAnswer(await call.api().get(path))
    const timeline = call.json ? null : await wordsOn(call, path)
    call.show(item.raw, () => workItemText(item) + (timeline === null ? '' : wordsText(timeline)))
    return EXIT.fine
  },
}

const stands = (item: Answer): string =>
  `${item.text('key') ?? ''}: ${joined([item.text('state'), item.object('assignee').text('name')])}; tickets show: ${item.text('engineeringStatus') ?? ''}\n`

interface Step {
  readonly verb: string
  readonly route?: string
  readonly about: string
  readonly args?: ArgsDef
  readonly examples: readonly string[]
  readonly body?: (call: Call) => object
  readonly said?: (answer: Answer, call: Call) => string
}

/** `POST /work-items/<key>/<step>`, and one line of what became of it. */
const step = ({ verb, route, about, args, examples, body, said }: Step): CliCommand => ({
  name: `work ${verb}`,
  about,
  args: { key: REF_KEY, ...args },
  examples,
  run: async (call) => {
    const answer = readAnswer(
      await call.api().post(pathOf('work-items', call, route ?? verb), body?.(call) ?? {}),
    )
    call.show(answer.raw, () => (said ?? stands)(answer, call))
    return EXIT.fine
  },
})

const CHANGES = {
  release: { about: 'The release that brings it', hint: 'NAME' },
  assignee: { about: 'Who does it: an e-mail', hint: 'EMAIL' },
  component: { about: 'Key of a component', hint: 'KEY' },
  title: { about: 'In one line' },
  priority: { about: "Engineering's own" },
  'root-cause': { about: 'What it was' },
  workaround: { about: 'What helps meanwhile, in words fit for customers' },
  'behaviour-note': { about: 'What is different afterwards, in words fit for customers' },
} as const satisfies Words

export const setWorkCommand: CliCommand = {
  name: 'work set',
  about: 'Change what a work item says',
  args: { key: REF_KEY, ...optionsOf(CHANGES) },
  examples: ['work set W-7 --release 4.3', 'work set W-7 --root-cause "The buffer is 1 MB"'],
  run: async (call) => {
    const set = bodyOf(call, CHANGES)
    if (Object.keys(set).length === 0)
      throw new CliStop(EXIT.usage, 'What to change is missing.', 'causeway work set --help lists it.')
    const item = readAnswer(await call.api().patch(pathOf('work-items', call), { set }))
    call.show(item.raw, () => workItemText(item))
    return EXIT.fine
  },
}

export const WORK_STEPS: readonly CliCommand[] = [
  step({
    verb: 'accept',
    about: 'Engineering takes it',
    args: { assignee: { type: 'string', description: 'Who does it: an e-mail', valueHint: 'EMAIL' } },
    examples: ['work accept W-7'],
    body: (call) => bodyOf(call, { assignee: { about: '' } }),
  }),
  step({
    verb: 'decline',
    about: 'Engineering will not do it, and says why',
    args: {
      reason: { type: 'string', description: 'In words fit for customers', valueHint: 'TEXT' },
    },
    examples: ['work decline W-7 --reason "It is meant to be so."'],
    body: (call) => ({ reason: call.need('reason') }),
  }),
  step({
    verb: 'ask',
    about: 'Ask support: the ticket wakes with the question',
    args: { text: { type: 'positional', description: 'In Markdown', required: false } },
    examples: ['work ask W-7 "Which browser?"'],
    body: (call) => ({ question: call.need('text') }),
    said: (answer) => `Asked; waiting for an answer: ${count(answer.number('asked') ?? 0, 'ticket')}.\n`,
  }),
  step({
    verb: 'close-question',
    about: 'Engineering has enough: no ticket owes an answer any more',
    examples: ['work close-question W-7'],
  }),
  step({
    verb: 'duplicate',
    about: 'It is the same as another: the tickets move over',
    args: { of: { type: 'positional', description: 'Key of the one that stays', required: false } },
    examples: ['work duplicate W-7 W-3'],
    body: (call) => ({ of: call.need('of') }),
  }),
  step({
    verb: 'move',
    about: 'Move the card',
    args: { to: { type: 'positional', description: 'State, such as started or done', required: false } },
    examples: ['work move W-7 started', 'work move W-7 "in review"'],
    body: (call) => ({ to: call.need('to') }),
  }),
  step({
    verb: 'comment',
    route: 'comments',
    about: 'Write on a work item, for those who may read it',
    args: COMMENT_ARGS,
    examples: ['work comment W-7 "Found it." --audience staff'],
    body: commentBody,
    said: commentSaid,
  }),
]
