import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'
import { runLine } from '../support/command-line.ts'
import { type Checkout, makeCheckout } from '../support/git-checkout.ts'

/**
 * Git itself, the command line as a pipeline runs it, the API on a socket: a fix on main, copied to an older line, taken
 * back on main and brought again. Nothing is pretended.
 */
let api: TestApi
let checkout: Checkout
let owner: string
let url: string

beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  url = await api.server.app.listen({ host: '127.0.0.1', port: 0 })
  checkout = makeCheckout()
})
afterAll(async () => {
  checkout?.remove()
  await api?.close()
})

const ask = async <T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(owner, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
interface Made {
  readonly id: string
  readonly key: string
}
interface Items<T> {
  readonly items: readonly T[]
}

const sync = async (...more: readonly string[]): Promise<string> => {
  const line = [
    'releases',
    'sync',
    '--product',
    'shop',
    '--repository',
    'acme/shop',
    '--checkout',
    checkout.folder,
  ]
  const env = { ...checkout.env, CAUSEWAY_URL: url, CAUSEWAY_TOKEN: owner }
  const { exit, out, err } = await runLine([...line, ...more], null, env)
  expect([exit, err.includes('refused')], err).toEqual([0, false])
  return out
}

it('a fix that was copied to an older line, and taken back on the newer one, is with exactly those who run it', async () => {
  await ask('POST', 'teams', { key: 'web', name: 'Web' })
  await ask('POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  const fix = await ask<Made>('POST', 'work-items', {
    ...{ kind: 'defect', title: 'Cart is empty', description: '', product: 'shop' },
  })
  const { git, commit } = checkout
  commit('Begin')
  git('tag', 'v1.0.0')
  git('checkout', '--quiet', '-b', 'keep-the-cart')
  const fixed = commit(`${fix.key}: keep the cart`)
  git('checkout', '--quiet', 'main')
  commit('Meanwhile')
  git('merge', '--quiet', '--no-ff', '-m', "Merge branch 'keep-the-cart'", 'keep-the-cart')
  git('tag', '-a', '-m', 'Two', 'v2.0.0')
  git('revert', '--no-edit', fixed)
  git('tag', 'v2.1.0')
  git('revert', '--no-edit', 'HEAD')
  git('tag', 'v2.2.0')
  git('checkout', '--quiet', '-b', 'line-1', 'v1.0.0')
  git('cherry-pick', '-x', fixed)
  git('tag', 'v1.0.1')
  expect(await sync('--tags', 'v*')).toContain('2.2.0')

  const trace = await ask<{ firstIn: readonly { name: string }[]; leftIn: readonly { name: string }[] }>(
    'GET',
    `work-items/${fix.id}/trace`,
  )
  expect(trace.firstIn.map(({ name }) => name).sort()).toEqual(['1.0.1', '2.0.0', '2.2.0'])
  expect(trace.leftIn.map(({ name }) => name)).toEqual(['2.1.0'])

  const runs = { acme: '1.0.1', globex: '2.1.0', hooli: '2.0.0', initech: '1.0.0', umbrella: '2.2.0' }
  const tickets = new Map<string, string>()
  for (const [customer, release] of Object.entries(runs)) {
    await ask('POST', 'customers', { key: customer, name: customer })
    await ask('POST', 'installations', { customer, product: 'shop', environment: 'production', release })
    const about = { title: 'My cart is empty', description: '', product: 'shop', customer }
    const ticket = await ask<Made>('POST', 'tickets', about)
    tickets.set(ticket.key, customer)
    await ask('POST', `tickets/${ticket.key}/join`, { workItem: fix.key })
  }
  const having = async (has: string): Promise<readonly string[]> => {
    const { items } = await ask<Items<{ customer: { name: string } }>>(
      'GET',
      `work-items/${fix.id}/installations?has=${has}`,
    )
    return items.map(({ customer }) => customer.name)
  }
  expect([await having('yes'), await having('no')]).toEqual([
    ['acme', 'hooli', 'umbrella'],
    ['globex', 'initech'],
  ])

  // a run that finds nothing new tells nothing and changes nothing
  await sync('--tags', 'v*')
  expect(await having('yes')).toEqual(['acme', 'hooli', 'umbrella'])

  await ask('POST', `work-items/${fix.key}/accept`, {})
  await ask('POST', `work-items/${fix.key}/move`, { to: 'done' })
  const { items: releases } = await ask<Items<{ id: string; name: string }>>('GET', 'releases')
  const old = releases.find(({ name }) => name === '1.0.1')?.id ?? expect.fail('no release 1.0.1')
  await ask('POST', `releases/${old}/release`, {})
  const { items } = await ask<Items<{ key: string; standing: string }>>('GET', `releases/${old}/waiting`)
  expect(Object.fromEntries(items.map(({ key, standing }) => [tickets.get(key), standing]))).toEqual({
    ...{ acme: 'has it', hooli: 'has it', umbrella: 'has it' },
    ...{ globex: 'must upgrade', initech: 'must upgrade' },
  })
})
