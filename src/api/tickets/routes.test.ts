import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

/** Words that only the inside may know; none of them may ever reach a customer. */
const CANARY = 'kestrel-7741'

let api: TestApi
let agent: string
let engineer: string
let acme: { token: string; customerId: string; ticket: string }
let other: { token: string; customerId: string; ticket: string }

type Json = Record<string, unknown>
const ask = async (
  token: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
) => {
  const answer = await api.ask(token, method, path, payload)
  return {
    status: answer.statusCode,
    text: answer.body,
    headers: answer.headers,
    json: () => answer.json<Json>(),
  }
}
const make = async (token: string, path: string, payload: object): Promise<string> => {
  const answer = await ask(token, 'POST', path, payload)
  expect([path, answer.status, answer.text]).toEqual([path, 201, expect.any(String)])
  return String(answer.json()['id'])
}

beforeAll(async () => {
  api = await openTestApi()
  const admin = await api.tokenOf('owner')
  agent = await api.tokenOf('agent')
  engineer = await api.tokenOf('engineer')
  await make(admin, 'teams', { key: 'core', name: `Core ${CANARY}` })
  await make(admin, 'products', { key: 'atlas', name: 'Atlas', team: 'core' })
  await make(admin, 'components', { product: 'atlas', key: 'export', name: `Export ${CANARY}`, team: 'core' })
  await ask(admin, 'PUT', 'products/atlas/form', { form: [] })
  const customer = async (name: string) => {
    const made = await api.customer(name)
    const token = await api.tokenOf('customer', { contactId: made.contactId })
    const ticket = await make(token, 'portal/requests', {
      title: `Export fails at ${name}`,
      description: 'It *stops*.',
      product: 'atlas',
    })
    return { token, customerId: made.customerId, ticket }
  }
  acme = await customer('Acme')
  other = await customer('Other')
})
afterAll(() => api.close())

it('puts a customer’s ticket under their own organisation, whatever they say', async () => {
  const ticket = (await ask(agent, 'GET', `tickets/${acme.ticket}`)).json()
  expect(ticket['customer']).toMatchObject({ id: acme.customerId })
  const forged = await ask(acme.token, 'POST', 'portal/requests', {
    title: 't',
    description: 'd',
    customer: other.customerId,
  })
  expect([forged.status, forged.json()['field']]).toEqual([422, '/customer'])
})

it('answers for another organisation’s ticket exactly as for one that is not there', async () => {
  const missing = '00000000-0000-7000-8000-000000000000'
  const ways = [
    ['GET', ''],
    ['GET', '/timeline'],
    ['POST', '/replies', { text: 'hello' }],
    ['POST', '/reopen', {}],
    ['POST', '/verify', { works: true }],
  ] as const
  for (const [method, path, payload] of ways) {
    const foreign = await ask(acme.token, method, `portal/requests/${other.ticket}${path}`, payload)
    const nothing = await ask(acme.token, method, `portal/requests/${missing}${path}`, payload)
    expect([path, foreign.status]).toEqual([path, 404])
    expect(foreign.text.replaceAll(other.ticket, missing)).toBe(nothing.text)
  }
})

it('lists and counts for a customer only what is theirs, whichever filter they try', async () => {
  for (const filter of ['', '?text=Export', '?open=true', '?state=new']) {
    const page = (await ask(acme.token, 'GET', `portal/requests${filter}`)).json()
    expect([filter, (page['items'] as Json[]).map((item) => item['id'])]).toEqual([filter, [acme.ticket]])
  }
  // what they may not know is no filter for them either: what it finds would tell it
  for (const filter of [
    `?customer=${other.customerId}`,
    '?escalated=false',
    '?owner=nobody',
    '?severity=high',
  ])
    expect([filter, (await ask(acme.token, 'GET', `portal/requests${filter}`)).status]).toEqual([filter, 422])
})

it('lets nothing from inside reach the customer, on any of their pages', async () => {
  await ask(agent, 'PATCH', `tickets/${acme.ticket}`, {
    set: { component: 'export', severity: 'high', custom: { note: CANARY } },
  })
  await make(agent, `tickets/${acme.ticket}/comments`, { text: `internal ${CANARY}`, audience: 'staff' })
  await make(agent, `tickets/${acme.ticket}/comments`, { text: `support ${CANARY}`, audience: 'support' })
  await make(agent, `tickets/${acme.ticket}/comments`, { text: 'We are on it.', audience: 'everyone' })
  const sent = await ask(agent, 'POST', `tickets/${acme.ticket}/escalate`, { title: `Fix ${CANARY}` })
  expect(sent.status).toBe(201)
  const { key } = sent.json()['workItem'] as { key: string }
  await ask(engineer, 'PATCH', `work-items/${key}`, { set: { rootCause: CANARY, steps: CANARY } })
  await make(engineer, `work-items/${key}/comments`, { text: `eng ${CANARY}`, audience: 'engineering' })
  const file = await api.server.app.inject({
    method: 'POST',
    url: `/api/v1/tickets/${acme.ticket}/attachments?name=${CANARY}.log&audience=staff`,
    headers: { authorization: `Bearer ${agent}`, 'content-type': 'text/plain' },
    payload: CANARY,
  })
  expect(file.statusCode).toBe(201)
  const pages = [
    `requests/${acme.ticket}`,
    'requests',
    `requests/${acme.ticket}/timeline`,
    'likely?text=Export',
  ]
  for (const page of pages) {
    const seen = await ask(acme.token, 'GET', `portal/${page}`)
    expect([page, seen.status, seen.text.includes(CANARY)]).toEqual([page, 200, false])
    expect((await ask(agent, 'GET', `portal/${page}`)).status, 'the portal is for customers').toBe(403)
  }
  // a release's name and notes are engineering's until somebody writes for customers
  expect((await ask(acme.token, 'GET', 'releases')).status).toBe(403)
  const bytes = await ask(acme.token, 'GET', `portal/files/${file.json<{ id: string }>().id}/content`)
  expect(bytes.status).toBe(404)
  const entries = (await ask(acme.token, 'GET', `portal/requests/${acme.ticket}/timeline`)).json()[
    'items'
  ] as Json[]
  expect(entries.flatMap((entry) => entry['text'] ?? [])).toEqual(['We are on it.'])
})

it('tells a customer where a ticket stands in plain words, and staff also whose move it is inside', async () => {
  const { ticket, token } = other
  await ask(agent, 'POST', `tickets/${ticket}/snooze`, { waitingFor: 'release' })
  const lines = async (as: string, path: string) => (await ask(as, 'GET', path)).json()['items'] as Json[]
  const [listed] = await lines(token, 'portal/requests')
  for (const shown of [(await ask(token, 'GET', `portal/requests/${ticket}`)).json(), listed])
    expect([shown?.['standing'], 'needs' in (shown ?? {}), 'waitingFor' in (shown ?? {})]).toEqual([
      'We go on as soon as we can.',
      false,
      false,
    ])
  expect((await ask(agent, 'GET', `tickets/${ticket}`)).json()).toMatchObject({ waitingFor: 'release' })
  expect(await lines(agent, 'tickets?waitingFor=release')).toMatchObject([
    { id: ticket, waitingFor: 'release' },
  ])
  await ask(agent, 'POST', `tickets/${ticket}/snooze`, { waitingFor: 'customer' })
  expect(await lines(token, 'portal/requests')).toMatchObject([
    { standing: 'We wait for your answer.', waitsForYou: true },
  ])
})

it('keeps support’s own words from engineering, and a writer from words they could not read', async () => {
  const seen = await ask(engineer, 'GET', `tickets/${acme.ticket}/comments`)
  expect(seen.text).toContain('internal')
  expect(seen.text).not.toContain('support kestrel')
  const forOthers = await ask(engineer, 'POST', `tickets/${acme.ticket}/comments`, {
    text: 'x',
    audience: 'support',
  })
  expect([forOthers.status, forOthers.json()['field']]).toEqual([403, '/audience'])
  const comments = (await ask(agent, 'GET', `tickets/${acme.ticket}/comments`)).json()['items'] as Json[]
  const hidden = comments.find((comment) => comment['audience'] === 'support')
  const changed = await ask(engineer, 'PATCH', `comments/${hidden?.['id']}`, { text: 'rewritten' })
  expect(changed.status).toBe(404)
  const shared = comments.find((comment) => comment['audience'] === 'staff')
  const moved = await ask(engineer, 'PATCH', `comments/${shared?.['id']}`, { audience: 'support' })
  expect([moved.status, moved.json()['field']]).toEqual([403, '/audience'])
})

it('tells a customer that a file cannot be had, and not in the words of the tool that failed', async () => {
  const id = await api.server.app
    .inject({
      method: 'POST',
      url: `/api/v1/portal/requests/${acme.ticket}/files?name=lost.log`,
      headers: { authorization: `Bearer ${acme.token}`, 'content-type': 'text/plain' },
      payload: 'x',
    })
    .then((answer) => answer.json<{ id: string }>().id)
  await api.runner.db
    .updateTable('attachment')
    .set({ state: 'refused', sha256: null, reason: `http://${CANARY}.internal answered 403` })
    .where('id', '=', id)
    .execute()
  for (const page of [`requests/${acme.ticket}/timeline`, `files/${id}/content`])
    expect([page, (await ask(acme.token, 'GET', `portal/${page}`)).text.includes(CANARY)]).toEqual([
      page,
      false,
    ])
  for (const page of [`tickets/${acme.ticket}/timeline`, `attachments/${id}/content`])
    expect([page, (await ask(agent, 'GET', page)).text.includes(CANARY)]).toEqual([page, true])
})

it('sends a file as a download, whatever it claims to be, and byte by byte the same', async () => {
  const payload = Buffer.from('<script>alert(1)</script>\0\xff', 'latin1')
  const sent = await api.server.app.inject({
    method: 'POST',
    url: `/api/v1/portal/requests/${acme.ticket}/files?name=${encodeURIComponent('../a"b\r\nX: y;ü.html')}`,
    headers: { authorization: `Bearer ${acme.token}`, 'content-type': 'text/html' },
    payload,
  })
  const got = await api.server.app.inject({
    url: `/api/v1/portal/files/${sent.json<{ id: string }>().id}/content`,
    headers: { authorization: `Bearer ${acme.token}` },
  })
  expect(got.rawPayload).toEqual(payload)
  expect(got.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect(got.headers['content-disposition']).toMatch(
    /^attachment; filename="[\w. ()+-]+"; filename\*=UTF-8''[\w%.-]+$/,
  )
})

it('stops an upload at its limit and keeps nothing of it', async () => {
  const answer = await api.server.app.inject({
    method: 'POST',
    url: `/api/v1/portal/requests/${acme.ticket}/files?name=big`,
    headers: { authorization: `Bearer ${acme.token}`, 'content-type': 'application/octet-stream' },
    payload: Buffer.alloc(1024 * 1024 + 1),
  })
  expect([answer.statusCode, answer.json<Json>()['code']]).toEqual([422, 'invalid'])
})

it('refuses a change of a record that was changed meanwhile', async () => {
  const { inside } = (await ask(agent, 'GET', `tickets/${other.ticket}`)).json() as {
    inside: { revision: number }
  }
  const first = await ask(agent, 'PATCH', `tickets/${other.ticket}`, {
    revision: inside.revision,
    set: { title: 'A' },
  })
  const second = await ask(agent, 'PATCH', `tickets/${other.ticket}`, {
    revision: inside.revision,
    set: { title: 'B' },
  })
  expect([first.status, second.status, second.json()['code']]).toEqual([200, 412, 'changed-meanwhile'])
})

it('carries a ticket to engineering and the answer back, over HTTP alone', async () => {
  const sent = await ask(agent, 'POST', `tickets/${other.ticket}/escalate`, {})
  const again = await ask(agent, 'POST', `tickets/${other.ticket}/escalate`, {})
  expect([sent.status, again.status, again.json()['code']]).toEqual([201, 409, 'already-done'])
  const { key } = sent.json()['workItem'] as { key: string }
  const admin = await api.tokenOf('owner')
  const release = await make(admin, 'releases', { product: 'atlas', name: '2.0' })
  for (const to of ['2026-04-01', '2026-04-15'])
    await ask(engineer, 'POST', `releases/${release}/estimate`, {
      estimate: { from: null, to, confidence: null },
    })
  for (const [path, body] of [
    ['accept', {}],
    ['move', { to: 'started' }],
  ] as const)
    expect([path, (await ask(engineer, 'POST', `work-items/${key}/${path}`, body)).status]).toEqual([
      path,
      200,
    ])
  await ask(engineer, 'PATCH', `work-items/${key}`, {
    set: { release, behaviourNote: 'Exports are complete.' },
  })
  await ask(engineer, 'POST', `work-items/${key}/move`, { to: 'done' })
  await ask(engineer, 'POST', `releases/${release}/release`)
  const seen = (await ask(agent, 'GET', `tickets/${other.ticket}`)).json()['release'] as { history: Json[] }
  expect(seen.history.map((line) => (line['estimate'] as Json)['to'])).toEqual(['2026-04-01', '2026-04-15'])
  const ticket = (await ask(other.token, 'GET', `portal/requests/${other.ticket}`)).json()
  expect(ticket).toMatchObject({
    progress: 'Released',
    told: { behaviour: 'Exports are complete.' },
    promise: { release: '2.0', to: '2026-04-15', releasedAt: expect.any(String) },
    mayTry: true,
  })
  expect(
    (await ask(other.token, 'POST', `portal/requests/${other.ticket}/verify`, { works: true })).status,
  ).toBe(204)
  expect((await ask(other.token, 'GET', `portal/requests/${other.ticket}`)).json()).toMatchObject({
    mayTry: false,
  })
})

it('lets a customer read the names of support, and of nobody else on the staff', async () => {
  const admin = await api.tokenOf('owner')
  const person = async (name: string, role: 'agent' | 'engineer') => {
    const personId = await make(admin, 'people', { name, email: `${name}@staff.test`, roles: [role] })
    return api.tokenOf(role, { personId })
  }
  const words = { text: 'Hello.', audience: 'everyone' }
  await make(await person('ada', 'agent'), `tickets/${acme.ticket}/comments`, words)
  await make(await person('erik', 'engineer'), `tickets/${acme.ticket}/comments`, words)
  const { text } = await ask(acme.token, 'GET', `portal/requests/${acme.ticket}/timeline`)
  expect([text.includes('"ada"'), text.includes('erik')]).toEqual([true, false])
  for (const page of ['comments', 'timeline'])
    expect((await ask(agent, 'GET', `tickets/${acme.ticket}/${page}`)).text).toContain('"erik"')
})
