import { same, until } from '../awaited.ts'
import { listAt, numberAt, textAt } from '../json.ts'
import type { Step, World } from '../world.ts'
import {
  deskTexts,
  escalate,
  expectOnIssue,
  expectOnTicket,
  expectWords,
  issueShows,
  keyHere,
  noteTexts,
  type Pair,
  ticketShows,
} from './escalate.ts'

/** Everybody types at once: different fields, the same field, the same text, ten comments. */

const here = async (world: World, { ticket, issue }: Pair): Promise<{ ticket: string; item: string }> => ({
  ticket: (await keyHere(world, `#${ticket}`, 'helpdesk')) ?? '',
  item: (await keyHere(world, `#${issue}`, 'engineering')) ?? '',
})

const differentFields: Step = {
  name: 'different fields',
  title: 'Different fields are changed in RT, in Redmine and here at the same moment: all of them stay',
  play: async (world) => {
    const { agent, causeway, engineer } = world
    const pair = await escalate(world, `Login is slow [${world.run}]`, 'It takes a minute.')
    const keys = await here(world, pair)
    await Promise.all([
      agent.change(pair.ticket, { Subject: `Login is very slow [${world.run}]` }, { Version: '2.0.7' }),
      engineer.change(pair.issue, { priority_id: numberAt(world.redmine.state, 'priorities', 'High') }),
      engineer.change(pair.issue, { category_id: numberAt(world.redmine.state, 'categories', 'Login') }),
      causeway.patch(`/api/v1/tickets/${keys.ticket}`, { set: { workaround: 'Wait a minute.' } }),
      causeway.patch(`/api/v1/work-items/${keys.item}`, { set: { environment: 'staging' } }),
    ])
    expectOnTicket(world, pair.ticket, 'Subject', `Login is very slow [${world.run}]`)
    expectOnTicket(world, pair.ticket, 'Version', '2.0.7')
    expectOnTicket(world, pair.ticket, 'Workaround', 'Wait a minute.')
    expectOnIssue(world, pair.issue, 'priority', 'High', ({ priority }) => priority)
    expectOnIssue(world, pair.issue, 'category', 'Login', ({ category }) => category)
    expectOnIssue(world, pair.issue, 'Environment', 'staging', ({ fields }) => fields['Environment'] ?? '')
    await ticketShows(world, pair.ticket, 'what was changed there and here', ({ subject, fields }) => {
      same('Subject', subject, `Login is very slow [${world.run}]`)
      same('Version', fields['Version'], '2.0.7')
      return same('Workaround', fields['Workaround'], 'Wait a minute.')
    })
    await issueShows(
      world,
      pair.issue,
      'what was changed there and here',
      ({ priority, category, fields }) => {
        same('priority', priority, 'High')
        same('category', category, 'Login')
        return same('Environment', fields['Environment'], 'staging')
      },
    )
    await until('the same here', async () => {
      const ticket = await causeway.get(`/api/v1/tickets/${keys.ticket}`)
      const item = await causeway.get(`/api/v1/work-items/${keys.item}`)
      same('version here', textAt(ticket, 'version'), '2.0.7')
      same('title here', textAt(ticket, 'title'), `Login is very slow [${world.run}]`)
      return same('component here', textAt(item, 'component', 'key'), 'login')
    })
  },
}

/** While a connection rests, both sides are changed; then both changes are there at once, for certain. */
const whileResting = async (
  world: World,
  connections: readonly string[],
  act: () => Promise<void>,
): Promise<void> => {
  for (const key of connections) await world.causeway.cli(['connections', 'pause', key])
  await act()
  for (const key of connections) await world.causeway.cli(['connections', 'resume', key])
}

const sameField: Step = {
  name: 'same field',
  title:
    'The same field is changed on both sides: the rule decides, or a person is asked and nothing is overwritten',
  play: async (world) => {
    const { agent, causeway, engineer } = world
    const before = `Totals are wrong [${world.run}]`
    const pair = await escalate(world, before, 'First paragraph.\n\nSecond paragraph.')
    const keys = await here(world, pair)
    const theirs = `Totals are rounded wrongly [${world.run}]`
    const text = (await world.trackerAdmin.show(pair.issue)).description
    await whileResting(world, ['helpdesk', 'engineering'], async () => {
      await agent.change(pair.ticket, {}, { Severity: 'Low' })
      await causeway.patch(`/api/v1/tickets/${keys.ticket}`, { set: { severity: 'critical' } })
      await engineer.change(pair.issue, { subject: theirs, description: `${text}\n\nAdded by engineering.` })
      await causeway.patch(`/api/v1/work-items/${keys.item}`, {
        set: {
          title: `Sums are wrong [${world.run}]`,
          description: 'First paragraph, made clearer.\n\nSecond paragraph.',
        },
      })
    })
    // the desk's word counts for severity, by its rule
    await until('the severity of the desk here', async () =>
      same(
        'severity',
        textAt(await causeway.get(`/api/v1/tickets/${keys.ticket}`), 'inside', 'severity'),
        'low',
      ),
    )
    expectOnTicket(world, pair.ticket, 'Severity', 'Low')
    await issueShows(world, pair.issue, 'the severity of its ticket', ({ fields }) =>
      same('Severity', fields['Severity'], 'Low'),
    )
    // both texts are in the one description
    await issueShows(world, pair.issue, 'both changes of the description', ({ description }) => {
      if (!description.includes('made clearer')) throw new Error(`it says “${description}”`)
      return description.includes('Added by engineering.')
    })
    // the title is asked about, and stays as each wrote it until then
    const conflict = await until('an open question about the title', async () => {
      const open = listAt(await causeway.get('/api/v1/conflicts'), 'items')
      return open.find(
        (one) => textAt(one, 'record', 'key') === keys.item && textAt(one, 'field').startsWith('title'),
      )
    })
    same('the title there', (await world.trackerAdmin.show(pair.issue)).subject, theirs)
    same(
      'the title here',
      textAt(await causeway.get(`/api/v1/work-items/${keys.item}`), 'title'),
      `Sums are wrong [${world.run}]`,
    )
    await causeway.cli(['conflicts', 'settle', textAt(conflict, 'id'), '--take', 'tool'])
    await until('the title that was chosen', async () =>
      same('title', textAt(await causeway.get(`/api/v1/work-items/${keys.item}`), 'title'), theirs),
    )
    expectOnIssue(world, pair.issue, 'title', theirs, ({ subject }) => subject)
    world.ledger.twins.delete(before)
    world.ledger.twins.set(theirs, 1)
  },
}

const COMMENTS = 5

const manyComments: Step = {
  name: 'many comments',
  title: 'Ten comments on one defect from both sides within seconds: each arrives once',
  play: async (world) => {
    const { agent, engineer } = world
    const pair = await escalate(world, `Invoice has no number [${world.run}]`, 'See above.')
    const ours = Array.from({ length: COMMENTS }, (_, at) => `SUPPORT-${world.run}-${at} says so`)
    const theirs = Array.from({ length: COMMENTS }, (_, at) => `ENGINEERING-${world.run}-${at} says so`)
    world.ledger.secrets.push(`SUPPORT-${world.run}`, `ENGINEERING-${world.run}`)
    await Promise.all([
      (async () => {
        for (const text of ours) await agent.remark(pair.ticket, text)
      })(),
      (async () => {
        for (const text of theirs) await engineer.change(pair.issue, { notes: text })
      })(),
    ])
    for (const text of ours) expectWords(world, text, { issue: pair.issue, times: 1 })
    for (const text of theirs) expectWords(world, text, { ticket: pair.ticket, times: 1 })
    for (const text of ours) expectWords(world, text, { ticket: pair.ticket, times: 1 })
    for (const text of theirs) expectWords(world, text, { issue: pair.issue, times: 1 })
    await until('all ten on both sides', async () => {
      const [desk, tracker] = [await deskTexts(world, pair.ticket), await noteTexts(world, pair.issue)]
      const missing = [
        ...theirs.filter((text) => !desk.some((one) => one.includes(text))),
        ...ours.filter((text) => !tracker.some((one) => one.includes(text))),
      ]
      if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`)
      return true
    })
  },
}

export const bothEditSteps: readonly Step[] = [differentFields, sameField, manyComments]
