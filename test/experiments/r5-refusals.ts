import { countLedger } from '../../src/connectors/demo/fake.ts'
import { earlyCalls } from '../support/early-calls.ts'
import { violations } from '../support/never.ts'
import { buildRoad } from '../support/road.ts'
import { comeToRest, defectsOf, newTickets } from './desk-work.ts'
import { type Experiment, must, zero } from './experiment.ts'

/** R5: both tools refuse, break and fall silent at once, in the shares that the title names. */
const SHARES = { rate: 0.3, serverError: 0.1, hang: 0.05, halfBody: 0.01 } as const

export const refusals: Experiment = {
  id: 'R5',
  title: '30 % 429 with Retry-After, 10 % 500, 5 % without an answer, 1 % half an answer',
  run: async (test, scale) => {
    const count = scale === 'long' ? 120 : 4
    const road = await buildRoad({ db: test.db, seed: 5 })
    await road.converge(3)
    const tools = [road.desk, road.tracker]
    for (const tool of tools) {
      tool.faults.times({ retryAfterS: 20 })
      tool.faults.chance(SHARES)
    }
    newTickets(road.desk, count)
    const began = road.clock.now().getTime()
    for (let step = 0; step < 3_000 && defectsOf(road).length < count; step += 1) {
      road.clock.advance(21_000)
      await road.settle()
    }
    const minutes = Math.round((road.clock.now().getTime() - began) / 60_000)
    const early = tools.reduce((sum, tool) => sum + earlyCalls(tool), 0)
    const calls = tools.reduce((sum, tool) => sum + tool.calls.length, 0)
    const struck = (fault: keyof typeof SHARES): number =>
      tools.reduce((sum, tool) => sum + (tool.faults.struck[fault] ?? 0), 0)
    await comeToRest(road)
    const made = countLedger(road.tracker, { op: 'create', via: 'api' })
    const keyed = road.desk.items().filter((item) => (item.fields['cf:Engineering key'] ?? '') !== '').length
    const wrong = await violations(road, { atRest: true })
    await road.close()
    return {
      seed: 5,
      counts: {
        items: count,
        made,
        'that know their key': keyed,
        calls,
        '429': struck('rate'),
        '500': struck('serverError'),
        'no answer': struck('hang'),
        'half an answer': struck('halfBody'),
        'calls before Retry-After ended': early,
        'minutes of the clock': minutes,
        violations: wrong.length,
      },
      failures: [
        ...zero('calls before Retry-After ended', early),
        ...must('items made', made, made === count, String(count)),
        ...must('items that know their key', keyed, keyed === count, String(count)),
        ...must('429', struck('rate'), struck('rate') >= 3, 'at least 3'),
        ...must('no answer', struck('hang'), scale === 'short' || struck('hang') > 0, 'more than 0'),
        ...must(
          'half an answer',
          struck('halfBody'),
          scale === 'short' || struck('halfBody') > 0,
          'more than 0',
        ),
        ...wrong,
      ],
    }
  },
}
