import { afterEach, describe, expect, it } from 'vitest'
import type { PullPage, Session } from '../../sync/connector.ts'
import type { ToolFields } from '../../sync/snapshot.ts'
import { openTool } from '../open-tool.ts'
import { type AzureFake, type AzureFakeOptions, startAzureFake } from './fake.ts'
import { azureDevops } from './index.ts'

const NOW = () => new Date('2026-01-05T09:00:00.000Z')
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

const started = async (
  options: AzureFakeOptions = {},
): Promise<{ readonly fake: AzureFake; readonly session: Session }> => {
  const fake = await startAzureFake({ now: NOW, ...options })
  const http = openTool(azureDevops, fake.settings, { now: NOW, allowPrivate: [fake.address] })
  open.push(fake.close, http.close)
  return { fake, session: azureDevops.connect(fake.settings, http, NOW) }
}

const shown = async (session: Session, id: number) => {
  const snapshot = await session.fetch({ id: String(id) })
  if (snapshot === 'gone') throw new Error(`${id} is gone`)
  return snapshot
}
const update = (session: Session, id: number, fields: ToolFields) =>
  session.push({ op: 'update', ref: { id: String(id) }, fields, version: null }, 'k')

const everyPage = async (session: Session, cursor: string): Promise<PullPage> => {
  const page = await session.pull(cursor, 'changes')
  if (!page.more) return page
  const rest = await everyPage(session, page.cursor)
  return { ...rest, snapshots: [...page.snapshots, ...rest.snapshots] }
}

const ADDRESS = 'https://causeway.example/api/hooks/azure'

describe('reading', () => {
  it('shows a description by the type: a bug’s are its steps, because its form shows nothing else', async () => {
    const { fake, session } = await started()
    const described = { 'System.Title': 't', 'System.Description': 'D', 'Microsoft.VSTS.TCM.ReproSteps': 'S' }
    const bug = fake.people.create(described)
    const story = fake.people.create(
      { 'System.Title': 't', 'System.Description': 'D' },
      undefined,
      'User Story',
    )
    expect((await shown(session, bug)).fields.description).toBe('S')
    expect((await shown(session, story)).fields.description).toBe('D')
    await update(session, story, { description: '<p>new</p>' })
    await update(session, bug, { description: '<p>new</p>' })
    expect(fake.state.items.get(story)?.fields['System.Description']).toBe('<p>new</p>')
    expect(fake.state.items.get(bug)?.fields['Microsoft.VSTS.TCM.ReproSteps']).toBe('<p>new</p>')
  })

  it('asks once for an item without comments and files, and once more for each of the two', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't' })
    await shown(session, id)
    const callsOf = async (): Promise<number> => {
      const before = fake.calls()
      await shown(session, id)
      return fake.calls() - before
    }
    expect(await callsOf()).toBe(1)
    fake.people.comment(id, 'word')
    expect(await callsOf()).toBe(2)
    fake.people.attach(id, 'a.txt', Buffer.from('a'))
    expect(await callsOf()).toBe(3)
  })

  it('reads every page of comments, oldest first, and a Markdown one as HTML', async () => {
    const { fake, session } = await started({ pageLimit: 2 })
    const id = fake.people.create({ 'System.Title': 't' })
    for (const text of ['1', '2', '3', '4']) fake.people.comment(id, text)
    fake.people.comment(id, '**5**', 'markdown')
    const { comments } = await shown(session, id)
    expect(comments?.map(({ text }) => text.replace(/<\/?(p|strong)>/g, '').trim())).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ])
    expect(comments?.at(-1)?.text).toContain('<strong>')
  })

  it('calls nothing gone while a followed project is hidden, because both look alike', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't' })
    fake.state.hidden.add('Fabrikam Fiber')
    await expect(session.fetch({ id: String(id) })).rejects.toMatchObject({ kind: 'auth' })
    fake.state.hidden.clear()
    fake.people.delete(id)
    expect(await session.fetch({ id: String(id) })).toBe('gone')
    fake.people.restore(id)
    expect((await shown(session, id)).ref.id).toBe(String(id))
  })

  it('takes a page to sign in at for refused credentials, though its status is one of success', async () => {
    const { session } = await started({ settings: { token: 'expired' } })
    await expect(session.check()).rejects.toMatchObject({ kind: 'auth' })
    await expect(session.download({ id: '1' }, '098a279a-60b9-40a8-868b-b7fd00c0a439')).rejects.toMatchObject(
      {
        kind: 'auth',
      },
    )
  })

  it('checks what one can forget: the project, the type, the marker field', async () => {
    const problems = async (settings: AzureFakeOptions['settings']) =>
      (await (await started({ settings: settings ?? {} })).session.check()).problems
    expect(await problems({})).toEqual([])
    expect((await problems({ projects: ['Nowhere'] }))[0]).toContain('Nowhere')
    expect((await problems({ defaultType: 'Issue' }))[0]).toContain('Issue')
    expect((await problems({ markerField: 'Custom.Other' }))[0]).toContain('Custom.Other')
  })
})

describe('iterations', () => {
  it('come with the first round and then only when one changed, because they have no time of change', async () => {
    const { fake, session } = await started()
    const { cursor } = await session.pull(null, 'changes')
    const quiet = await everyPage(session, cursor)
    expect(quiet.snapshots).toEqual([])
    const release = fake.state.projects[0]?.iterations.children[1]
    if (release !== undefined) release.name = 'Release 2b'
    const { snapshots, cursor: next } = await everyPage(session, quiet.cursor)
    expect(snapshots.map(({ fields }) => fields.title)).toContain('Release 2b')
    expect((await everyPage(session, next)).snapshots).toEqual([])
  })

  it('are renamed and moved to another end, and keep their start', async () => {
    const { fake, session } = await started()
    const node = fake.state.projects[0]?.iterations.children[0]?.children[0]
    const ref = { id: `iteration:${node?.identifier}` }
    const fields = { title: 'Release 1\\Sprint One', due: '2026-01-20' }
    await session.push({ op: 'update', ref, fields, version: null }, 'k')
    expect(node).toMatchObject({
      name: 'Sprint One',
      attributes: { startDate: '2026-01-05T00:00:00Z', finishDate: '2026-01-20T00:00:00Z' },
    })
    const elsewhere = { op: 'update', ref, fields: { title: 'Release 2\\Sprint' }, version: null } as const
    await expect(session.push(elsewhere, 'k')).rejects.toMatchObject({ kind: 'invalid', field: 'title' })
    expect((await session.fetch(ref)) === 'gone').toBe(false)
  })

  it('are no releases unless the settings say so, because most are sprints', async () => {
    const { fake, session } = await started({ settings: { iterationsAsReleases: false } })
    expect(azureDevops.capabilities(fake.settings).records).toEqual(['item'])
    const id = fake.people.create({
      'System.Title': 't',
      'System.IterationPath': 'Fabrikam Fiber\\Release 2',
    })
    const { fields } = await shown(session, id)
    expect(fields.release).toBeUndefined()
    expect(fields['cf:Iteration Path']).toBe('Fabrikam Fiber\\Release 2')
    expect((await session.pull(null, 'all')).snapshots.every(({ kind }) => kind === 'item')).toBe(true)
  })
})

describe('writing', () => {
  it('replaces tags, because adding joins them to those there are', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't', 'System.Tags': 'old; kept' })
    await update(session, id, { labels: ['kept', 'new'] })
    expect((await shown(session, id)).fields.labels).toEqual(['kept', 'new'])
    await update(session, id, { labels: [] })
    expect((await shown(session, id)).fields.labels).toEqual([])
    await expect(update(session, id, { labels: ['a; b'] })).rejects.toMatchObject({ field: 'labels' })
  })

  it('keeps a field in Markdown that people write so', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't' })
    fake.people.writeMarkdown(id, 'Microsoft.VSTS.TCM.ReproSteps', '**theirs**')
    expect((await shown(session, id)).fields.description).toContain('<strong>theirs</strong>')
    await update(session, id, { description: '<p>now <em>ours</em></p>' })
    expect(String(fake.state.items.get(id)?.fields['Microsoft.VSTS.TCM.ReproSteps']).trim()).toBe(
      'now _ours_',
    )
  })

  it('moves an item to another project’s own area, unless one is named with it', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't', 'System.AreaPath': 'Fabrikam Fiber\\Website' })
    await update(session, id, { container: 'Tailspin' })
    expect((await shown(session, id)).fields).toMatchObject({ container: 'Tailspin', component: null })
    await update(session, id, { container: 'Fabrikam Fiber', component: 'Website\\Login' })
    expect((await shown(session, id)).fields).toMatchObject({
      container: 'Fabrikam Fiber',
      component: 'Website\\Login',
    })
  })

  it('names the field whose value is refused, also where only a sentence tells it', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't' })
    const fieldOf = async (fields: ToolFields) =>
      update(session, id, fields).then(
        () => 'taken',
        (error: { readonly field?: unknown }) => error.field,
      )
    expect(await fieldOf({ title: 'x', component: 'Nowhere' })).toBe('component')
    expect(await fieldOf({ title: 'x', owner: 'nobody@fabrikam.example' })).toBe('owner')
    expect(await fieldOf({ title: 'x', priority: '9' })).toBe('priority')
    expect(await fieldOf({ title: 'x', 'cf:Severity': 'bad' })).toBe('cf:Severity')
    expect(await fieldOf({ 'cf:Nothing': 'x' })).toBe('cf:Nothing')
  })

  it('says in one sentence that a comment of somebody else is not ours to change', async () => {
    const { fake, session } = await started()
    const id = fake.people.create({ 'System.Title': 't' })
    const commentId = String(fake.people.comment(id, 'theirs'))
    const edit = { op: 'comment.edit', ref: { id: String(id) }, commentId, text: 'ours' } as const
    await expect(session.push(edit, 'k')).rejects.toMatchObject({ kind: 'invalid' })
  })
})

describe('service hooks', () => {
  it('are set up once for each project and event, whoever asks again', async () => {
    const { fake, session } = await started()
    expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'registered', until: null, problem: null })
    expect(fake.state.subscriptions.size).toBe(10)
    expect(await session.keepHook?.(ADDRESS)).toEqual({ did: 'nothing', until: null, problem: null })
    expect(fake.state.subscriptions.size).toBe(10)
  })

  it('ring in a form that is read, for a change by a person', async () => {
    const { fake, session } = await started()
    await session.keepHook?.(ADDRESS)
    const id = fake.people.create({ 'System.Title': 't' })
    fake.people.edit(id, { 'System.Title': 'u' })
    fake.people.comment(id, 'word')
    fake.people.delete(id)
    expect(fake.posted.length).toBe(4)
    for (const { bytes, headers, url } of fake.posted) {
      expect(url).toBe(ADDRESS)
      expect(azureDevops.webhook?.({ bytes, headers, now: NOW() }, fake.settings)).toMatchObject({
        outcome: 'hints',
        refs: [{ id: String(id) }],
      })
    }
  })

  it('are switched on again after the tool gave up, and left alone where a person switched one off', async () => {
    const { fake, session } = await started()
    await session.keepHook?.(ADDRESS)
    const [first, second] = [...fake.state.subscriptions.values()]
    if (first === undefined || second === undefined) throw new Error('there are none')
    first['status'] = 'disabledBySystem'
    second['status'] = 'onProbation'
    expect(await session.keepHook?.(ADDRESS)).toMatchObject({ did: 'enabled', problem: null })
    const now = [...fake.state.subscriptions.values()]
    expect(now.map((one) => one['status'])).toEqual(now.map(() => 'enabled'))
    const [byHand] = now
    if (byHand !== undefined) byHand['status'] = 'disabledByUser'
    expect(await session.keepHook?.(ADDRESS)).toMatchObject({
      did: 'nothing',
      problem: expect.stringContaining('switched service hooks'),
    })
  })

  it('are taken back, and those of others stay', async () => {
    const { fake, session } = await started()
    await session.keepHook?.(ADDRESS)
    await session.keepHook?.(`${ADDRESS}-2`)
    await session.dropHook?.(ADDRESS)
    expect(fake.state.subscriptions.size).toBe(10)
  })

  it('are not asked for without a secret or a public address, but told', async () => {
    const without = await started({ settings: { webhookSecret: '' } })
    expect((await without.session.keepHook?.(ADDRESS))?.problem).toContain('secret')
    const { session } = await started()
    expect((await session.keepHook?.('http://inside/x'))?.problem).toContain('https')
  })
})
