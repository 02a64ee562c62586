import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, readAnswer } from '../answer-reader.ts'
import { bodyOf, optionsOf, type Words } from '../body-of.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { momentOf } from '../moment-of.ts'
import { joined } from '../record-text.ts'
import { table } from '../table.ts'

const KEY = { type: 'positional', description: 'Key, such as C-12', required: false } as const
const pathOf = (call: Call, step: string): string =>
  `/api/v1/changes/${encodeURIComponent(call.need('key'))}/${step}`

const stands = (change: Answer): string =>
  `${change.text('key') ?? ''}: ${joined([change.text('state'), change.text('outcome')])}\n`

const window = (change: Answer): string => joined([change.text('from'), change.text('to')], ' to ')

const FILTERS = {
  state: { about: 'In this state only', hint: 'STATE' },
  kind: { about: 'Of this kind only', hint: 'standard|normal|emergency' },
} as const satisfies Words

export const changesCommand: CliCommand = {
  name: 'changes',
  about: 'Changes, the latest first',
  args: {
    ...optionsOf(FILTERS),
    mine: { type: 'boolean', description: 'That wait for a key of yours' },
    late: { type: 'boolean', description: 'Whose keys or review are overdue' },
  },
  examples: ['changes', 'changes --state scheduled', 'changes --mine'],
  run: async (call) => {
    const flags = ['mine', 'late'].flatMap((name) => (call.flag(name) ? [[name, 'true']] : []))
    const query = { ...bodyOf(call, FILTERS), ...Object.fromEntries(flags), limit: '100' }
    const answer = readAnswer(await call.api().get('/api/v1/changes', query))
    const rows = answer.list('items')
    call.show(answer.raw, () =>
      rows.length === 0
        ? 'No changes.\n'
        : table(rows, [
            { title: 'KEY', of: (row) => row.text('key') },
            { title: 'KIND', of: (row) => row.text('kind') },
            { title: 'STATE', of: (row) => joined([row.text('state'), row.text('outcome')]) },
            { title: 'RISK', of: (row) => row.text('level') },
            { title: 'PRODUCT', of: (row) => row.object('product').text('key') },
            { title: 'WINDOW', of: window },
            { title: 'TITLE', of: (row) => row.text('title') },
          ]),
    )
    return EXIT.fine
  },
}

const WRITTEN = {
  kind: { about: 'Left out: normal', hint: 'standard|normal|emergency' },
  product: { about: 'Key of the product', hint: 'KEY' },
  reason: { about: 'Why it is done' },
  release: { about: 'Name of the release it brings', hint: 'NAME' },
  model: { about: 'Of a standard change: id of its model', hint: 'ID' },
  owner: { about: 'Who carries it out', hint: 'E-MAIL' },
  url: { about: 'Where the pipeline shows it', hint: 'URL' },
  'test-evidence': { about: 'What was tested, or where that is written' },
} as const satisfies Words
const PLANS = {
  implement: { about: 'How it is carried out' },
  test: { about: 'How it is tested' },
  'back-out': { about: 'How it is taken back' },
} as const satisfies Words
const LISTS = {
  component: 'components',
  environment: 'environments',
  work: 'workItems',
  displaces: 'displaces',
}

const listArgs: CliCommand['args'] = {
  component: { type: 'string', description: 'A component; may be given several times', valueHint: 'KEY' },
  environment: { type: 'string', description: 'Where; may be given several times', valueHint: 'KEY' },
  work: { type: 'string', description: 'A work item it brings; several times', valueHint: 'W-7' },
  displaces: {
    type: 'string',
    description: 'Of an emergency: planned work that waits for it; several times, or “none”',
    valueHint: 'W-7|none',
  },
}

const windowOf = (call: Call): object => {
  const [from, to] = [momentOf(call, 'from'), momentOf(call, 'to')]
  if (from === null && to === null) return {}
  if (from === null || to === null)
    throw new CliStop(EXIT.usage, 'A window has two ends.', 'Give both --from and --to.')
  return { window: { from, to } }
}

export const openChangeCommand: CliCommand = {
  name: 'changes open',
  about: 'Open a change',
  args: {
    title: { type: 'positional', description: 'What is changed', required: false },
    ...optionsOf(WRITTEN),
    ...listArgs,
    from: { type: 'string', description: 'Beginning of its window', valueHint: 'TIME' },
    to: { type: 'string', description: 'End of its window', valueHint: 'TIME' },
    ...optionsOf(PLANS),
    'back-out-tested': { type: 'boolean', description: 'Taking it back was tried' },
  },
  examples: [
    'changes open "Renew the certificate" --kind standard --model ID --product atlas --reason "It ends"',
    'changes open "Stop the leak" --kind emergency --product atlas --reason "Memory" --displaces W-7',
  ],
  run: async (call) => {
    const lists = Object.entries(LISTS).flatMap(([name, member]) => {
      const values = call.texts(name)
      return values.length === 0 ? [] : [[member, values.filter((value) => value !== 'none')]]
    })
    const plans = bodyOf(call, PLANS)
    const body = {
      ...{
        kind: 'normal',
        title: call.need('title'),
        product: call.need('product'),
        reason: call.need('reason'),
      },
      ...bodyOf(call, WRITTEN),
      ...Object.fromEntries(lists),
      ...windowOf(call),
      ...(Object.keys(plans).length === 0 ? {} : { plans }),
      ...(call.flag('back-out-tested') ? { isBackOutTested: true } : {}),
    }
    const change = readAnswer(await call.api().post('/api/v1/changes', body))
    call.show(change.raw, () => stands(change))
    return EXIT.fine
  },
}

const DEFAULT_MINUTES = 60
const DEFAULT_SECONDS = 30

const whole = (call: Call, name: string, otherwise: number): number => {
  const text = call.text(name) ?? String(otherwise)
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new CliStop(EXIT.usage, `--${name} ${text} is no whole number.`, `Write --${name} ${otherwise}.`)
  return Number(text)
}

/** For a pipeline: what follows runs only where it ended with 0. */
export const gateCommand: CliCommand = {
  name: 'changes gate',
  about:
    'Whether a change may be carried out now, or something put somewhere: ends with 3 while not, and says why',
  args: {
    key: KEY,
    environment: {
      type: 'string',
      description: 'Instead of a key: where something is put; any change that covers it will do',
      valueHint: 'KEY',
    },
    release: { type: 'string', description: 'With --environment: what is put there', valueHint: 'NAME' },
    wait: { type: 'boolean', description: 'Wait until it opens' },
    minutes: { type: 'string', description: 'For how long; left out: 60', valueHint: 'MINUTES' },
    every: {
      type: 'string',
      description: 'Ask again every so many seconds; left out: 30',
      valueHint: 'SECONDS',
    },
  },
  examples: [
    'changes gate C-12',
    'changes gate C-12 --wait --minutes 120 && ./deploy.sh',
    'changes gate --environment prod --release 4.3',
  ],
  run: async (call) => {
    const [minutes, seconds] = [
      whole(call, 'minutes', DEFAULT_MINUTES),
      whole(call, 'every', DEFAULT_SECONDS),
    ]
    const { name, ask } = gateAsked(call)
    const tries = call.flag('wait') ? Math.ceil((minutes * 60) / seconds) : 0
    for (let tried = 0; ; tried += 1) {
      const gate = readAnswer(await ask())
      const isOpen = gate.flag('isOpen')
      if (isOpen || tried >= tries) {
        call.show(gate.raw, () => said(name, gate))
        return isOpen ? EXIT.fine : EXIT.foundProblems
      }
      if (tried === 0) call.terminal.err(said(name, gate))
      await sleep(seconds * 1_000)
    }
  },
}

/** Of one change, or of a place: there it is any that covers what is put there. */
const gateAsked = (call: Call) => {
  const [environment, release] = [call.text('environment'), call.text('release')]
  if (environment === null) return { name: call.need('key'), ask: () => call.api().get(pathOf(call, 'gate')) }
  if (call.text('key') !== null)
    throw new CliStop(EXIT.usage, 'A gate is of a change or of a place.', 'Give the key, or --environment.')
  const path = `/api/v1/environments/${encodeURIComponent(environment)}/gate`
  return {
    name: joined([release, environment], ' on '),
    ask: () => call.api().get(path, release === null ? {} : { release }),
  }
}

const said = (name: string, gate: Answer): string =>
  gate.flag('isOpen')
    ? `${name}: the gate is open${covering(gate)}.\n`
    : [
        `${name}: the gate is shut.\n`,
        ...gate.list('reasons').map((reason) => `  ${reason.text('text') ?? ''}\n`),
      ].join('')

const covering = (gate: Answer): string => {
  const key = gate.object('change').text('key')
  return key === null ? '' : ` (${key})`
}

export const startChangeCommand: CliCommand = {
  name: 'changes start',
  about: 'Begin a change whose gate is open; begun twice it stays begun once',
  args: {
    key: KEY,
    'without-keys': {
      type: 'string',
      description: 'Of an emergency: why it begins before its keys are given',
      valueHint: 'TEXT',
    },
  },
  examples: ['changes start C-12', 'changes start C-13 --without-keys "Money is lost each minute"'],
  run: async (call) => {
    const body = bodyOf(call, { 'without-keys': { about: '' } })
    const change = readAnswer(await call.api().post(pathOf(call, 'start'), body))
    call.show(change.raw, () => stands(change))
    return EXIT.fine
  },
}

export const closeChangeCommand: CliCommand = {
  name: 'changes close',
  about: 'Say how a change went; what did not go well is reviewed by people before it is closed',
  args: {
    key: KEY,
    outcome: {
      type: 'positional',
      description: 'successful, “successful with issues”, failed or “backed out”',
      required: false,
    },
    note: { type: 'string', description: 'What happened', valueHint: 'TEXT' },
  },
  examples: ['changes close C-12 successful', 'changes close C-12 "backed out" --note "Sums were wrong"'],
  run: async (call) => {
    const body = { outcome: call.need('outcome'), ...bodyOf(call, { note: { about: '' } }) }
    const change = readAnswer(await call.api().post(pathOf(call, 'close'), body))
    call.show(change.raw, () => stands(change))
    return EXIT.fine
  },
}
