import { inParallel, same, until } from '../awaited.ts'
import type { Step } from '../world.ts'
import { FIELDS } from './escalate.ts'

/** Tickets and defects that people kept in step by hand for years. */

const PAIRS = 300
const SAMPLE = 10

const join: Step = {
  name: 'join',
  title: `${PAIRS} pairs that exist already are joined by the key in a field, twice`,
  play: async (world) => {
    const { agent, causeway, ledger, trackerAdmin } = world
    const word = `Kept by hand [${world.run}]`
    const numbers = Array.from({ length: PAIRS }, (_, at) => at + 1)
    const begun = performance.now()
    const pairs = await inParallel(numbers, 4, async (at) => {
      const subject = `${word} ${at}.`
      const ticket = await agent.create({
        subject,
        content: 'Old.',
        requestor: 'customer@customer.example',
        fields: FIELDS,
      })
      const issue = await trackerAdmin.create({
        project_id: 'atlas',
        tracker_id: 1,
        subject: `${subject} (defect)`,
        description: 'Old too.',
        custom_fields: [{ id: fieldId(world.redmine.state, 'TicketKey'), value: `#${ticket}` }],
      })
      ledger.twins.set(`${subject} (defect)`, 1)
      return { ticket, issue }
    })
    world.say(`    ${PAIRS} pairs made in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    const command = ['connect', 'engineering', '--match', 'key:cf:TicketKey', '--write', '--json']
    const wanted = new Map(pairs.map(({ ticket, issue }) => [`#${ticket}`, `#${issue}`]))
    const seen = JSON.parse(await causeway.cli(command, [0, 3])) as JoinAnswer
    const right = seen.pairs.filter(({ desk, tracker }) => wanted.get(desk.key) === tracker.key)
    same('pairs found in the preview', right.length, PAIRS)
    for (const time of ['first', 'second']) {
      const answer = JSON.parse(await causeway.cli([...command, '--yes'], [0, 3])) as JoinAnswer
      world.say(`    the ${time} time: ${JSON.stringify(answer.joined)}`)
      if (time === 'second') same('joined the second time', answer.joined?.new, 0)
    }
    await until(
      `all ${PAIRS} tickets to show their issue`,
      async () => {
        const shown = await agent.find(`Subject LIKE '${word}' AND 'CF.{EngineeringKey}' LIKE '#'`)
        if (shown.length < PAIRS) throw new Error(`${shown.length} do`)
        return true
      },
      { seconds: 1_200, everyMs: 3_000 },
    )
    for (const { ticket, issue } of pairs.filter((_, at) => at % Math.floor(PAIRS / SAMPLE) === 0)) {
      const { fields } = await agent.show(ticket)
      same(`EngineeringKey of ticket ${ticket}`, fields['EngineeringKey'], `#${issue}`)
    }
  },
}

interface JoinAnswer {
  readonly pairs: readonly {
    readonly desk: { readonly key: string }
    readonly tracker: { readonly key: string }
  }[]
  readonly joined: { readonly new: number; readonly already: number } | null
}

const fieldId = (state: unknown, name: string): unknown =>
  (state as { customFields: Record<string, { id: number } | undefined> }).customFields[name]?.id

export const joinSteps: readonly Step[] = [join]
