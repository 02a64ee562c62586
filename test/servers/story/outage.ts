import { inParallel, pause, same, until } from '../awaited.ts'
import { listAt, textAt } from '../json.ts'
import type { Step, World } from '../world.ts'
import {
  escalate,
  expectOnIssue,
  expectWords,
  FIELDS,
  issueNamed,
  issueShows,
  ticketShows,
} from './escalate.ts'

/** A tool that is away, and a worker that dies: work waits, and nothing is done twice. */

const AWAY_MS = 120_000

const connectionState = async ({ causeway }: World, key: string): Promise<string> =>
  textAt(
    listAt(await causeway.get('/api/v1/connections'), 'items').find((one) => textAt(one, 'key') === key),
    'fault',
    'kind',
  )

const away: Step = {
  name: 'away',
  title: 'Redmine is away for two minutes: what support does meanwhile arrives when it is back',
  play: async (world) => {
    const { agent, ledger, redmine } = world
    const pair = await escalate(world, `Upload stops [${world.run}]`, 'At 80 %.')
    await redmine.stop()
    const gone = performance.now()
    const text = `MEANWHILE-${world.run} it stops at 90 % now`
    await agent.remark(pair.ticket, text)
    await agent.change(pair.ticket, {}, { Severity: 'Critical' })
    ledger.secrets.push(`MEANWHILE-${world.run}`)
    const names = [1, 2, 3].map((at) => `While Redmine was away ${at} [${world.run}]`)
    const tickets = await inParallel(names, 2, (subject) =>
      agent.create({
        subject,
        content: 'Urgent.',
        requestor: 'customer@customer.example',
        fields: { ...FIELDS, SentToEngineering: 'yes' },
      }),
    )
    await until('the connection to say that Redmine is away', async () =>
      same('fault', await connectionState(world, 'engineering'), 'down'),
    )
    for (const ticket of tickets)
      await ticketShows(world, ticket, 'that it is not sent yet', ({ fields }) =>
        same('EngineeringStatus', fields['EngineeringStatus'], 'Not sent'),
      )
    await pause(Math.max(0, AWAY_MS - (performance.now() - gone)))
    await redmine.start()
    for (const [at, ticket] of tickets.entries()) {
      const name = names[at] ?? ''
      ledger.twins.set(name, 1)
      const issue = await until(`an issue for ticket ${ticket}`, () => issueNamed(world, name), {
        seconds: 150,
      })
      await ticketShows(world, ticket, 'its issue', ({ fields }) =>
        same('EngineeringKey', fields['EngineeringKey'], `#${issue.id}`),
      )
    }
    await issueShows(world, pair.issue, 'what was said and set meanwhile', ({ fields, notes }) => {
      same('Severity', fields['Severity'], 'Critical')
      return notes.some((note) => note.text.includes(text))
    })
    expectWords(world, text, { issue: pair.issue, times: 1 })
    expectOnIssue(world, pair.issue, 'Severity', 'Critical', ({ fields }) => fields['Severity'] ?? '')
    await until('the connection to be well again', async () =>
      same('fault', await connectionState(world, 'engineering'), ''),
    )
  },
}

const ESCALATIONS = 40
/** Causeway is killed when so many of them exist. */
const KILL_AT = [4, 15, 28]

const killed: Step = {
  name: 'killed',
  title: `Causeway is killed three times in the middle of ${ESCALATIONS} escalations`,
  play: async (world) => {
    const { agent, causeway, ledger, trackerAdmin } = world
    const word = `Killed while it worked [${world.run}]`
    const names = Array.from({ length: ESCALATIONS }, (_, at) => `${word} ${at + 1}.`)
    for (const name of names) ledger.twins.set(name, 1)
    const written = inParallel(names, 3, (subject, at) =>
      agent.create({
        subject,
        content: `One of ${ESCALATIONS}.`,
        requestor: 'customer@customer.example',
        fields: { ...FIELDS, Component: at % 2 === 0 ? 'Export' : 'Billing', SentToEngineering: 'yes' },
      }),
    )
    for (const wanted of KILL_AT) {
      await until(
        `${wanted} of ${ESCALATIONS} issues`,
        async () => (await trackerAdmin.find(word)).length >= wanted,
        {
          seconds: 180,
          everyMs: 300,
        },
      )
      await causeway.kill()
      world.say(`    killed with ${(await trackerAdmin.find(word)).length} issues there`)
      await causeway.start()
    }
    const tickets = await written
    await until(
      `all ${ESCALATIONS} issues`,
      async () => {
        const found = await trackerAdmin.find(word)
        if (found.length < ESCALATIONS) throw new Error(`${found.length} there`)
        return true
      },
      { seconds: 240, everyMs: 2_000 },
    )
    for (const [at, ticket] of tickets.entries()) {
      const shown = await ticketShows(
        world,
        ticket,
        'the key of its issue',
        ({ fields }) => (fields['EngineeringKey'] ?? '') !== '',
        180,
      )
      const issue = await trackerAdmin.show((shown.fields['EngineeringKey'] ?? '').replace('#', ''))
      same(`the subject of the issue of ticket ${ticket}`, issue.subject, names[at] ?? '')
      same('its ticket', issue.fields['TicketKey'], `#${ticket}`)
    }
  },
}

export const outageSteps: readonly Step[] = [away, killed]
