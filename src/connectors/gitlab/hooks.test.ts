import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HookState, Session } from '../../sync/connector.ts'
import { openHttp } from '../http.ts'
import { type GitLabFake, startGitLabFake } from './fake.ts'
import { gitlab } from './index.ts'
import type { Settings } from './settings.ts'

const ADDRESS = 'https://causeway.example/hooks/gitlab'

let fake: GitLabFake
let closers: (() => Promise<void>)[] = []
beforeEach(async () => {
  fake = await startGitLabFake()
  closers = [fake.close]
})
afterEach(async () => {
  for (const close of closers.reverse()) await close()
})

const session = (more: Partial<Settings> = {}): Session => {
  const settings = { ...fake.settings, ...more }
  const headers = () => gitlab.headers(settings)
  const now = () => new Date()
  const http = openHttp({ baseUrl: fake.url, headers, now, allowPrivate: [fake.address] })
  closers.push(http.close)
  return gitlab.connect(settings, http, now)
}

const keep = async (of: Session): Promise<HookState> =>
  (await of.keepHook?.(ADDRESS)) ?? { did: 'nothing', until: null, problem: 'keeps none' }
const ours = () => fake.state.hooks.filter(({ settings }) => settings['url'] === ADDRESS)

describe('our webhook in GitLab', () => {
  it('is registered once in every project, however often it is asked, and beside those of others', async () => {
    fake.state.hooks.push({
      id: 1,
      projectId: 4,
      settings: { url: 'https://other.example/' },
      failures: 0,
      answersWell: true,
    })
    const of = session()
    expect(await keep(of)).toEqual({ did: 'registered', until: null, problem: null })
    expect(await keep(of)).toEqual({ did: 'nothing', until: null, problem: null })
    expect(await keep(session())).toMatchObject({ did: 'nothing', problem: null })
    expect(ours().map(({ projectId }) => projectId)).toEqual([4, 5])
    expect(ours()[0]?.settings).toMatchObject({
      issues_events: true,
      confidential_issues_events: true,
      note_events: true,
      confidential_note_events: true,
      push_events: false,
      signing_token: fake.settings.webhookSecret,
    })
    await of.dropHook?.(ADDRESS)
    expect(fake.state.hooks.map(({ id }) => id)).toEqual([1])
  })

  it.each([
    ['for a while', 5],
    ['for good', 40],
  ])('is put back in use by a test when GitLab has given it up %s', async (_, failures) => {
    const of = session()
    await keep(of)
    for (const hook of ours()) hook.failures = failures
    expect(await keep(of)).toMatchObject({ did: 'enabled', problem: null })
    expect(ours().map((hook) => hook.failures)).toEqual([0, 0])
  })

  it('is made anew where the test does not help', async () => {
    const of = session()
    await keep(of)
    const before = ours().map(({ id }) => id)
    for (const hook of ours()) Object.assign(hook, { failures: 40, answersWell: false })
    expect(await keep(of)).toMatchObject({ did: 'enabled' })
    expect(ours().map(({ id }) => before.includes(id))).toEqual([false, false])
  })

  it('gets its events back where somebody took one away', async () => {
    const of = session()
    await keep(of)
    for (const hook of ours()) hook.settings = { ...hook.settings, note_events: false }
    expect(await keep(of)).toMatchObject({ did: 'enabled' })
    expect(ours().map(({ settings }) => settings['note_events'])).toEqual([true, true])
  })

  it('is not taken for signed by a GitLab that does not sign', async () => {
    fake.state.signs = false
    expect((await keep(session())).problem).toContain('does not sign')
    expect(await keep(session({ webhookSecret: 'plain' }))).toMatchObject({ did: 'nothing', problem: null })
    expect(ours()[0]?.settings['token']).toBe('plain')
  })

  it('needs a role that not every account has, and says which', async () => {
    Object.assign(fake.state.users[1] ?? {}, { accessLevel: 30 })
    expect((await keep(session())).problem).toContain('Maintainer')
    expect((await keep(session({ webhookSecret: '' }))).problem).toContain('secret')
  })
})
