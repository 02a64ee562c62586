import { pause, same, until } from '../awaited.ts'
import { numberAt, textAt } from '../json.ts'
import type { Step } from '../world.ts'
import {
  escalate,
  expectOnIssue,
  expectOnTicket,
  expectWords,
  issueShows,
  mirrorOf,
  statusId,
  ticketShows,
} from './escalate.ts'

/** What people do to an item behind our back: move it, copy it, delete it. */

/** Longer than two polls: what would be done wrongly would have been done. */
const TWO_POLLS_MS = 10_000

const moved: Step = {
  name: 'moved',
  title: 'The issue is moved to another project: the bond holds',
  play: async (world) => {
    const { agent, trackerAdmin } = world
    const pair = await escalate(world, `Wrong project [${world.run}]`, 'Belongs elsewhere.')
    await trackerAdmin.change(pair.issue, {
      project_id: numberAt(world.redmine.state, 'secondProject', 'id'),
    })
    await trackerAdmin.change(pair.issue, { status_id: statusId(world, 'In Progress') })
    await ticketShows(world, pair.ticket, 'that work has begun', ({ fields }) => {
      same('EngineeringKey', fields['EngineeringKey'], `#${pair.issue}`)
      return same('EngineeringStatus', fields['EngineeringStatus'], 'In progress')
    })
    const text = `MOVED-${world.run} where did it go?`
    world.ledger.secrets.push(`MOVED-${world.run}`)
    await agent.remark(pair.ticket, text)
    await issueShows(world, pair.issue, 'what support says', ({ notes }) =>
      notes.some((note) => note.text.includes(text)),
    )
    expectWords(world, text, { issue: pair.issue, times: 1 })
    expectOnIssue(world, pair.issue, 'project', 'Borealis', ({ project }) => project)
    expectOnTicket(world, pair.ticket, 'EngineeringStatus', 'In progress')
  },
}

const copied: Step = {
  name: 'copied',
  title: 'The issue is copied with our marker in it: the copy is engineering’s own and changes nothing',
  play: async (world) => {
    const { agent, trackerAdmin } = world
    const name = `Two of a kind [${world.run}]`
    const pair = await escalate(world, name, 'Look.')
    const marker = (await trackerAdmin.show(pair.issue)).fields['CausewayKey'] ?? ''
    const copy = await trackerAdmin.copy(pair.issue, { project_id: 'atlas' })
    same('the marker of the copy', (await trackerAdmin.show(copy)).fields['CausewayKey'], marker)
    world.ledger.twins.set(name, 2)
    await trackerAdmin.change(copy, { status_id: statusId(world, 'Closed'), notes: `COPY-${world.run} done` })
    await agent.change(pair.ticket, {}, { Severity: 'Medium' })
    await issueShows(world, pair.issue, 'the new severity', ({ fields }) =>
      same('Severity', fields['Severity'], 'Medium'),
    )
    await pause(TWO_POLLS_MS)
    expectWords(world, `COPY-${world.run}`, { ticket: pair.ticket, times: 0 })
    expectOnTicket(world, pair.ticket, 'EngineeringKey', `#${pair.issue}`)
    expectOnTicket(world, pair.ticket, 'EngineeringStatus', 'In triage')
    expectOnIssue(world, copy, 'Severity, untouched', 'High', ({ fields }) => fields['Severity'] ?? '')
    expectOnIssue(world, pair.issue, 'Severity', 'Medium', ({ fields }) => fields['Severity'] ?? '')
  },
}

const deleted: Step = {
  name: 'deleted',
  title: 'The issue is deleted: a person is told, and no other one is made',
  play: async (world) => {
    const { agent, causeway, trackerAdmin } = world
    const name = `Deleted by mistake [${world.run}]`
    const pair = await escalate(world, name, 'Gone tomorrow.')
    await trackerAdmin.remove(pair.issue)
    world.ledger.twins.set(name, 0)
    await agent.change(pair.ticket, {}, { Severity: 'Low' })
    const mirror = await until(
      'the mirror to be gone',
      async () => {
        const found = await mirrorOf(causeway, `#${pair.issue}`, 'engineering')
        return textAt(found, 'state') === 'gone' ? found : null
      },
      { seconds: 150 },
    )
    if (!textAt(mirror, 'stateReason').includes('deleted'))
      throw new Error(`it says “${textAt(mirror, 'stateReason')}”`)
    const text = `DELETED-${world.run} is anybody there?`
    world.ledger.secrets.push(`DELETED-${world.run}`)
    await agent.remark(pair.ticket, text)
    await pause(TWO_POLLS_MS)
    expectOnTicket(world, pair.ticket, 'Severity', 'Low')
    expectWords(world, text, { ticket: pair.ticket, times: 1 })
  },
}

export const oddEndSteps: readonly Step[] = [moved, copied, deleted]
