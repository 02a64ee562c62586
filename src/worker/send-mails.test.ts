import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { createPerson } from '../commands/create-person.ts'
import { runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import { type Mailer, openMailer } from '../mail/mailer.ts'
import { sendMails } from './send-mails.ts'

let api: TestApi
let mailer: Mailer
let server: SMTPServer
let letters: { to: string; text: string }[] = []
/** What the server says instead of yes. */
let refusal: { code: number; text: string } | null = null
let from = 0

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refusal !== null)
          return done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
        const to = session.envelope.rcptTo.map((one) => one.address).join()
        letters.push({ to, text: Buffer.concat(chunks).toString() })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  mailer = openMailer({ url, from: 'Support <support@desk.example>' })
  api = await openTestApi()
  Object.assign(api.deps.config, { smtp: { url, from: 'x@desk.example' } })
  await runCommand(api.runner, SYSTEM, createPerson, {
    name: 'Dora',
    email: 'dora@desk.example',
    roles: ['agent'],
  })
})
beforeEach(async () => {
  letters = []
  refusal = null
  from += 1
  // another hour, in which nobody was sent anything yet
  api.clock.now = new Date(api.clock.now.getTime() + 2 * 3_600_000)
  await api.database.db.updateTable('outgoing_mail').set({ ended_at: new Date() }).execute()
})
afterAll(async () => {
  mailer.close()
  await api.close()
  await new Promise<void>((resolve) => server.close(resolve))
})

const forget = (email: string) =>
  api.server.app.inject({
    method: 'POST',
    url: '/api/v1/password/forgotten',
    remoteAddress: `192.0.2.${from}`,
    headers: { host: 'desk.example' },
    payload: { email },
  })
const send = () =>
  sendMails({ runner: api.deps.runner as never, masterKey: api.deps.master, mailer, log: () => {} })
const waiting = () =>
  api.database.db.selectFrom('outgoing_mail').selectAll().where('ended_at', 'is', null).execute()
const dueNow = () =>
  api.database.db
    .updateTable('outgoing_mail')
    .set({ due_at: new Date(0) })
    .where('ended_at', 'is', null)
    .execute()

describe('who forgot their password', () => {
  it('gets a letter with an address that lets them choose another, once', async () => {
    expect((await forget('DORA@desk.example')).statusCode).toBe(202)
    expect(await send()).toBe(1)
    expect(letters.map((one) => one.to)).toEqual(['dora@desk.example'])
    const text = letters[0]?.text.replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? ''
    expect(text).toMatch(/^Auto-Submitted: auto-generated/m)
    const oneTimeToken = /http:\/\/desk\.example\/welcome#token=(cw_[\w-]{43})/.exec(text)?.[1] ?? ''
    const choose = () =>
      api.server.app.inject({
        method: 'POST',
        url: '/api/v1/setup',
        payload: { oneTimeToken, password: 'correct horse battery' },
      })
    expect((await choose()).json()).toMatchObject({ name: 'Dora', roles: ['agent'] })
    expect((await choose()).statusCode).toBe(403)
    expect(await send()).toBe(0)
  })

  it('is answered like somebody whom nobody knows', async () => {
    const [known, unknown] = [await forget('dora@desk.example'), await forget('nobody@desk.example')]
    expect([unknown.statusCode, unknown.json()]).toEqual([known.statusCode, known.json()])
    await send()
    expect(letters).toHaveLength(1)
  })

  it('gets three letters an hour at most, however often somebody asks for them', async () => {
    for (let times = 0; times < 6; times += 1) await forget('dora@desk.example')
    await send()
    expect(letters).toHaveLength(3)
  })

  it('has nothing to read in the database: the letter is sealed, and gone when it is sent', async () => {
    await forget('dora@desk.example')
    expect(JSON.stringify(await waiting())).not.toMatch(/cw_|welcome/)
    await send()
    const rows = await api.database.db.selectFrom('outgoing_mail').select(['body', 'fault']).execute()
    expect(rows.filter((row) => row.body === '' && row.fault === null)).not.toEqual([])
  })
})

describe('a mail', () => {
  it('waits while the server does not take it, and goes later', async () => {
    refusal = { code: 451, text: 'try again later' }
    await forget('dora@desk.example')
    await send()
    expect(await send()).toBe(0)
    expect(await waiting()).toMatchObject([{ tries: 1, fault: expect.stringContaining('try again later') }])
    refusal = null
    await dueNow()
    await send()
    expect(letters).toHaveLength(1)
  })

  it('is given up when the server refuses it for good', async () => {
    refusal = { code: 550, text: 'no such mailbox' }
    await forget('dora@desk.example')
    await send()
    expect(await waiting()).toEqual([])
    await dueNow()
    expect(await send()).toBe(0)
  })

  it('is taken by one of two who look at the same moment', async () => {
    await forget('dora@desk.example')
    const taken = await Promise.all([send(), send()])
    expect([taken.reduce((sum, one) => sum + one, 0), letters.length]).toEqual([1, 1])
  })

  it('is left to the next one by who died with it', async () => {
    await forget('dora@desk.example')
    const dead = openMailer({ url: 'smtp://127.0.0.1:1', from: 'x@desk.example' })
    await sendMails({
      runner: api.deps.runner as never,
      masterKey: api.deps.master,
      mailer: dead,
      log: () => {},
    })
    expect(await waiting()).toMatchObject([{ tries: 1 }])
    await dueNow()
    await send()
    expect(letters).toHaveLength(1)
    dead.close()
  })
})
