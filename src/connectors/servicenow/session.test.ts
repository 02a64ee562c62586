import { afterEach, describe, expect, it } from 'vitest'
import { type FakeWorld, incident, makeOurs, manyWorlds, shownOf, sysId } from './fake-session.ts'

const { open: world, close } = manyWorlds()
afterEach(close)

describe('what is shown', () => {
  it('is the same whatever language, time zone and date format the account has', async () => {
    const it = await world()
    const ref = await makeOurs(it.session, { due: '2026-02-01T12:00:00.000Z', 'cf:category': 'Network' })
    const before = await shownOf(it.session, ref)
    Object.assign(it.fake.account, { language: 'de', offsetMinutes: 120, dateFormat: 'german' })
    expect(await shownOf(it.connect({}), ref)).toEqual(before)
    expect(before.fields).toMatchObject({
      status: 'New',
      priority: '5 - Planning',
      due: '2026-02-01T12:00:00.000Z',
      'cf:category': 'Network',
    })
  })

  it('is in the language of the settings, and by value where they say so', async () => {
    const it = await world()
    const ref = await makeOurs(it.session, { 'cf:category': 'Network' })
    const german = await shownOf(it.connect({ language: 'de' }), ref)
    expect(german.fields).toMatchObject({ status: 'Neu', 'cf:category': 'Netzwerk' })
    const raw = await shownOf(it.connect({ choices: 'values' }), ref)
    expect(raw.fields).toMatchObject({ status: '1', 'cf:category': 'network', 'cf:impact': '3' })
  })

  it('leaves out a column that an ACL hides, because what is not told is not empty', async () => {
    const it = await world()
    const ref = await makeOurs(it.session, { description: 'Words' })
    it.fake.account.hiddenColumns.add('incident.description')
    const { fields } = await shownOf(it.session, ref)
    expect('description' in fields).toBe(false)
    expect(fields.title).toBe('Login fails')
  })

  it('holds no list of comments when some are hidden: that is not the same as none', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    await it.fake.byHand.update('incident', sysId(ref), { comments: 'Seen', work_notes: 'Hidden' })
    it.fake.account.hiddenTables.add('sys_journal_field')
    expect((await shownOf(it.session, ref)).comments).toBeNull()
  })

  it('names people with their addresses in one call, and authors in one more', async () => {
    const it = await world()
    const ref = await makeOurs(it.session, { owner: it.fake.idOf('sys_user', 'agent') })
    await it.fake.byHand.update('incident', sysId(ref), { comments: 'From the customer' }, 'customer')
    // Choice lists and the account are asked for once a session.
    await it.session.describe()
    await it.session.check()
    const calls = await it.callsOf(async () => {
      const { people, comments } = await shownOf(it.session, ref)
      expect(people.map(({ email }) => email)).toContain('agent@example.com')
      expect(comments?.map(({ author }) => author?.email)).toEqual(['customer@example.com'])
    })
    expect(calls).toEqual([
      'GET /api/now/table/incident',
      'GET /api/now/table/sys_journal_field',
      'GET /api/now/attachment',
      'GET /api/now/table/sys_user',
    ])
  })

  it('reads an island of HTML in a comment as its words', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    await it.fake.byHand.update('incident', sysId(ref), {
      comments: 'See [code]<p>the <b>log</b></p>[/code] please',
    })
    expect((await shownOf(it.session, ref)).comments?.[0]?.text).toBe('See the log please')
  })

  it('says of a change where it can go, because ServiceNow itself does', async () => {
    const it = await world({ tables: ['change_request'] })
    const id = await it.fake.byHand.create('change_request', { short_description: 'Replace the switch' })
    const snapshot = await shownOf(it.session, { id: `change_request:${id}` })
    expect([snapshot.fields.status, snapshot.nextStatuses]).toEqual(['New', ['Assess', 'Canceled']])
  })

  it('is ours though the user name of the settings is written in capitals', async () => {
    const it = await world({ username: 'INTEGRATION' })
    const ref = await makeOurs(it.session)
    expect((await shownOf(it.session, ref)).createdByUs).toBe(true)
  })
})

describe('what is gone', () => {
  it('is a record that does not exist, and not one that an ACL hides', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.account.hiddenRows.add(sysId(ref))
    await expect(it.session.fetch(ref)).rejects.toMatchObject({ kind: 'auth' })
    it.fake.account.hiddenRows.clear()
    await it.fake.byHand.remove('incident', sysId(ref))
    expect(await it.session.fetch(ref)).toBe('gone')
    expect(await it.session.fetch(incident('f'.repeat(32)))).toBe('gone')
  })

  it('is not said of a write to a record that is only hidden', async () => {
    const it = await world()
    const ref = await makeOurs(it.session)
    it.fake.account.hiddenRows.add(sysId(ref))
    const update = { op: 'update', ref, fields: { title: 'x' }, version: null } as const
    await expect(it.session.push(update, 'k')).rejects.toMatchObject({ kind: 'auth' })
  })
})

describe('finding by the marker', () => {
  it('finds a copy that a person made too, for it holds the marker as well', async () => {
    const it = await world()
    const since = it.now()
    const ref = await makeOurs(it.session, {}, 'TK-77')
    it.later(5_000)
    const copy = await it.fake.byHand.copy('incident', sysId(ref))
    const found = await it.session.find('TK-77', since)
    expect(found.map(({ ref: { id } }) => id)).toEqual([`incident:${copy}`, ref.id])
    expect(found.map(({ createdByUs }) => createdByUs)).toEqual([false, true])
  })

  it('is refused where the column does not exist, because then everything would match and "none" would be a lie', async () => {
    const it = await world({ markerColumn: 'u_nowhere' })
    await it.fake.byHand.create('incident', { short_description: 'Any' })
    await expect(it.session.find('TK-1', it.now())).rejects.toMatchObject({ kind: 'invalid' })
  })

  it('lets nothing into a query that is more than a value', async () => {
    const it = await world()
    for (const marker of ['x^ORDERBYnumber', 'javascript:gs.log(1)', 'a\nb'])
      await expect(it.session.find(marker, it.now())).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('the check', () => {
  const problemsOf = async (it: FakeWorld, more = {}): Promise<string> =>
    (await it.connect(more).check()).problems.join('\n')

  it('says which right, column or setting is missing, each in a sentence', async () => {
    const it = await world()
    await it.fake.byHand.create('incident', { short_description: 'Any', comments: 'Words' })
    expect(await problemsOf(it)).toBe('')
    const { account } = it.fake
    Object.assign(account, { offsetMinutes: 60 })
    expect(await problemsOf(it)).toContain('set its time zone to GMT')
    Object.assign(account, { offsetMinutes: 0 })
    account.hiddenColumns.add('incident.cmdb_ci')
    expect(await problemsOf(it)).toContain('no column cmdb_ci')
    account.hiddenTables.add('sys_journal_field')
    expect(await problemsOf(it)).toContain('lets it read sys_journal_field')
    account.deniedTables.add('sys_choice')
    expect(await problemsOf(it)).toContain('may not read choice lists')
    expect(await problemsOf(it, { choices: 'values' })).not.toContain('choice lists')
    account.deniedTables.add('sys_audit')
    expect(await problemsOf(it, { audit: true })).toContain('may not read sys_audit')
    expect(await problemsOf(it, { tables: ['incident', 'incidnet'] })).toContain(
      'may not read the table incidnet',
    )
    expect(await problemsOf(it, { markerColumn: 'u_key' })).toContain('cannot be searched by u_key')
    account.hiddenTables.add('incident')
    expect(await problemsOf(it)).toContain('ACLs hide records of incident')
  })
})
