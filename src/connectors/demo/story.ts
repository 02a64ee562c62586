import type { DemoTool } from './fake.ts'
import type { DemoItem } from './tool/model.ts'

/**
 * People at work in the demo: customers write, agents answer and escalate, engineers move things along, releases
 * come out. One believable thing a step; the caller owns the timer. Only hands are used: what crosses between the two
 * tools is Causeway's doing.
 */
export interface DemoStory {
  /** Does one thing and says what, in a sentence. */
  step(): string
}

const PROBLEMS = [
  [
    'Invoices show the wrong currency',
    'Since this morning our invoices are in US dollars although we pay in euros.',
  ],
  [
    'Login fails after the password was reset',
    'We reset the password, but signing in answers "session expired" at once.',
  ],
  ['Export of 10,000 rows stops half-way', 'The CSV has 4,096 lines, always exactly 4,096.'],
  ['Dates are a day off in the report', 'Everything after 22:00 is counted for the next day.'],
  ['API answers 502 every few minutes', 'About one call in fifty. Our monitoring shows it began at 09:40.'],
  ['Cannot upload files with an ü in the name', '"Übersicht.pdf" is refused, "Uebersicht.pdf" is taken.'],
  ['Search does not find new orders', 'Orders of the last hour are missing, older ones are found.'],
  ['E-mails arrive twice', 'Each of our customers got the reminder two times today.'],
] as const
const FOLLOW_UPS = [
  'It happened again just now.',
  'Can you tell me when this will be fixed?',
  'I have added a screenshot.',
  'This also affects our colleagues in Lisbon.',
  'Restarting did not help.',
] as const
const ANSWERS = [
  'Thank you for the report. I can see it too and am looking into it.',
  'Could you tell me which browser you use, and since when you see this?',
  'We have found the cause and are working on a fix. I will keep you posted.',
] as const
const QUESTIONS = [
  'Does this also happen in the test environment?',
  'Can support ask for the trace ID of a failing call?',
  'Which version does this customer run?',
] as const
const FINDINGS = [
  'Reproduced on main with an empty database.',
  'The cache key lacks the tenant. Fix is in review.',
  'Rounding happens before the conversion; it must be the other way round.',
] as const
const SEVERITIES = ['critical', 'high', 'high', 'medium', 'medium', 'low'] as const
const MOST_OPEN_TICKETS = 15

export const demoStory = (desk: DemoTool, tracker: DemoTool, random: () => number): DemoStory => {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)]
  const isDone = (tool: DemoTool, item: DemoItem): boolean =>
    ['done', 'declined'].includes(
      tool.setup.statuses.find(({ word }) => word === item.fields.status)?.category ?? '',
    )
  const open = (tool: DemoTool): readonly DemoItem[] =>
    tool.items().filter((item) => item.kind === 'item' && !isDone(tool, item))
  const someone = (tool: DemoTool, at: number): string => tool.setup.users[at]?.id ?? tool.account.id

  const agent = (): string => someone(desk, random() < 0.5 ? 0 : 1)
  const customer = (): string => someone(desk, random() < 0.5 ? 2 : 3)
  const engineer = (): string => someone(tracker, random() < 0.5 ? 0 : 1)

  /** Each does its thing and says so, or answers null when there is nothing to do it to. */
  const newTicket = (): string | null => {
    const problem = pick(PROBLEMS)
    if (problem === undefined || open(desk).length >= MOST_OPEN_TICKETS) return null
    const [title, description] = problem
    const requester = customer()
    const fields = {
      title,
      description: `<p>${description}</p>`,
      type: 'incident',
      requester,
      'cf:Product': 'Portal',
    }
    const ticket = desk.humanCreate({ container: 'support', fields }, requester)
    return `A customer writes ${ticket.key}: ${title}.`
  }
  const customerWrites = (): string | null => {
    const ticket = pick(open(desk))
    const words = pick(FOLLOW_UPS)
    if (ticket === undefined || words === undefined) return null
    desk.humanComment(ticket.id, `<p>${words}</p>`, { by: customer() })
    return `The customer of ${ticket.key} writes: ${words}`
  }
  const agentAnswers = (): string | null => {
    const ticket = pick(open(desk))
    const words = pick(ANSWERS)
    if (ticket === undefined || words === undefined) return null
    const by = agent()
    if (typeof ticket.fields.owner !== 'string') desk.humanEdit(ticket.id, { owner: by, status: 'open' }, by)
    desk.humanComment(ticket.id, `<p>${words}</p>`, { by })
    return `An agent answers ${ticket.key}.`
  }
  const agentEscalates = (): string | null => {
    const ticket = pick(open(desk).filter((item) => item.fields['cf:Escalate'] !== 'yes'))
    if (ticket === undefined) return null
    const severity = pick(SEVERITIES) ?? 'medium'
    desk.humanEdit(ticket.id, { 'cf:Severity': severity, 'cf:Escalate': 'yes' }, agent())
    return `An agent rates ${ticket.key} ${severity} and asks engineering for help.`
  }
  const agentSolves = (): string | null => {
    const canSolve = ({ fields }: DemoItem): boolean =>
      typeof fields.owner === 'string' &&
      (fields['cf:Escalate'] !== 'yes' || fields['cf:Engineering status'] === 'Released')
    const ticket = pick(open(desk).filter(canSolve))
    if (ticket === undefined) return null
    const by = agent()
    desk.humanComment(ticket.id, '<p>This is solved now. Please write again if it is not.</p>', { by })
    desk.humanEdit(ticket.id, { status: 'solved' }, by)
    return `An agent solves ${ticket.key}.`
  }
  const engineerMoves = (): string | null => {
    const item = pick(open(tracker))
    const moves = tracker.setup.transitions?.filter(({ from }) => from === item?.fields.status) ?? []
    // mostly forward: the workflow lists the next step first
    const to = (random() < 0.8 ? moves[0] : pick(moves))?.to
    if (item === undefined || to === undefined) return null
    const by = engineer()
    tracker.humanEdit(
      item.id,
      { status: to, ...(typeof item.fields.owner === 'string' ? {} : { owner: by }) },
      by,
    )
    return `An engineer moves ${item.key} to ${to}.`
  }
  const engineerWrites = (): string | null => {
    const item = pick(open(tracker))
    const asks = random() < 0.4
    const words = pick<string>(asks ? QUESTIONS : FINDINGS)
    if (item === undefined || words === undefined) return null
    tracker.humanComment(item.id, words, { visibility: asks ? 'public' : 'internal', by: engineer() })
    return `An engineer ${asks ? 'asks' : 'notes'} on ${item.key}: ${words}`
  }
  const releasePlanned = (): string | null => {
    const releases = tracker.items().filter(({ kind }) => kind === 'release')
    const item = pick(open(tracker).filter(({ fields }) => typeof fields.release !== 'string'))
    const planned = releases.find(({ fields }) => fields.status !== 'released')
    if (item === undefined) return null
    const release = planned ?? tracker.humanRelease('ENG', `2026.${releases.length + 1}`, {}, engineer())
    tracker.humanEdit(item.id, { release: release.fields.title }, engineer())
    return `${item.key} is planned for ${String(release.fields.title)}.`
  }
  const releaseOut = (): string | null => {
    const planned = tracker
      .items()
      .find(({ kind, fields }) => kind === 'release' && fields.status !== 'released')
    const waits = open(tracker).some(({ fields }) => fields.release === planned?.fields.title)
    if (planned === undefined || waits) return null
    tracker.humanEdit(planned.id, { status: 'released' }, engineer())
    return `Release ${String(planned.fields.title)} is out.`
  }

  const chances = [
    [newTicket, 2],
    [customerWrites, 3],
    [agentAnswers, 3],
    [agentEscalates, 2],
    [agentSolves, 1],
    [engineerMoves, 5],
    [engineerWrites, 2],
    [releasePlanned, 1],
    [releaseOut, 1],
  ] as const
  const deck = chances.flatMap(([act, weight]) => Array.from({ length: weight }, () => act))

  return {
    step: () => {
      // what cannot be done now is passed over; somebody can always write or open a ticket
      for (let tries = 0; tries < 20; tries += 1) {
        const said = pick(deck)?.()
        if (typeof said === 'string') return said
      }
      return newTicket() ?? customerWrites() ?? 'A quiet moment.'
    },
  }
}
