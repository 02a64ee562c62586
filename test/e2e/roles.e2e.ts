import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allows, type RuleName } from '../../src/api/access.ts'
import { ROLES, type Role } from '../../src/domain/words.ts'
import { useBrowsers } from './support/browsers.ts'
import { type Member, makeCompany, makeMember, makeOwner } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'
import { makeStory } from './support/sample.ts'
import { settled } from './support/screens.ts'

/** Which rule opens an entry of the rail, by the words people read there. */
const RAIL: readonly (readonly [entry: string, rule: RuleName])[] = [
  ['Search', 'search'],
  ['Tickets', 'tickets.read'],
  ['Work items', 'work-items.read'],
  ['My work', 'escalations.answer'],
  ['Triage', 'work-items.read'],
  ['Board', 'work-items.read'],
  ['Escalations', 'escalations.read'],
  ['Releases', 'releases.read'],
  ['Macros', 'tickets.write'],
  ['New ticket', 'tickets.create'],
  ['Customers', 'organisation.read'],
  ['Products', 'organisation.read'],
  ['Connections', 'connections.read'],
  ['People', 'people.read'],
  ['Settings', 'settings.read'],
]

/** Screens that one comes to from another, or by an address somebody sent. */
const BEHIND: readonly (readonly [title: string, path: string, rule: RuleName])[] = [
  ['Begin', '/start', 'organisation.read'],
  ['Audit log', '/audit', 'audit.read'],
  ['Settings', '/settings', 'settings.read'],
  ['Connections', '/connections', 'connections.read'],
]

const isCustomer = (role: Role): boolean => role === 'customer' || role === 'customer admin'

/** Every role sees what the access table gives it, and no more; what it cannot do says why. */
describe('what each role sees', () => {
  const browsers = useBrowsers()
  let program: Program
  const members = new Map<Role, Member>()

  beforeAll(async () => {
    program = await startProgram()
    members.set('owner', await makeOwner(program))
    await makeCompany(program)
    for (const role of ROLES) if (role !== 'owner') members.set(role, await makeMember(program, role))
    await makeStory(program)
  })
  afterAll(async () => {
    await program?.stop()
  })

  it.each(ROLES.filter((role) => !isCustomer(role)))('%s, in the rail and at addresses', async (role) => {
    const page = await browsers.open(program, members.get(role) ?? null, '/my-move')
    const rail = page.getByRole('navigation', { name: 'Screens' })
    await rail.waitFor()
    for (const [entry, rule] of RAIL) {
      // “Search” is not “Search or do”, which opens the palette
      const name = new RegExp(`^${entry}(?! or)`)
      const link = rail.getByRole('link', { name }).first()
      const shut = rail.getByRole('button', { name }).first()
      if (allows(rule, [role])) await link.waitFor()
      else {
        await shut.waitFor()
        expect(await shut.getAttribute('aria-disabled'), `${entry} for ${role}`).toBe('true')
        expect(await shut.innerText(), `${entry} for ${role}`).toContain('may not do this')
      }
    }
    for (const [title, path, rule] of BEHIND) {
      await page.goto(`${program.url}${path}`)
      await settled(page)
      const closed = page.getByRole('heading', { name: 'This is not open to your role' })
      if (!allows(rule, [role])) await closed.waitFor()
      else expect(await closed.count(), `${title} for ${role}`).toBe(0)
    }
    await page.context().close()
  })

  it.each(ROLES.filter((role) => !isCustomer(role)))('%s, on a ticket', async (role) => {
    const expected = allows('tickets.read', [role]) ? [] : [/status of 403/]
    const page = await browsers.open(program, members.get(role) ?? null, '/tickets/T-1', { expected })
    if (!allows('tickets.read', [role])) {
      await page.getByRole('heading', { name: 'This is not open to your role' }).waitFor()
      await page.context().close()
      return
    }
    await page.getByRole('heading', { level: 1 }).waitFor()
    const actions: readonly (readonly [RegExp, RuleName])[] = [
      [/^Assign/, 'tickets.write'],
      [/^Snooze/, 'tickets.write'],
    ]
    for (const [name, rule] of actions) {
      const button = page.getByRole('toolbar').getByRole('button', { name }).first()
      await button.waitFor()
      const isShut = (await button.getAttribute('aria-disabled')) === 'true'
      expect(isShut, `${name} for ${role}`).toBe(!allows(rule, [role]))
    }
    const composer = page.getByRole('textbox', { name: 'Public reply' })
    if (allows('tickets.write', [role])) await composer.waitFor()
    else expect(await composer.count(), `words to the customer for ${role}`).toBe(0)
    await page.context().close()
  })

  it.each(['customer', 'customer admin'] as const)('%s: the portal and nothing behind it', async (role) => {
    const page = await browsers.open(program, members.get(role) ?? null, '/people')
    const title = role === 'customer' ? 'Your requests' : 'Your organisation’s requests'
    await page.getByRole('heading', { name: title }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Screens' }).count()).toBe(0)
    const mine = page.getByText('Invoices are printed twice')
    const theirs = page.getByText('Of a colleague: the export is empty')
    await mine.first().waitFor()
    expect(await theirs.count(), 'a colleague’s request').toBe(role === 'customer' ? 0 : 1)
    expect(await page.getByText('Of another company').count(), 'another company’s request').toBe(0)
    await mine.first().click()
    await page.getByRole('heading', { name: 'Invoices are printed twice' }).waitFor()
    await page.getByText('We look into it.').waitFor()
    const shown = await page.locator('body').innerText()
    for (const inside of ['Only for us', 'Harbour team', 'W-1', 'triage'])
      expect(shown, inside).not.toContain(inside)
    await page.context().close()
  })

  it('opens no door by its address: what a role may not read is not shown', async () => {
    const expected = [/status of 403/]
    const page = await browsers.open(program, members.get('engineer') ?? null, '/tokens', { expected })
    await page.getByRole('heading', { name: 'This is not open to your role' }).waitFor()
    await page.context().close()
  })
})
