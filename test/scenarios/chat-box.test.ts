import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../support/api.ts'
import { runLine } from '../support/command-line.ts'

/** Somebody of ours asks in a chat, and on the command line, what a caller's words are. */
let api: TestApi
let owner: string
beforeAll(async () => {
  api = await openTestApi()
  owner = await api.tokenOf('owner')
  await ask('POST', 'teams', { key: 'web', name: 'Web' })
  await ask('POST', 'products', { key: 'shop', name: 'Shop', team: 'web' })
  const work = await ask<{ key: string }>('POST', 'work-items', {
    ...{ kind: 'defect', title: 'Export stops after a thousand rows', description: '', product: 'shop' },
  })
  await ask('PATCH', `work-items/${work.key}`, { set: { workaround: 'Export in two parts.' } })
})
afterAll(() => api?.close())

const ask = async <T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> => {
  const answer = await api.ask(owner, method, path, body)
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json()
}
interface Chat {
  readonly id: string
  readonly path: string
  readonly heardAt: string | null
  readonly refusedWhy: string | null
  readonly archivedAt: string | null
  readonly revision: number
}
const SECRET = 'a-signing-secret-of-slack'
const chat = (more: object = {}): Promise<Chat> =>
  ask('POST', 'chats', {
    name: 'Support',
    kind: 'slack',
    secret: SECRET,
    language: 'en',
    product: 'shop',
    ...more,
  })
const listed = async (id: string, archived = false): Promise<Chat | undefined> =>
  (
    await ask<{ items: readonly Chat[] }>('GET', `chats?limit=200${archived ? '&archived=true' : ''}`)
  ).items.find((one) => one.id === id)
const post = (path: string, body: string, secret = SECRET) => {
  const at = Math.floor(api.clock.now.getTime() / 1000)
  const mac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return api.server.app.inject({
    ...{ method: 'POST', url: path, payload: body },
    headers: {
      ...{ 'content-type': 'application/x-www-form-urlencoded', host: 'causeway.example' },
      ...{ 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${mac}` },
    },
  })
}
const form = (text: string): string => String(new URLSearchParams({ command: '/causeway', text }))

describe('a chat', () => {
  it('answers whoever asks, alone, with the verdict, the workaround and where to read on', async () => {
    const made = await chat()
    expect(JSON.stringify(made)).not.toContain(SECRET)
    const answer = await post(made.path, form('the export stops after 1000 rows'))
    expect(answer.statusCode).toBe(200)
    const { response_type, text } = answer.json() as { response_type: string; text: string }
    expect(response_type).toBe('ephemeral')
    expect(text).toContain('*Known defect*')
    expect(text).toContain('Workaround: Export in two parts.')
    expect(text).toMatch(/<http:\/\/causeway\.example\/work-items\/W-\d+\|/)
    expect((await listed(made.id))?.heardAt).not.toBeNull()
  })

  it('says how to ask, what it does not know, and what was written wrongly', async () => {
    const made = await chat()
    const said = async (text: string): Promise<string> => (await post(made.path, form(text))).json().text
    expect(await said('help')).toContain('product:atlas version:4.3')
    expect(await said('purple bananas sing')).toContain('*Unknown*')
    expect(await said('purple bananas sing')).toContain('Open a ticket with these words')
    expect(await said('export stops product:nothing')).toContain('There is no product “nothing”.')
    expect(await said('export stops after rows version:77')).toContain('No release is called 77')
  })

  it('tells who has no right secret nothing, and its people why', async () => {
    const made = await chat()
    const wrong = await post(made.path, form('export'), 'another secret')
    const nobody = await post('/hooks/chat/00000000-0000-7000-8000-000000000000', form('export'))
    expect([wrong.statusCode, nobody.statusCode]).toEqual([401, 401])
    expect(wrong.json().detail).toBe(nobody.json().detail)
    expect((await listed(made.id))?.refusedWhy).toContain('wrong')
    await ask('PATCH', `chats/${made.id}`, {
      secret: 'another secret'.replace(' ', '-'),
      revision: made.revision,
    })
    expect((await post(made.path, form('export'), 'another-secret')).statusCode).toBe(200)
    expect((await listed(made.id))?.refusedWhy).toBeNull()
  })

  it('that was ended answers nobody, and answers again when it is brought back', async () => {
    const made = await chat()
    await ask('PATCH', `chats/${made.id}`, { archived: true })
    expect((await post(made.path, form('export'))).statusCode).toBe(401)
    expect((await listed(made.id, true))?.archivedAt).not.toBeNull()
    await ask('PATCH', `chats/${made.id}`, { archived: false })
    expect((await post(made.path, form('export'))).statusCode).toBe(200)
  })

  it('keeps its secret out of rows, events and answers, and takes no message larger than a message is', async () => {
    const made = await chat()
    const rows = await api.database.db.selectFrom('chat').selectAll().execute()
    const events = await api.database.db.selectFrom('event').select('data').execute()
    expect(JSON.stringify([rows, events])).not.toContain(SECRET)
    expect((await post(made.path, form('x'.repeat(100_000)))).statusCode).toBe(413)
    const short = await api.ask(owner, 'POST', 'chats', {
      ...{ name: 'X', kind: 'slack', secret: 'two words', language: 'en' },
    })
    expect([short.statusCode, short.json().detail]).toEqual([422, expect.stringContaining('copy it whole')])
  })
})

describe('the command line', () => {
  it('answers the same, and ends with 3 where nothing is known', async () => {
    const url = await api.server.app.listen({ host: '127.0.0.1', port: 0 })
    const env = { CAUSEWAY_URL: url, CAUSEWAY_TOKEN: owner }
    const known = await runLine(
      ['bug-or-feature', 'the export stops after 1000 rows', '--product', 'shop'],
      null,
      env,
    )
    expect(known.exit).toBe(0)
    expect(known.out).toContain('Known defect')
    expect(known.out).toContain('Workaround: Export in two parts.')
    const elsewhere = ['bug-or-feature', 'the export stops', '--product', 'shop', '--version', '99']
    expect((await runLine(elsewhere, null, env)).out).toContain('No release is called 99')
    const unknown = await runLine(['bug-or-feature', 'purple bananas sing'], null, env)
    expect([unknown.exit, unknown.out]).toEqual([3, expect.stringContaining('Unknown')])
  })
})
