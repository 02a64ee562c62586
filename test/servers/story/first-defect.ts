import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { same, until } from '../awaited.ts'
import type { DeskFile } from '../desk.ts'
import { numberAt, textAt } from '../json.ts'
import type { Step, World } from '../world.ts'
import {
  deskTexts,
  expectOnIssue,
  expectOnTicket,
  expectWords,
  FIELDS,
  issueNamed,
  issueShows,
  keyHere,
  noteTexts,
  type Pair,
  statusId,
  ticketShows,
} from './escalate.ts'

/** From the customer's first mail to the release that fixes it, for two customers. */

const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([head, body, sum])
}

/** A real picture, 16 by 16, red. */
const screenshot = (): Uint8Array => {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(16, 0)
  size.writeUInt32BE(16, 4)
  size.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(48).fill(Buffer.from([200, 30, 30]))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: 16 }, () => row)))
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([magic, chunk('IHDR', size), chunk('IDAT', pixels), chunk('IEND', new Uint8Array())])
}

const FILES: readonly DeskFile[] = [
  { name: 'screen shot.png', type: 'image/png', bytes: screenshot() },
  {
    name: 'export.log',
    type: 'text/plain',
    bytes: Buffer.from('2026-03-02T08:00:00Z export failed: quota\n'.repeat(200)),
  },
]

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export interface FirstDefect extends Pair {
  readonly subject: string
  second: string
}

const known = new WeakMap<World, FirstDefect>()

export const firstDefect = (world: World): FirstDefect => {
  const found = known.get(world)
  if (found === undefined) throw new Error('the first defect was never escalated')
  return found
}

const send: Step = {
  name: 'send',
  title: 'A customer writes, an agent sends it to engineering with all they need',
  play: async (world) => {
    const { agent, customer, engineer, ledger } = world
    const subject = `Export stops at 1,000 rows [${world.run}]`
    const ticket = await customer.create({
      subject,
      content: 'Since Monday the export stops after 1,000 rows.\n\nIt worked before the update.',
      requestor: 'customer@customer.example',
    })
    await agent.change(ticket, {}, FIELDS)
    const remark = `INTERNAL-${world.run} the customer is on the premium plan, please hurry`
    await agent.remark(ticket, remark, FILES)
    await agent.change(ticket, {}, { SentToEngineering: 'yes' })
    ledger.twins.set(subject, 1)
    ledger.secrets.push(`INTERNAL-${world.run}`)

    const issue = await until(`an issue for ticket ${ticket}`, () => issueNamed(world, subject))
    await issueShows(world, issue.id, 'everything support knows', (shown) => {
      same('project', shown.project, 'Atlas')
      same('type', shown.type, 'Bug')
      same('category', shown.category, 'Export')
      same('Severity', shown.fields['Severity'], 'High')
      same('AffectedVersion', shown.fields['AffectedVersion'], '2.0.0')
      same('Environment', shown.fields['Environment'], 'production')
      same('TicketKey', shown.fields['TicketKey'], `#${ticket}`)
      same('TicketURL', shown.fields['TicketURL'], `${world.rt.url}/Ticket/Display.html?id=${ticket}`)
      same('files', shown.files.map(({ name }) => name).sort(), ['export.log', 'screen shot.png'])
      if (!shown.description.includes('stops after 1,000 rows'))
        throw new Error(`description is “${shown.description}”`)
      return shown.notes.some(({ text }) => text.includes(remark))
    })
    const shown = await world.trackerAdmin.show(issue.id)
    for (const file of FILES) {
      const there = shown.files.find(({ name }) => name === file.name)
      same(
        `the bytes of ${file.name}`,
        digest(await engineer.file(there?.id ?? '', file.name)),
        digest(file.bytes),
      )
    }
    await ticketShows(world, ticket, 'the key, the address and the status of its issue', ({ fields }) => {
      same('EngineeringKey', fields['EngineeringKey'], `#${issue.id}`)
      same('EngineeringURL', fields['EngineeringURL'], `${world.redmine.url}/issues/${issue.id}`)
      return same('EngineeringStatus', fields['EngineeringStatus'], 'In triage')
    })
    expectWords(world, remark, { issue: issue.id, times: 1 })
    known.set(world, { subject, ticket, issue: issue.id, second: '' })
  },
}

const talk: Step = {
  name: 'talk',
  title: 'Engineering asks, support answers, and each word reaches whom it is for',
  play: async (world) => {
    const { agent, customer, engineer, ledger } = world
    const { ticket, issue } = firstDefect(world)
    const say = {
      question: `QUESTION-${world.run} which file format is exported?`,
      private: `PRIVATE-${world.run} I think this is my own mistake`,
      answer: `ANSWER-${world.run} it is CSV with a semicolon`,
      reply: `REPLY-${world.run} we are looking into it`,
      customer: `CUSTOMER-${world.run} it also happens with a small file`,
    }
    ledger.secrets.push(`QUESTION-${world.run}`, `PRIVATE-${world.run}`, `ANSWER-${world.run}`)
    await engineer.change(issue, { notes: say.question })
    await engineer.change(issue, { notes: say.private, private_notes: true })
    await until(`the question on ticket ${ticket}`, async () =>
      (await deskTexts(world, ticket)).some((text) => text.includes(say.question)),
    )
    const question = (await agent.words(ticket)).find(({ text }) => text.includes(say.question))
    same('the question in RT is', question?.kind, 'Comment')
    await agent.remark(ticket, say.answer)
    await agent.reply(ticket, say.reply)
    await customer.reply(ticket, say.customer)
    for (const text of [say.answer, say.reply, say.customer])
      await until(`“${text}” on issue ${issue}`, async () =>
        (await noteTexts(world, issue)).some((note) => note.includes(text)),
      )
    expectWords(world, say.question, { ticket, times: 1 })
    expectWords(world, say.question, { issue, times: 1 })
    expectWords(world, say.private, { ticket, times: 0 })
    for (const text of [say.answer, say.reply, say.customer]) {
      expectWords(world, text, { issue, times: 1 })
      expectWords(world, text, { ticket, times: 1 })
    }
  },
}

const secondCustomer: Step = {
  name: 'second customer',
  title: 'A second customer has the same: the ticket joins the defect',
  play: async (world) => {
    const { agent, causeway, ledger } = world
    const first = firstDefect(world)
    const subject = `No more than 1,000 rows in our file [${world.run}]`
    const ticket = await agent.create({
      subject,
      content: 'Our export is cut off.',
      requestor: 'olga@other-customer.example',
      fields: { ...FIELDS, Severity: 'Critical' },
    })
    ledger.twins.set(subject, 0)
    const here = await until(`ticket ${ticket} here`, () => keyHere(world, `#${ticket}`, 'helpdesk'))
    const item = await until('the work item here', () => keyHere(world, `#${first.issue}`, 'engineering'))
    await causeway.post(`/api/v1/tickets/${here}/join`, { workItem: item })
    await ticketShows(world, ticket, 'the same issue as the first', ({ fields }) =>
      same('EngineeringKey', fields['EngineeringKey'], `#${first.issue}`),
    )
    await issueShows(world, first.issue, 'both tickets and the higher severity', ({ fields }) => {
      same('TicketKey', fields['TicketKey'], `#${first.ticket}, #${ticket}`)
      return same('Severity', fields['Severity'], 'Critical')
    })
    first.second = ticket
  },
}

const fix: Step = {
  name: 'fix',
  title: 'The engineer fixes it; version and release reach both tickets',
  play: async (world) => {
    const { engineer, trackerAdmin } = world
    const { ticket, second, issue } = firstDefect(world)
    const due = new Date(Date.now() + 14 * 86_400_000).toISOString().slice(0, 10)
    const name = `2.1.${world.run}`
    const version = await trackerAdmin.createVersion('atlas', { name, status: 'open', due_date: due })
    const status = (word: string): number => statusId(world, word)
    const bothShow = async (field: string, wanted: string): Promise<void> => {
      for (const one of [ticket, second])
        await ticketShows(world, one, `${field} “${wanted}”`, ({ fields }) =>
          same(field, fields[field], wanted),
        )
    }
    await engineer.change(issue, {
      status_id: status('In Progress'),
      assigned_to_id: numberAt(world.redmine.state, 'developer', 'id'),
    })
    await bothShow('EngineeringStatus', 'In progress')
    await until('the engineer as the assignee here', async () => {
      const item = await keyHere(world, `#${issue}`, 'engineering')
      return (
        textAt(await world.causeway.get(`/api/v1/work-items/${item}`), 'assignee', 'name') ===
        'Dora Developer'
      )
    })
    await trackerAdmin.change(issue, { fixed_version_id: version })
    await bothShow('PlannedRelease', `${name} (${due})`)
    await engineer.change(issue, { status_id: status('Resolved') })
    await bothShow('EngineeringStatus', 'In verification')
    await engineer.change(issue, { status_id: status('Closed') })
    await bothShow('EngineeringStatus', 'Fixed, not released')
    await trackerAdmin.changeVersion(version, { status: 'closed' })
    await bothShow('EngineeringStatus', 'Released')
    for (const one of [ticket, second]) {
      const shown = await ticketShows(world, one, 'the release it is in', ({ fields }) =>
        (fields['ActualRelease'] ?? '').startsWith(name),
      )
      expectOnTicket(world, one, 'EngineeringStatus', 'Released')
      expectOnTicket(world, one, 'ActualRelease', shown.fields['ActualRelease'] ?? '')
    }
    expectOnIssue(world, issue, 'status', 'Closed', (shown) => shown.status)
    expectOnIssue(world, issue, 'version', name, (shown) => shown.version)
  },
}

export const firstDefectSteps: readonly Step[] = [send, talk, secondCustomer, fix]
