import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import { openHttp } from '../http.ts'
import { redmine } from './index.ts'
import { overwroteCases } from './overwrote-cases.ts'
import type { Settings } from './schema.ts'
import {
  everyPage,
  inPieces,
  made,
  type RedmineSubject,
  sha256,
  shown,
  update,
  type Who,
} from './session-deeds.ts'

/**
 * What must hold of the connector on any Redmine: run on the pretended one by `session.test.ts`, and on a real one by
 * `test/servers/redmine.live.test.ts`, which also keeps the pretended one honest.
 */

export const sessionCases = (open: () => Promise<RedmineSubject>): void => {
  let subject: RedmineSubject | null = null
  const closers: (() => Promise<void>)[] = []
  const given = (): RedmineSubject => {
    if (subject === null) throw new Error('not started')
    return subject
  }
  const sessionAs = (who: Who, more: Partial<Settings> = {}): Session => {
    const { url, address, apiKeys, customFieldIds } = given()
    const settings: Settings = {
      url,
      apiKey: apiKeys[who],
      projects: ['atlas', 'borealis'],
      markerField: 'CausewayKey',
      richText: 'markdown',
      maxAttachmentMb: 50,
      // The server may be empty: then only an administrator could learn the ids.
      customFieldIds,
      ...more,
    }
    const http = openHttp({
      baseUrl: redmine.baseUrl(settings),
      headers: () => redmine.headers(settings),
      now: () => new Date(),
      allowPrivate: [address],
    })
    closers.push(() => http.close())
    return redmine.connect(settings, http, () => new Date())
  }
  const raw = async (method: string, path: string, who: Who, json?: unknown): Promise<number> => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    const sent = { 'x-redmine-api-key': given().apiKeys[who], 'content-type': 'application/json' }
    const answer = await fetch(`${given().url}${path}`, { method, headers: sent, ...body })
    await answer.arrayBuffer()
    return answer.status
  }
  let session: Session | null = null
  const ours = (): Session => {
    session ??= sessionAs('integration')
    return session
  }
  beforeAll(async () => {
    subject = await open()
  })
  afterAll(async () => {
    for (const close of closers) await close()
    await subject?.close()
  })

  it('finds nothing wrong with an account that has every right', async () => {
    const result = await ours().check()
    expect(result).toMatchObject({
      tool: 'Redmine',
      account: { id: String(given().userIds.integration) },
      problems: [],
    })
  })

  it('says which rights an account lacks', async () => {
    const { problems } = await sessionAs('reporter').check()
    expect(problems).toContain('In project atlas the account may not edit issues.')
  })

  it('describes projects, statuses and fields, for an account that is no administrator and for one that is', async () => {
    await made(ours())
    const seen = await ours().describe()
    expect(seen.containers.map((each) => each.id)).toEqual(expect.arrayContaining(['atlas', 'borealis']))
    expect(seen.statuses).toContainEqual({ word: 'Closed', category: 'done' })
    expect(seen.fields.map((each) => each.field)).toEqual(
      expect.arrayContaining(['cf:Severity', 'cf:CausewayKey', 'cf:Browsers', 'component', 'release']),
    )
    expect(seen.people.map((each) => each.name)).toContain('Dora Developer')
    const asAdmin = await sessionAs('admin').describe()
    expect(asAdmin.fields.find((each) => each.field === 'cf:Severity')).toMatchObject({
      kind: 'choice',
      options: ['Critical', 'High', 'Medium', 'Low'],
    })
    expect(asAdmin.people.find((each) => each.name === 'Dora Developer')?.email).toBe('dora@eng.example')
  })

  it('creates an issue with every field and reads each back as written', async () => {
    const fields = {
      title: 'Export hangs for “Ünïcode” customers',
      description: 'Steps:\n\n1. open\n2. export\n\n```\nboom\n```',
      type: 'Feature',
      priority: 'High',
      owner: String(given().userIds.developer),
      component: 'Export',
      release: '2.1.0',
      due: '2027-01-31',
      'cf:Severity': 'Critical',
      'cf:TicketKey': 'SUP-1',
      'cf:TicketURL': 'https://desk.example/t/1',
      'cf:CustomersAffected': 12,
      'cf:Browsers': ['Chrome', 'Safari'],
      'cf:FoundOn': '2026-11-20',
      'cf:Regression': true,
    } as const
    const item = await made(ours(), { fields })
    expect(item.fields).toMatchObject({
      ...fields,
      status: 'New',
      container: 'atlas',
      requester: String(given().userIds.integration),
      'cf:CustomersAffected': '12',
      'cf:Regression': '1',
    })
    expect(item).toMatchObject({
      kind: 'item',
      createdByUs: true,
      container: 'atlas',
      comments: [],
      attachments: [],
      links: [],
    })
    expect(item.nextStatuses).toContain('In Progress')
  })

  it('updates every field, clears those that can be empty, and shows the result', async () => {
    const item = await made(ours())
    const filled = {
      title: 'B',
      description: 'x\ny',
      priority: 'Low',
      owner: String(given().userIds.developer),
      component: 'Login',
      release: '2.2.0',
      due: '2027-02-01',
      type: 'Feature',
      'cf:TicketKey': 'SUP-9',
    } as const
    expect((await update(ours(), item, filled)).fields).toMatchObject(filled)
    const emptied = {
      description: '',
      owner: null,
      component: null,
      release: null,
      due: null,
      'cf:TicketKey': null,
      'cf:Browsers': null,
    } as const
    expect((await update(ours(), item, emptied)).fields).toMatchObject(emptied)
  })

  overwroteCases({ ours, as: sessionAs, raw, developer: () => String(given().userIds.developer) })

  it('walks the statuses and says that a status is ignored', async () => {
    const item = await made(ours())
    for (const to of ['In Progress', 'Resolved', 'Closed']) {
      const receipt = await ours().push({ op: 'transition', ref: item.ref, to, fields: {} }, 'k')
      expect(shown(receipt.snapshot).fields.status).toBe(to)
    }
    expect(shown(await ours().fetch(item.ref)).statusCategory).toBe('done')
    // A reporter may not change the status: Redmine answers 204 all the same (or 403 without any right to edit).
    const asReporter = sessionAs('developer')
    const other = await made(ours())
    await asReporter.push({ op: 'transition', ref: other.ref, to: 'In Progress', fields: {} }, 'k')
    const rejected = asReporter.push({ op: 'transition', ref: other.ref, to: 'Rejected', fields: {} }, 'k')
    await expect(rejected).rejects.toMatchObject({ kind: 'invalid', field: 'status' })
  })

  it('names the field that Redmine refuses', async () => {
    const item = await made(ours())
    await expect(update(ours(), item, { 'cf:Severity': 'Gigantic' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'cf:Severity',
    })
    await expect(update(ours(), item, { release: '2.0.0', title: 'closed version' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'release',
    })
    await expect(update(ours(), item, { release: '9.9' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'release',
    })
    await expect(update(ours(), item, { title: 'x'.repeat(300) })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'title',
    })
    await expect(update(ours(), item, { owner: '999999' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'owner',
    })
    await expect(update(ours(), item, { due: 'soon' })).rejects.toMatchObject({
      kind: 'invalid',
      field: 'due',
    })
  })

  it('adds public and private notes, edits and deletes them', async () => {
    const { ref } = await made(ours())
    const add = (visibility: 'public' | 'internal', text: string) =>
      ours().push({ op: 'comment.add', ref, visibility, text }, 'k')
    const open = await add('public', 'Seen.\n\n* one\n* two')
    const secret = await add('internal', 'The customer is called Rumpelstiltskin')
    const comments = shown(secret.snapshot).comments
    expect(comments).toMatchObject([
      { id: open.elementId, visibility: 'public', byUs: true, text: 'Seen.\n\n* one\n* two' },
      { id: secret.elementId, visibility: 'internal', byUs: true },
    ])
    const commentId = open.elementId ?? ''
    const edited = await ours().push({ op: 'comment.edit', ref, commentId, text: 'Seen again.' }, 'k')
    expect(edited.snapshot?.comments?.[0]?.text).toBe('Seen again.')
    const deleted = await ours().push({ op: 'comment.delete', ref, commentId: secret.elementId ?? '' }, 'k')
    expect(deleted.snapshot?.comments?.map((each) => each.id)).toEqual([open.elementId])
    await ours().push({ op: 'comment.delete', ref, commentId: secret.elementId ?? '' }, 'k')
  })

  it('writes no note at all where a private one would become public', async () => {
    const { ref } = await made(ours())
    const reporter = sessionAs('reporter')
    const tried = reporter.push({ op: 'comment.add', ref, visibility: 'internal', text: 'secret' }, 'k')
    await expect(tried).rejects.toMatchObject({ kind: 'invalid' })
    expect(shown(await ours().fetch(ref)).comments).toEqual([])
  })

  it.each([
    ['dump ü 日本 "quoted" 100%.bin', 300_000],
    ['one byte.txt', 1],
    ['big.bin', 5_000_000],
  ])('carries %s up and down with identical bytes', async (name, size) => {
    const { ref } = await made(ours())
    const bytes = randomBytes(size)
    const operation = {
      op: 'attach',
      ref,
      name,
      mediaType: 'application/octet-stream',
      size,
      sha256: sha256(bytes),
      visibility: 'public',
    } as const
    const receipt = await ours().push(operation, 'k', () => inPieces(bytes))
    const listed = shown(receipt.snapshot).attachments
    expect(listed).toMatchObject([{ id: receipt.elementId, name, size, byUs: true, visibility: 'public' }])
    const down = await ours().download(ref, receipt.elementId ?? '')
    const chunks: Uint8Array[] = []
    for await (const chunk of down.stream) chunks.push(chunk)
    expect({ size: down.size, sha256: sha256(Buffer.concat(chunks)) }).toEqual({
      size,
      sha256: sha256(bytes),
    })
    const detached = await ours().push({ op: 'detach', ref, attachmentId: receipt.elementId ?? '' }, 'k')
    expect(detached.snapshot?.attachments).toEqual([])
    await expect(ours().download(ref, receipt.elementId ?? '')).rejects.toMatchObject({ kind: 'gone' })
  })

  it('keeps a file that came with a private note among the readers of that note, and holds it where it cannot tell', async () => {
    const { ref } = await made(ours())
    const upload = async (name: string): Promise<string> => {
      const answer = await fetch(`${given().url}/uploads.json?filename=${name}`, {
        method: 'POST',
        headers: {
          'x-redmine-api-key': given().apiKeys.developer,
          'content-type': 'application/octet-stream',
        },
        body: 'core dump',
      })
      return ((await answer.json()) as { upload: { token: string } }).upload.token
    }
    const send = async (issue: Readonly<Record<string, unknown>>, name: string): Promise<number> =>
      raw('PUT', `/issues/${ref.id}.json`, 'developer', {
        issue: { ...issue, uploads: [{ token: await upload(name), filename: name }] },
      })
    await send({ notes: 'for everybody' }, 'public.txt')
    await send({ notes: 'for engineers only', private_notes: true }, 'private.txt')
    const { attachments, comments } = shown(await ours().fetch(ref))
    const note = comments?.find((each) => each.visibility === 'internal')
    expect(attachments).toMatchObject([
      { name: 'public.txt', visibility: 'public' },
      { name: 'private.txt', visibility: 'internal', commentId: note?.id },
    ])
    const blind = shown(await sessionAs('reporter').fetch(ref))
    expect(blind.comments?.map((each) => each.visibility)).toEqual(['public'])
    expect(blind.attachments).toMatchObject([
      { name: 'public.txt', visibility: 'public' },
      { name: 'private.txt', visibility: 'unknown' },
    ])
  })

  it('attaches nothing when the bytes are fewer than announced', async () => {
    const { ref } = await made(ours())
    const operation = {
      op: 'attach',
      ref,
      name: 'cut.bin',
      mediaType: 'text/plain',
      size: 10,
      sha256: '',
      visibility: 'public',
    } as const
    await expect(ours().push(operation, 'k', () => inPieces(randomBytes(5)))).rejects.toMatchObject({
      kind: 'down',
    })
    expect(shown(await ours().fetch(ref)).attachments).toEqual([])
  })

  it('moves an issue between projects: the id stays, the container changes', async () => {
    const item = await made(ours(), { fields: { component: 'Export' } })
    const moved = await update(ours(), item, { container: 'borealis' })
    expect(moved).toMatchObject({
      ref: item.ref,
      container: 'borealis',
      fields: { container: 'borealis', component: null },
    })
  })

  it('answers gone for an issue that was deleted', async () => {
    const item = await made(ours())
    expect(await raw('DELETE', `/issues/${item.ref.id}.json`, 'integration')).toBe(204)
    expect(await ours().fetch(item.ref)).toBe('gone')
    await expect(update(ours(), item, { title: 'x' })).rejects.toMatchObject({ kind: 'gone' })
  })

  it('finds an issue by our marker in whatever project it is, and only that one', async () => {
    const item = await made(ours())
    await update(ours(), item, { container: 'borealis', status: 'Closed' })
    const marker = String(item.fields['cf:CausewayKey'])
    const found = await ours().find(marker, new Date(Date.now() - 60_000))
    expect(found.map((each) => each.ref)).toEqual([item.ref])
    expect(await ours().find(`${marker}x`, new Date(0))).toEqual([])
    expect(await ours().find(`~${marker.slice(0, 5)}|*`, new Date(0))).toEqual([])
  })

  it('pulls what changed since the cursor, by people and by us', async () => {
    const start = await ours().pull(null, 'changes')
    expect(start).toMatchObject({ snapshots: [], more: false })
    const item = await made(ours())
    await raw('PUT', `/issues/${item.ref.id}.json`, 'developer', {
      issue: { notes: 'mine', subject: 'By Dora' },
    })
    const page = await everyPage(ours(), 'changes', start.cursor)
    expect(page.snapshots.find((each) => each.ref.id === item.ref.id)).toMatchObject({
      fields: { title: 'By Dora' },
      comments: null,
      attachments: null,
    })
    expect(shown(await ours().fetch(item.ref)).comments).toMatchObject([
      { byUs: false, author: { name: 'Dora Developer' } },
    ])
  })

  it('follows versions: pulled when changed, written, read back', async () => {
    const all = await everyPage(ours(), 'all', null)
    const version = shown(
      all.snapshots.find((each) => each.kind === 'release' && each.key === '2.2.0') ?? null,
    )
    expect(version).toMatchObject({
      ref: { id: expect.stringMatching(/^version:\d+$/) },
      fields: { status: 'open' },
    })
    const start = await ours().pull(null, 'changes')
    const due = version.fields.due === '2027-03-01' ? '2027-03-02' : '2027-03-01'
    const slipped = await update(ours(), version, { due })
    expect(slipped.fields.due).toBe(due)
    const page = await everyPage(ours(), 'changes', start.cursor)
    expect(page.snapshots.find((each) => each.ref.id === version.ref.id)?.fields.due).toBe(due)
    expect(await ours().fetch({ id: 'version:999999' })).toBe('gone')
  })

  it('lists every issue once with "all", in the order of ids', async () => {
    const all = await everyPage(ours(), 'all', null)
    const ids = all.snapshots.filter((each) => each.kind === 'item').map((each) => Number(each.ref.id))
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
    expect(ids.length).toBeGreaterThan(5)
  })

  it('calls a wrong key a matter of credentials', async () => {
    await expect(sessionAs('integration', { apiKey: 'wrong' }).pull(null, 'changes')).rejects.toMatchObject({
      kind: 'auth',
    })
  })
}
