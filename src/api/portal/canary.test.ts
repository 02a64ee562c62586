import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { createToken, DAY_MS } from '../../commands/create-token.ts'
import { runCommand } from '../../commands/run-command.ts'
import { makeSignal } from '../../commands/work-signal.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { openMailer } from '../../mail/mailer.ts'
import { CUSTOMER_MAILS } from '../../store/outgoing-mail.ts'
import { sendMails } from '../../worker/send-mails.ts'
import { tellCustomers } from '../../worker/tell-customers.ts'
import { allows } from '../access.ts'
import { noticeSealer } from '../notice-sealer.ts'

/**
 * One word that stands in every place from inside, and in nothing that customers were told. Whatever any of them can
 * ask, on whichever route, must not hold it. Places are found in the schema and not listed by hand: a column that is
 * added tomorrow carries the word too, unless it is named here as one that customers read.
 */
const CANARY = 'kestrel-7741'

/** What customers may read, by table and column; everything else of a text or JSON column is inside. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  ticket: ['title', 'description', 'release_version', 'environment', 'workaround', 'answers', 'key'],
  message: ['body', 'author'],
  work_item: ['workaround', 'behaviour_note', 'decline_reason'],
  release: ['name'],
  product: ['key', 'name', 'request_form'],
  customer: ['key', 'name'],
  contact: ['name', 'email'],
  installation: ['environment', 'version'],
  notice: ['text', 'language'],
  notice_template: ['*'],
  notice_ticket: ['shown_key'],
  // their own access, and words that the database checks
  token: ['*'],
  account: ['*'],
  setting: ['*'],
  idempotency: ['*'],
  kysely_migration: ['*'],
  kysely_migration_lock: ['*'],
  event: ['kind', 'record_kind'],
}
/** Columns that hold words of ours, which are told in words of their own; another value would mean nothing. */
const FIXED =
  /^(state|kind|needs|waiting_for|severity|priority|audience|record_kind|roles|party|origin|media_type|sha256|purpose|shared_with|list|end)$/

let api: TestApi
let plain: string
let admin: string
let ticket: string
let files: { inside: string; outside: string }

const ask = async (
  token: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  payload?: object,
) =>
  api.server.app.inject({
    method,
    url: `/api/v1/${url}`,
    headers: { authorization: `Bearer ${token}` },
    ...(payload === undefined ? {} : { payload }),
  })
const made = async (token: string, path: string, payload: object): Promise<Record<string, string>> => {
  const answer = await ask(token, 'POST', path, payload)
  expect([path, answer.statusCode, answer.body]).toEqual([path, 201, expect.any(String)])
  return answer.json()
}
const upload = async (token: string, path: string): Promise<string> => {
  const answer = await api.server.app.inject({
    method: 'POST',
    url: `/api/v1/${path}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
    payload: 'bytes',
  })
  expect(answer.statusCode).toBe(201)
  return answer.json<{ id: string }>().id
}

/** Writes the word over every text that is inside. */
const plant = async (): Promise<number> => {
  const { rows } = await sql<{ table: string; column: string; type: string }>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
      and format_type(a.atttypid, a.atttypmod) in ('text', 'jsonb', 'text[]')`.execute(api.runner.db)
  let planted = 0
  for (const { table, column, type } of rows) {
    const told = TOLD[table] ?? []
    if (told.includes('*') || told.includes(column) || FIXED.test(column)) continue
    const value =
      type === 'jsonb'
        ? table === 'event'
          ? // whom an event's words are for stays readable, or none would be told
            sql`${sql.ref(column)} || jsonb_build_object('word', ${CANARY}::text, 'name', ${CANARY}::text)`
          : sql`jsonb_build_object('word', ${CANARY}::text, 'name', ${CANARY}::text, 'was', ${sql.ref(column)})`
        : type === 'text[]'
          ? sql`array[${CANARY}::text]`
          : sql`${CANARY}::text || '-' || ctid::text`
    const done = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value}`.execute(
      api.runner.db,
    )
    planted += Number(done.numAffectedRows ?? 0n) > 0 ? 1 : 0
  }
  return planted
}

beforeAll(async () => {
  api = await openTestApi()
  const owner = await api.tokenOf('owner')
  await made(owner, 'teams', { key: 'core', name: 'Core' })
  const product = await made(owner, 'products', { key: 'atlas', name: 'Atlas', team: 'core' })
  await made(owner, 'components', { product: 'atlas', key: 'export', name: 'Export', team: 'core' })
  await ask(owner, 'PUT', `products/${product['id']}/form`, { form: [] })
  const { contactId, customerId } = await api.customer('Acme')
  plain = await api.tokenOf('customer', { contactId })
  admin = await api.tokenOf('customer admin', { contactId })
  const person = async (role: 'agent' | 'engineer') => {
    const { id = '' } = await made(owner, 'people', {
      name: `A ${role}`,
      email: `${role}@staff.test`,
      roles: [role],
    })
    return api.tokenOf(role, { personId: id })
  }
  const [agent, engineer] = [await person('agent'), await person('engineer')]
  await made(owner, 'installations', { customer: customerId, product: 'atlas', environment: 'production' })
  const said = { title: 'Export fails', description: 'It stops.', product: 'atlas' }
  ticket = (await made(plain, 'portal/requests', said))['id'] ?? ''
  await ask(agent, 'POST', `tickets/${ticket}/take`, {})
  await ask(agent, 'PATCH', `tickets/${ticket}`, {
    set: { component: 'export', severity: 'high', custom: { note: 'x' } },
  })
  await made(agent, `tickets/${ticket}/comments`, { text: 'Among us', audience: 'staff' })
  await made(agent, `tickets/${ticket}/comments`, { text: 'We look', audience: 'everyone' })
  const item = (await ask(agent, 'POST', `tickets/${ticket}/escalate`, {})).json<{
    workItem: { key: string }
  }>().workItem.key
  await made(engineer, `work-items/${item}/comments`, { text: 'Found it', audience: 'everyone' })
  await made(engineer, `work-items/${item}/comments`, { text: 'Awful code', audience: 'engineering' })
  const release = await made(engineer, 'releases', { product: 'atlas', name: '2.0' })
  await ask(engineer, 'POST', `work-items/${item}/accept`, {})
  await ask(engineer, 'PATCH', `work-items/${item}`, {
    set: { release: release['id'], rootCause: 'x', steps: 'x', workaround: 'Wait' },
  })
  files = {
    inside: await upload(agent, `tickets/${ticket}/attachments?name=inside.log&audience=staff`),
    outside: await upload(plain, `portal/requests/${ticket}/files?name=outside.log`),
  }
  // a file for everyone keeps its name and hash, or there would be nothing to fetch
  const kept = await api.runner.db
    .selectFrom('attachment')
    .select(['name', 'sha256', 'author'])
    .where('id', '=', files.outside)
    .executeTakeFirstOrThrow()
  const roles = await api.runner.db.selectFrom('person').select(['id', 'name', 'roles']).execute()
  expect(await plant()).toBeGreaterThan(25)
  await api.runner.db
    .updateTable('attachment')
    .set({ name: kept.name, sha256: kept.sha256, author: JSON.stringify(kept.author) })
    .where('id', '=', files.outside)
    .execute()
  // the names of support are read by customers; nothing else about them is, and nothing at all about engineers
  for (const { id, name, roles: held } of roles)
    if (held.includes('agent'))
      await api.runner.db.updateTable('person').set({ name }).where('id', '=', id).execute()
})
afterAll(() => api.close())

/** The word may be in nothing a customer is answered, whatever the status. */
const holdsNothing = (what: readonly unknown[], body: string): void =>
  expect([...what, body.includes(CANARY) ? body : '']).toEqual([...what, ''])

it('is in no answer to a customer or to who looks after their organisation, on any route there is', async () => {
  const parameters: Readonly<Record<string, readonly string[]>> = {
    ref: [ticket, randomUUID()],
    id: [files.inside, files.outside, ticket],
  }
  let answered = 0
  for (const [role, token] of [
    ['customer', plain],
    ['customer admin', admin],
  ] as const)
    for (const route of api.server.routes) {
      if (route.url === '/api/v1/events' || route.url.includes('*')) continue
      const names = [...route.url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
      for (const value of names.length === 0 ? [''] : (parameters[names[0] ?? ''] ?? [ticket])) {
        const url = route.url.replaceAll(/:\w+/g, value)
        const query = url.endsWith('/likely') ? '?text=Export+fails' : ''
        const answer = await api.server.app.inject({
          method: route.method as 'GET',
          url: `${url}${query}`,
          headers: { authorization: `Bearer ${token}` },
          // nothing here ends what the next question needs
          ...(route.method === 'GET' || /session|password|second-factor/.test(url) ? {} : { payload: {} }),
        })
        if (allows(route.access, [role]) && answer.statusCode === 200) answered += 1
        holdsNothing([role, route.method, url, answer.statusCode], answer.body)
      }
    }
  expect(answered).toBeGreaterThan(14)
})

it('is in nothing they read by searching, filtering and paging, and their own is there', async () => {
  for (const token of [plain, admin])
    for (const path of [
      'portal/requests?limit=1',
      `portal/requests?text=${CANARY}`,
      `portal/requests/${ticket}/timeline?limit=200`,
      `portal/likely?text=${CANARY}+export`,
      `portal/files/${files.outside}/content`,
    ]) {
      const answer = await ask(token, 'GET', path)
      expect([path, answer.statusCode]).toEqual([path, 200])
      holdsNothing([path], answer.body)
    }
  const seen = await ask(plain, 'GET', `portal/requests/${ticket}/timeline`)
  expect(seen.body).toContain('We look')
  expect(seen.body).toContain('Found it')
  expect((await ask(plain, 'GET', `portal/files/${files.inside}/content`)).statusCode).toBe(404)
})

it('is in no event that a customer’s screen hears', async () => {
  const url = await api.server.app.listen({ port: 0, host: '127.0.0.1' })
  const stop = new AbortController()
  const heard = await fetch(`${url}/api/v1/events?after=0.0`, {
    headers: { authorization: `Bearer ${plain}` },
    signal: stop.signal,
  })
  const reader = heard.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('comment.added')) {
    const more = await reader?.read()
    if (more?.value === undefined) break
    text += more.value
  }
  stop.abort()
  expect(text).toContain('ticket.created')
  expect(text).not.toContain(CANARY)
  expect(text).not.toContain('escalation')
  expect(text).not.toContain('work-item')
})

it('is in no mail to a customer: not in its words, not in its subject, not in its headers', async () => {
  const mails: string[] = []
  const mailbox = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      let raw = session.envelope.rcptTo.map(({ address }) => address).join()
      stream.on('data', (part: Buffer) => {
        raw += part.toString()
      })
      stream.on('end', () => {
        mails.push(raw.replaceAll(/=\r?\n/g, ''))
        done()
      })
    },
  })
  await new Promise<void>((resolve) => mailbox.listen(0, '127.0.0.1', resolve))
  const url = `smtp://127.0.0.1:${(mailbox.server.address() as AddressInfo).port}`
  Object.assign(api.deps.config, { smtp: { url, from: 'support@desk.test' } })
  // whoever does it, and why, is from inside
  const owner = await api.tokenOf('owner')
  await api.runner.db.updateTable('token').set({ name: CANARY }).where('name', '=', 'test owner').execute()
  const { contactId, customerId } = await api.customer('Mailed')
  const oneTime = await runCommand(api.runner, SYSTEM, createToken, {
    ...{ name: CANARY, roles: ['customer'], contactId, oneTime: true, validForMs: DAY_MS },
  })
  await ask('', 'POST', 'setup', {
    oneTimeToken: oneTime.ok ? oneTime.value.token : '',
    password: 'correct horse battery',
  })
  const totp = { totp: 'x', totp_at: api.clock.now }
  await api.runner.db.updateTable('account').set(totp).where('contact_id', '=', contactId).execute()
  const toldOfRelease = async (contact: string, customer: string) => {
    const work = await made(owner, 'work-items', {
      kind: 'defect',
      title: CANARY,
      description: CANARY,
      product: 'atlas',
    })
    const release = await made(owner, 'releases', { product: 'atlas', name: '3.0' })
    await made(owner, 'installations', {
      customer,
      product: 'atlas',
      environment: 'production',
      release: release['id'],
    })
    const reported = { title: 'It stops', description: '', product: 'atlas', customer, contact }
    const told = await made(owner, 'tickets', reported)
    await ask(owner, 'PATCH', `work-items/${work['key']}`, {
      set: { release: release['id'], rootCause: CANARY },
    })
    await ask(owner, 'POST', `tickets/${told['key']}/join`, { workItem: work['key'] })
    await ask(owner, 'POST', `work-items/${work['key']}/accept`, {})
    await ask(owner, 'POST', `work-items/${work['key']}/move`, { to: 'done' })
    const telling = {
      runner: { ...api.runner, signal: makeSignal() },
      log: () => {},
      answerAt: null,
      seal: noticeSealer(api.deps.master, 'https://desk.test'),
    }
    await tellCustomers(telling)
    const { items } = (await ask(owner, 'GET', 'outreach?state=proposed')).json<{
      items: readonly { id: string }[]
    }>()
    const sent = await ask(owner, 'POST', 'outreach/send', { notices: items.map(({ id }) => ({ id })) })
    api.clock.now = new Date(api.clock.now.getTime() + 11_000)
    await tellCustomers(telling)
    return sent
  }
  const happens: Readonly<Record<(typeof CUSTOMER_MAILS)[number], () => ReturnType<typeof ask>>> = {
    password: () => ask('', 'POST', 'password/forgotten', { email: 'c@mailed.test' }),
    'second-factor-reset': () =>
      ask(owner, 'POST', `contacts/${contactId}/second-factor/off`, { reason: CANARY }),
    notice: () => toldOfRelease(contactId, customerId),
  }
  for (const purpose of CUSTOMER_MAILS)
    expect([purpose, (await happens[purpose]()).statusCode < 300]).toEqual([purpose, true])
  const mailer = openMailer({ url, from: 'Support <support@desk.test>' })
  await sendMails({ runner: api.deps.runner as never, masterKey: api.deps.master, mailer, log: () => {} })
  mailer.close()
  await new Promise<void>((resolve) => mailbox.close(resolve))
  expect(mails.map((mail) => mail.startsWith('c@mailed.test'))).toEqual(CUSTOMER_MAILS.map(() => true))
  for (const mail of mails) holdsNothing(['mail'], mail)
})
