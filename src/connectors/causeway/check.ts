import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import type { Greeting } from './client.ts'
import { baseOf, type Settings } from './settings.ts'

/** Can the two work together as they are? Answers sentences that say what is to be changed, and by whom. */

/** Rings are refused when they are five minutes off; a person hears of it before. */
const CLOCK_OFF_S = 120
const HERE = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

export const checkResult = ({ about, at }: Greeting, settings: Settings, now: Date): CheckResult => {
  const { name, partner } = about
  const may = (field: string) => about.fields.find((one) => one.field === field)
  const url = new URL(baseOf(settings))
  const offS = at === null ? 0 : Math.round(Math.abs(at.getTime() - now.getTime()) / 1000)
  const found: readonly (readonly [boolean, string])[] = [
    [
      url.protocol === 'http:' && !HERE.test(url.hostname),
      said`The address is not https: who is on the way can read the token and all that is shared.`,
    ],
    [name === partner, said`They call themselves and us "${name}": is this the address of our own Causeway?`],
    [
      may('title') === undefined,
      about.fields.length === 0
        ? said`${name} shares nothing with us yet: they choose the fields under Connections → Partners.`
        : said`${name} does not show us titles: without them nothing can be kept in step.`,
    ],
    [
      !about.create,
      said`${name} does not let us make anything there: what we send there waits, until they allow it.`,
    ],
    [
      about.create && may('title')?.writable === false,
      said`${name} lets us make something there, but not write its title: so nothing can be made.`,
    ],
    [offS > CLOCK_OFF_S, said`The clocks differ by ${offS} seconds; webhooks need less than 5 minutes.`],
  ]
  return {
    tool: `Causeway ${about.version} (${name})`,
    account: { id: 'partner', name: partner, email: null },
    problems: found.filter(([is]) => is).map(([, sentence]) => sentence),
  }
}
