import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'

/**
 * A release of `shop` on its way to those who use it, over HTTP: what it changes for them, in words that support
 * approved.
 */
let api: TestApi
let owner: string
let agent: string
let engineer: string
let release: string
const tax = 'Prices are shown with tax now.'

interface Made {
  readonly id: string
  readonly key: string
}
interface Note extends Made {
  readonly kind: string
  readonly state: string
  readonly title: string
  readonly body: string
  readonly revision: number
  readonly approvedBy: { readonly name: string } | null
  readonly workItem: Made | null
}
interface Items<T> {
  readonly items: readonly T[]
}

const ask = async <T>(
  token: string,
  method: 'GET' | 'POST' | 'PATCH' | 'PUT',
  path: string,
  body?: object,
): Promise<T> => {
  const answer = await api.ask(token, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
const refused = async (token: string, path: string, body: object = {}) => {
  const answer = await api.ask(token, 'POST', path, body)
  return [answer.statusCode, answer.json().detail] as const
}

beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  agent = await api.tokenOf('agent')
  engineer = await api.tokenOf('engineer')
  await ask(owner, 'POST', 'teams', { key: 'web', name: 'Web' })
  await ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  await ask(owner, 'POST', 'components', { product: 'shop', key: 'cart', name: 'Cart', team: 'web' })
  release = (await ask<Made>(owner, 'POST', 'releases', { product: 'shop', name: '2.0' })).id
  const work = (made: object) =>
    ask<Made>(owner, 'POST', 'work-items', { description: '', product: 'shop', release, ...made })
  await work({ kind: 'feature', title: 'Prices with tax', component: 'cart', behaviourNote: tax })
  await work({ kind: 'defect', title: 'Blank receipts' })
  await work({ kind: 'task', title: 'Tidy up' })
  const found = await work({ kind: 'defect', title: 'Search loses umlauts', release: null })
  const seen = { version: '2.0', workaround: 'Write ae for ä.' }
  await ask(owner, 'PATCH', `work-items/${found.key}`, { set: seen })
})
afterAll(() => api?.close())

const notes = async (): Promise<readonly Note[]> =>
  (await ask<Items<Note>>(engineer, 'GET', `releases/${release}/notes`)).items
const noteOf = async (title: string): Promise<Note> =>
  (await notes()).find((note) => note.title === title) ?? expect.fail(`no note “${title}”`)

describe('what a release changes', () => {
  it('is drafted from its defects and features, each as what it is, and only once', async () => {
    type Missing = Made & { readonly title: string; readonly noteKind: string }
    const missing = await ask<Items<Missing>>(engineer, 'GET', `releases/${release}/notes/missing`)
    expect(missing.items.map(({ title, noteKind }) => [title, noteKind])).toEqual([
      ['Prices with tax', 'behaves differently'],
      ['Blank receipts', 'fixed'],
      ['Search loses umlauts', 'known broken'],
    ])
    const workItems = missing.items.map(({ id }) => id)
    const drafts = `releases/${release}/notes/drafts`
    const { ids } = await ask<{ ids: string[] }>(engineer, 'POST', drafts, { workItems })
    expect(ids).toHaveLength(3)
    expect(await refused(engineer, drafts, { workItems })).toEqual([
      409,
      'Each of these has a note already, or is not in this release.',
    ])
    expect(await noteOf('Prices with tax')).toMatchObject({
      ...{ state: 'draft', body: tax, component: { key: 'cart' }, workItem: { key: 'W-1' } },
    })
    const again = await ask<Items<Missing>>(engineer, 'GET', `releases/${release}/notes/missing`)
    expect(again.items).toEqual([])
  })

  it('is noted once for each work item, also by two at once', async () => {
    const made = await Promise.all(
      ['One', 'Two'].map((title) =>
        api.ask(engineer, 'POST', `releases/${release}/notes`, { kind: 'new', title, workItem: 'W-3' }),
      ),
    )
    expect(made.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409])
    const [first] = made.filter(({ statusCode }) => statusCode === 201)
    await ask(engineer, 'POST', `release-notes/${first?.json().id}/remove`)
  })

  it('is approved by support only, and only with words that support can say', async () => {
    const { id } = await noteOf('Prices with tax')
    expect(await refused(engineer, `release-notes/${id}/propose`)).toEqual([
      422,
      'Write what support says to who asks first.',
    ])
    await ask(engineer, 'PATCH', `release-notes/${id}`, { set: { say: 'What is paid stays the same.' } })
    await ask(engineer, 'POST', `release-notes/${id}/propose`)
    expect((await refused(engineer, `release-notes/${id}/approve`))[0]).toBe(403)
    const approved = await ask<Note>(agent, 'POST', `release-notes/${id}/approve`)
    expect(approved).toMatchObject({ state: 'approved', approvedBy: { name: 'test agent' } })
    expect(await refused(agent, `release-notes/${id}/approve`)).toEqual([
      409,
      'The note is approved already.',
    ])
  })

  it('waits for an approval again once its words change, and not when nothing does', async () => {
    const { id, revision } = await noteOf('Prices with tax')
    const same = await ask<Note>(engineer, 'PATCH', `release-notes/${id}`, { set: { body: tax } })
    expect(same).toMatchObject({ state: 'approved', revision })
    const other = { revision, set: { body: `${tax} In the cart, too.` } }
    const changed = await ask<Note>(engineer, 'PATCH', `release-notes/${id}`, other)
    expect(changed).toMatchObject({ state: 'proposed', approvedBy: null })
    const late = await api.ask(engineer, 'PATCH', `release-notes/${id}`, other)
    expect(late.statusCode).toBe(412)
    await ask(agent, 'POST', `release-notes/${id}/approve`)
  })

  it('that was removed comes back as a draft, unless its work was noted anew', async () => {
    const { id, workItem } = await noteOf('Blank receipts')
    await ask(engineer, 'POST', `release-notes/${id}/remove`)
    expect((await notes()).map(({ title }) => title)).not.toContain('Blank receipts')
    expect(await ask<Note>(engineer, 'POST', `release-notes/${id}/restore`)).toMatchObject({ state: 'draft' })
    await ask(engineer, 'POST', `release-notes/${id}/remove`)
    const anew = { kind: 'fixed', title: 'Receipts are printed', workItem: workItem?.key }
    await ask(engineer, 'POST', `releases/${release}/notes`, anew)
    expect(await refused(engineer, `release-notes/${id}/restore`)).toEqual([
      409,
      'W-2 has a note in this release already. Change that one.',
    ])
  })

  it('answers a caller who runs it, and nobody who runs something else', async () => {
    interface Judged {
      readonly verdict: string
      readonly evidence: readonly {
        readonly reading: string
        readonly workaround: string | null
        readonly note: { readonly say: string | null; readonly release: { readonly name: string } } | null
      }[]
    }
    const call = (text: string, version: string): Promise<Judged> => {
      const query = new URLSearchParams({ text, version, product: 'shop' })
      return ask<Judged>(agent, 'GET', `bug-or-feature?${query}`)
    }
    const prices = await call('Why do prices show tax in the cart?', '2.0')
    expect(prices).toMatchObject({ verdict: 'intended' })
    expect(prices.evidence).toHaveLength(1)
    expect(prices.evidence[0]?.note).toMatchObject({
      ...{ say: 'What is paid stays the same.', release: { name: '2.0' } },
    })
    const broken = await noteOf('Search loses umlauts')
    await ask(agent, 'POST', `release-notes/${broken.id}/approve`)
    expect(await call('The search loses my umlauts', '2.0')).toMatchObject({
      verdict: 'known defect',
      evidence: [
        { reading: 'known defect', workaround: 'Write ae for ä.', note: { release: { name: '2.0' } } },
      ],
    })
    await ask(owner, 'POST', 'releases', { product: 'shop', name: '1.0' })
    const older = await call('Why do prices show tax in the cart?', '1.0')
    expect(older.verdict).toBe('unknown')
    const { id } = await noteOf('Prices with tax')
    await ask(engineer, 'POST', `release-notes/${id}/withdraw`)
    const withdrawn = await call('Why do prices show tax in the cart?', '2.0')
    expect(withdrawn.evidence.every(({ note }) => note === null)).toBe(true)
    await ask(agent, 'POST', `release-notes/${id}/approve`)
  })

  it('is no business of customers', async () => {
    const { contactId } = await api.customer('Acme')
    const customer = await api.tokenOf('customer', { contactId })
    expect((await api.ask(customer, 'GET', `releases/${release}/notes`)).statusCode).toBe(403)
  })
})
