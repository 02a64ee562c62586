import { afterEach, describe, expect, it } from 'vitest'
import type { Operation } from '../../sync/connector.ts'
import { makeOurs, manyWorlds, shownOf, sysId } from './fake-session.ts'

const { open: world, close } = manyWorlds()
afterEach(close)

const say = (ref: { readonly id: string }, text: string, visibility: 'public' | 'internal' = 'public') =>
  ({ op: 'comment.add', ref, visibility, text }) satisfies Operation

describe('a create', () => {
  it('that a business rule aborts in silence is refused: ServiceNow says 201, and nothing holds the marker', async () => {
    const it = await world()
    it.fake.state.abortsSilently = 'forbidden'
    await expect(makeOurs(it.session, { title: 'forbidden words' })).rejects.toMatchObject({
      kind: 'invalid',
      detail: expect.stringContaining('a business rule must have aborted it'),
    })
  })

  it('asks for nothing but the create itself once people and references are known', async () => {
    const it = await world()
    const fields = {
      owner: it.fake.idOf('sys_user', 'agent'),
      'cf:assignment_group': 'Network',
      'cf:category': 'Software',
    }
    await makeOurs(it.session, fields)
    expect(await it.callsOf(() => makeOurs(it.session, fields))).toEqual(['POST /api/now/table/incident'])
  })

  it('refuses a reference that nothing or several things are called, which ServiceNow would store', async () => {
    const it = await world()
    for (const name of ['nowhere', 'twin', 'f'.repeat(32)])
      await expect(makeOurs(it.session, { 'cf:cmdb_ci': name })).rejects.toMatchObject({
        kind: 'invalid',
        field: 'cf:cmdb_ci',
      })
    expect(it.fake.ledger).toEqual([])
  })

  it('takes a reference by its sys_id too, and a choice by its value', async () => {
    const it = await world()
    const group = it.fake.idOf('sys_user_group', 'Network')
    const ref = await makeOurs(it.session, { 'cf:assignment_group': group, 'cf:category': 'network' })
    expect((await shownOf(it.session, ref)).fields).toMatchObject({
      'cf:assignment_group': 'Network',
      'cf:category': 'Network',
    })
  })

  it('computes no priority: it is written by impact and urgency', async () => {
    const it = await world()
    await expect(makeOurs(it.session, { priority: '1 - Critical' })).rejects.toMatchObject({
      field: 'priority',
    })
    const ref = await makeOurs(it.session, { 'cf:impact': '1 - High', 'cf:urgency': '1 - High' })
    expect((await shownOf(it.session, ref)).fields.priority).toBe('1 - Critical')
  })
})

describe('an update', () => {
  it('names the field that the account may not write, though ServiceNow says 200', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.account.readOnlyColumns.add('incident.due_date')
    const fields = { title: 'Taken', due: '2026-02-01T12:00:00.000Z' }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'due',
    })
  })

  it('that a rule aborts in silence is not called done', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.state.abortsSilently = 'forbidden'
    const fields = { title: 'forbidden words' }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'title',
    })
  })

  it('says that a title was cut', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    const fields = { title: 'x'.repeat(200) }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'invalid',
      field: 'title',
    })
  })

  it('of a closed record is refused without stopping the connection: the ACL is about that record', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    await it.fake.byHand.update('incident', sysId(ref), { state: '7' })
    const fields = { title: 'Late' }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'invalid',
      detail: expect.stringContaining('security constraints'),
    })
  })

  it('is unknown when the quota ended it, for it may have been done', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.set([{ kind: 'quota', method: 'PATCH' }])
    const fields = { title: 'Slow' }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'unknown',
    })
  })

  it('of a sleeping instance is down: nothing can have been done there', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.set([{ kind: 'hibernating', method: 'PATCH' }])
    const fields = { title: 'Wake up' }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'down',
      detail: expect.stringContaining('hibernating'),
    })
  })

  it('waits as long as a rate limit rule says', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.set([{ kind: 'rate' }])
    const fields = { title: 'Often' }
    await expect(it.session.push({ op: 'update', ref, fields, version: null }, 'k')).rejects.toMatchObject({
      kind: 'rate',
      retryAt: new Date(it.now().getTime() + 1_800_000),
    })
  })

  it('tells by sys_audit what it replaced, in the words of snapshots', async () => {
    const it = await world({ audit: true })
    const ref = await makeOurs(it.session, { 'cf:category': 'Software', 'cf:assignment_group': 'Network' })
    const { version } = await shownOf(it.session, ref)
    await it.fake.byHand.update('incident', sysId(ref), {
      category: 'inquiry',
      assignment_group: it.fake.idOf('sys_user_group', 'Service Desk'),
      due_date: '2026-02-01 12:00:00',
    })
    const fields = { 'cf:category': 'Network', 'cf:assignment_group': null, due: null }
    const operation = { op: 'update', ref, fields, version: null, since: version } as const
    const told = {
      'cf:category': 'Inquiry / Help',
      'cf:assignment_group': 'Service Desk',
      due: '2026-02-01T12:00:00.000Z',
    }
    expect((await it.session.push(operation, 'k')).overwrote).toEqual(told)
    expect(await it.session.overwritten?.(operation)).toEqual(told)
  })

  it('offers to tell nothing where the account may not read sys_audit', async () => {
    const it = await world()
    expect(it.session.overwritten).toBeUndefined()
  })
})

describe('a transition', () => {
  it('names what resolving wants and was not given', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    const resolve = (fields: Readonly<Record<string, string>>) =>
      it.session.push({ op: 'transition', ref, to: 'Resolved', fields }, 'k')
    await expect(resolve({})).rejects.toMatchObject({ kind: 'invalid', field: 'cf:close_code' })
    await expect(resolve({ 'cf:close_code': 'Known error' })).rejects.toMatchObject({
      field: 'cf:close_notes',
    })
    await resolve({ 'cf:close_code': 'Known error', 'cf:close_notes': 'See the article' })
    expect((await shownOf(it.session, ref)).statusCategory).toBe('done')
  })

  it('that a rule refuses says so with the rule’s own words', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    await expect(
      it.session.push({ op: 'transition', ref, to: 'Closed', fields: {} }, 'k'),
    ).rejects.toMatchObject({
      kind: 'invalid',
      field: 'status',
      detail: expect.stringContaining('Check State Transition'),
    })
  })
})

describe('a comment', () => {
  it('is found in the journal, because the record shows none', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    const { elementId } = await it.session.push(say(ref, 'Turned off and on'), 'k')
    expect((await shownOf(it.session, ref)).comments).toMatchObject([
      { id: elementId, text: 'Turned off and on' },
    ])
  })

  it('cannot put HTML onto an agent’s screen, and comes back as it was written', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    const text = 'Try [code]<img src=x onerror=alert(1)>[/code] and [CODE]<b>x</b>[/CODE]'
    await it.session.push(say(ref, text, 'internal'), 'k')
    const stored = [...(it.fake.state.tables.get('sys_journal_field')?.values() ?? [])].at(-1)
    expect(stored?.['value']).not.toMatch(/\[\/?code\]/i)
    expect((await shownOf(it.session, ref)).comments?.[0]?.text).toBe(text)
  })

  it('that a rule threw away is not called written', async () => {
    const it = await world()
    const ref = await makeOurs(it.session, { title: 'quiet' })
    it.fake.state.abortsSilently = 'quiet'
    await expect(it.session.push(say(ref, 'Words'), 'k')).rejects.toMatchObject({ kind: 'invalid' })
  })
})
