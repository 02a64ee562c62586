import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptWorkItem } from '../../src/commands/accept-work-item.ts'
import { answerInformation } from '../../src/commands/answer-information.ts'
import { askInformation } from '../../src/commands/ask-information.ts'
import { closeQuestion } from '../../src/commands/close-question.ts'
import { escalateTicket } from '../../src/commands/escalate-ticket.ts'
import { joinEscalation } from '../../src/commands/join-escalation.ts'
import { ticketView } from '../../src/store/views/ticket-view.ts'
import { plainText } from '../../src/sync/rich-text/plain.ts'
import { type HubWorld, openHubWorld } from '../support/hub-world.ts'

let world: HubWorld
beforeAll(async () => {
  world = await openHubWorld()
})
afterAll(() => world.close())

const seen = async (key: string) => {
  const view = await ticketView(world.database.db, key, 'support')
  if (view === null) throw new Error(`no ticket ${key}`)
  return view
}

const asked = async (): Promise<{ tickets: readonly [string, string, string]; item: string }> => {
  const tickets = [
    await world.ticket(),
    await world.ticket({ customer: 'globex' }),
    await world.ticket(),
  ] as const
  const { workItem } = await world.do(world.agent, escalateTicket, { ticket: tickets[0] })
  for (const ticket of tickets.slice(1))
    await world.do(world.agent, joinEscalation, { ticket, workItem: workItem.key })
  await world.do(world.engineer, acceptWorkItem, { workItem: workItem.key })
  await world.do(world.engineer, askInformation, {
    workItem: workItem.key,
    question: plainText('Which browser?'),
  })
  return { tickets, item: workItem.key }
}

describe('one question to many tickets', () => {
  it('says on each ticket that still waits who has answered, because other customers may know other facts', async () => {
    const { tickets } = await asked()
    world.later(10)
    await world.do(world.agent, answerInformation, { ticket: tickets[1], answer: plainText('Firefox') })
    const waiting = await seen(tickets[0])
    expect(waiting.escalation).toMatchObject({
      state: 'more information asked',
      asked: { answeredFor: [tickets[1]] },
    })
    expect((await seen(tickets[1])).escalation).toMatchObject({ state: 'accepted', asked: null })
  })

  it('ends on every ticket when engineering has enough, and tells each owner that no answer is needed', async () => {
    const { tickets, item } = await asked()
    await world.do(world.agent, answerInformation, { ticket: tickets[1], answer: plainText('Firefox') })
    expect(await world.do(world.engineer, closeQuestion, { workItem: item })).toMatchObject({ closed: 2 })
    for (const ticket of [tickets[0], tickets[2]])
      expect(await seen(ticket)).toMatchObject({
        escalation: { state: 'accepted', question: null, asked: null, answeredAt: null },
        ticket: { woken_because: `Engineering has enough on ${item}: no answer is needed` },
      })
    expect(
      await world.tell(world.agent, answerInformation, { ticket: tickets[0], answer: plainText('late') }),
    ).toMatchObject({ ok: false, error: { code: 'wrong-state' } })
    expect(await world.tell(world.engineer, closeQuestion, { workItem: item })).toMatchObject({
      ok: false,
      error: { code: 'wrong-state', detail: `No ticket owes an answer about ${item}.` },
    })
  })
})
