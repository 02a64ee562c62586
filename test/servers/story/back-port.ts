import { until } from '../awaited.ts'
import { mailSent } from '../desk.ts'
import { listAt, numberAt, textAt } from '../json.ts'
import type { Step, World } from '../world.ts'
import {
  deskTexts,
  escalate,
  expectWords,
  FIELDS,
  issueShows,
  keyHere,
  statusId,
  ticketShows,
} from './escalate.ts'

/** From the commit to the customer's version: git, served by git itself, between Request Tracker and Redmine. */

interface Line {
  readonly base: string
  readonly fixed: string
}

/** Two lines that nobody else speaks of, in this run or another: what says their names, speaks of these. */
const linesOf = ({
  run,
}: World): { readonly old: Line; readonly now: Line & { readonly reverted: string } } => {
  const old = 1_000 + Number.parseInt(run, 36) * 2
  const now = old + 1
  return {
    old: { base: `${old}.0.0`, fixed: `${old}.0.1` },
    now: { base: `${now}.0.0`, fixed: `${now}.1.0`, reverted: `${now}.2.0` },
  }
}

interface Customer {
  readonly ticket: string
  readonly installation: string
}

const customerOf = async (
  { causeway, run }: World,
  name: string,
  ticket: string,
  release: string,
): Promise<Customer> => {
  const key = `${name}-${run}`
  await causeway.post('/api/v1/customers', { key, name: `${name} ${run}` })
  const about = { customer: key, product: 'atlas', environment: 'production', release }
  const installation = textAt(await causeway.post('/api/v1/installations', about), 'id')
  await causeway.patch(`/api/v1/tickets/${ticket}`, { set: { customer: key } })
  return { ticket, installation }
}

/** Engineering mends it on main with a merge, brings it back to the old line, and thinks again on main. */
const develop = (world: World, issue: string): void => {
  const { git, commit } = world.git.checkout
  const { old, now } = linesOf(world)
  commit('Begin')
  git('tag', `v${old.base}`)
  git('branch', 'older')
  commit('A new design')
  git('tag', `v${now.base}`)
  git('checkout', '--quiet', '-b', 'mend-it')
  const fix = commit(`#${issue}: read the last row too`)
  git('checkout', '--quiet', 'main')
  commit('Meanwhile')
  git('merge', '--quiet', '--no-ff', '-m', "Merge branch 'mend-it'", 'mend-it')
  git('tag', '-a', '-m', 'With the fix', `v${now.fixed}`)
  git('revert', '--no-edit', fix)
  git('tag', `v${now.reverted}`)
  git('checkout', '--quiet', 'older')
  git('cherry-pick', '-x', fix)
  git('tag', `v${old.fixed}`)
}

const proposed = async ({ causeway }: World, ticket: string): Promise<readonly unknown[]> =>
  listAt(await causeway.get('/api/v1/outreach?state=proposed&limit=200'), 'items').filter((notice) =>
    listAt(notice, 'tickets').some((one) => textAt(one, 'key') === ticket),
  )

/** Sends what is proposed for a ticket, once it says that the release is what they have. */
const tell = async (world: World, ticket: string, release: string): Promise<void> => {
  const notice = await until(`a message about ${release} for ${ticket}`, async () => {
    const found = (await proposed(world, ticket)).filter(
      (one) => textAt(one, 'release', 'name') === release && textAt(one, 'standing') === 'has it',
    )
    if (found.length > 1) throw new Error(`${found.length} messages are proposed`)
    return found[0] ?? null
  })
  await world.causeway.post('/api/v1/outreach/send', {
    notices: [{ id: textAt(notice, 'id'), revision: numberAt(notice, 'revision') }],
  })
}

const backPort: Step = {
  name: 'back-port',
  title: 'A fix that was brought back to an older line is told to exactly those who run it, once',
  play: async (world) => {
    const { agent, causeway, customer, engineer, git, ledger } = world
    const { old, now } = linesOf(world)
    const pair = await escalate(world, `The last row is missing [${world.run}]`, 'In every export.')
    const subject = `Our last row is gone [${world.run}]`
    const other = await agent.create({
      ...{ subject, content: 'Since the new design.', requestor: 'olga@other-customer.example' },
      fields: FIELDS,
    })
    ledger.twins.set(subject, 0)
    const [first, second] = await Promise.all(
      [pair.ticket, other].map((id) =>
        until(`ticket ${id} here`, () => keyHere(world, `#${id}`, 'helpdesk')),
      ),
    )
    const item = await until('the work item here', () => keyHere(world, `#${pair.issue}`, 'engineering'))
    if (first === undefined || second === undefined) throw new Error('a ticket is missing')
    await causeway.post(`/api/v1/tickets/${second}/join`, { workItem: item })

    develop(world, pair.issue)
    const address = git.served.address(git.folder)
    await causeway.cli(['repositories', 'follow', address, '--product', 'atlas', '--tags', 'v*'])
    const itemId = textAt(await causeway.get(`/api/v1/work-items/${item}`), 'id')
    const trace = await until('all releases to be read from git', async () => {
      const found = await causeway.get(`/api/v1/work-items/${itemId}/trace`)
      return listAt(found, 'leftIn').length > 0 ? found : null
    })
    const names = (list: string): string =>
      listAt(trace, list)
        .map((one) => textAt(one, 'name'))
        .sort()
        .join(' ')
    if (names('firstIn') !== `${old.fixed} ${now.fixed}` || names('leftIn') !== now.reverted)
      throw new Error(`first in ${names('firstIn')}, gone in ${names('leftIn')}`)

    const onOld = await customerOf(world, 'oldline', first, old.base)
    const onNew = await customerOf(world, 'newline', second, now.base)
    for (const status of ['In Progress', 'Resolved', 'Closed'])
      await engineer.change(pair.issue, { status_id: statusId(world, status) })
    await issueShows(world, pair.issue, 'that it is closed', (shown) => shown.status === 'Closed')
    await until(
      'the work to be done here',
      async () => textAt(await causeway.get(`/api/v1/work-items/${item}`), 'state') === 'done',
    )
    await causeway.cli(['releases', 'out', old.fixed, '--product', 'atlas'])
    // who reads mails is whom it is about: the other line hears nothing of this release
    await causeway.patch(`/api/v1/installations/${onOld.installation}`, { release: old.fixed })
    await tell(world, first, old.fixed)
    // a second thought is ten seconds; the process dies in them, and comes back
    await causeway.kill()
    await causeway.start()
    const told = await until(`the message on ticket ${pair.ticket}`, async () =>
      (await agent.words(pair.ticket)).find(({ text }) => text.includes(old.fixed)),
    )
    if (told.kind !== 'Correspond') throw new Error(`it was written as ${told.kind}`)
    if (told.text.includes('read the last row')) throw new Error(`words of engineering: “${told.text}”`)
    if ((await deskTexts(world, other)).some((text) => text.includes(old.fixed)))
      throw new Error('the customer on the newer line was told of the older one')
    expectWords(world, old.fixed, { ticket: pair.ticket, times: 1 })
    expectWords(world, old.fixed, { ticket: other, times: 0 })

    await causeway.patch(`/api/v1/installations/${onNew.installation}`, { release: now.fixed })
    await causeway.cli(['releases', 'out', now.fixed, '--product', 'atlas'])
    await tell(world, second, now.fixed)
    await until(`the message on ticket ${other}`, async () =>
      (await deskTexts(world, other)).some((text) => text.includes(now.fixed)),
    )
    expectWords(world, now.fixed, { ticket: other, times: 1 })
    expectWords(world, now.fixed, { ticket: pair.ticket, times: 0 })
    expectMails(world, 'customer@customer.example', old.fixed, 1)
    expectMails(world, 'olga@other-customer.example', now.fixed, 1)
    expectMails(world, 'olga@other-customer.example', old.fixed, 0)
    // what the customer reads is the same as what the agent sees
    if (!(await customer.words(pair.ticket)).some(({ text }) => text.includes(old.fixed)))
      throw new Error('the customer does not see the message')
    await ticketShows(
      world,
      pair.ticket,
      'that it is released',
      ({ fields }) => (fields['EngineeringStatus'] ?? '') === 'Released',
    )
  },
}

const expectMails = ({ ledger, rt }: World, to: string, text: string, times: number): void => {
  ledger.words.push({
    ...{ text, times, place: `mails to ${to}` },
    read: async () =>
      mailSent(rt).filter((mail) => mail.includes(text) && new RegExp(`^To:.*${to}`, 'im').test(mail)),
  })
}

export const backPortSteps: readonly Step[] = [backPort]
