import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

/** Connections as the screen makes and changes them: one truth with the file, secrets only on the way in. */
let api: TestApi
let integrator: string
beforeAll(async () => {
  api = await openTestApi()
  integrator = await api.tokenOf('integrator')
})
afterAll(() => api.close())

const ask = async (method: 'GET' | 'PUT' | 'POST', url: string, body?: object, token = integrator) => {
  const answer = await api.server.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { payload: body }),
  })
  return { status: answer.statusCode, body: answer.json() }
}

const MAPPING = {
  containers: ['helpdesk'],
  types: [],
  adopt: false,
  fields: [{ hub: 'title', tool: 'title', direction: 'both', conflict: 'ask' }],
  status: null,
  comments: null,
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
}
const CONNECTION = {
  kind: 'redmine',
  party: 'tracker',
  title: 'Our Redmine',
  settings: {
    url: 'https://redmine.example.com',
    projects: ['helpdesk'],
    markerField: 'Key',
    richText: 'textile',
  },
  pollEveryS: 60,
  sweepEveryS: 86_400,
  mapping: MAPPING,
}
const SECRETS = { apiKey: 'a-very-secret-key' }

it('says of every kind of tool what its settings are, which of them are secret, and what it can do', async () => {
  const { body } = await ask('GET', '/connectors')
  const redmine = body.items.find((one: { kind: string }) => one.kind === 'redmine')
  expect(redmine).toMatchObject({ title: 'Redmine', party: 'tracker', secretFields: ['apiKey'] })
  expect(redmine.settings.properties.url.title).toBe('Address')
  expect(redmine.can).toMatchObject({ create: true, webhooks: false, transitions: 'workflow' })
})

it('names in a dry run everything that is wrong, place by place, and makes nothing', async () => {
  const { status, body } = await ask('PUT', '/connections/redmine', {
    connection: {
      ...CONNECTION,
      settings: { ...CONNECTION.settings, url: 'nowhere' },
      mapping: {
        ...MAPPING,
        fields: [...MAPPING.fields, { hub: 'severty', tool: 'priority', direction: 'both', conflict: 'ask' }],
      },
    },
    secrets: SECRETS,
    revision: null,
    dryRun: true,
  })
  expect(status).toBe(200)
  expect(body.problems.map(({ path }: { path: string }) => path)).toContain('mapping.fields[1].severty')
  expect((await ask('GET', '/connections/redmine')).status).toBe(404)
})

it('makes a connection whose secret is sealed, and shows it to nobody again', async () => {
  const made = await ask('PUT', '/connections/redmine', {
    connection: CONNECTION,
    secrets: SECRETS,
    revision: null,
  })
  expect([made.status, made.body.changes]).toEqual([
    200,
    [{ noun: 'connection', key: 'redmine', how: 'added', words: [] }],
  ])
  const shown = await ask('GET', '/connections/redmine/configuration')
  expect(shown.body).toMatchObject({
    secrets: ['apiKey'],
    mappingVersion: 1,
    lastMapped: { source: 'screen' },
    connection: { title: 'Our Redmine', mapping: MAPPING },
  })
  expect(JSON.stringify(shown.body)).not.toContain('secret-key')
  // the file says the same, with a reference where the secret would stand
  const { yaml } = (await ask('GET', '/configuration')).body
  expect(yaml).toContain('${REDMINE_APIKEY}')
  expect(yaml).not.toContain('secret-key')
})

it('refuses a second one of the same key, and a change of what somebody changed meanwhile', async () => {
  const again = await ask('PUT', '/connections/redmine', {
    connection: CONNECTION,
    secrets: SECRETS,
    revision: null,
  })
  expect([again.status, again.body.code]).toEqual([409, 'already-done'])
  const stale = await ask('PUT', '/connections/redmine', { connection: CONNECTION, revision: 99 })
  expect([stale.status, stale.body.code]).toEqual([412, 'changed-meanwhile'])
})

it('keeps every version of what crosses, says what each changed, and brings an older one back', async () => {
  const { revision } = (await ask('GET', '/connections/redmine/configuration')).body
  const mapping = { ...MAPPING, fields: [{ ...MAPPING.fields[0], conflict: 'hub wins' }] }
  await ask('PUT', '/connections/redmine', { connection: { ...CONNECTION, mapping }, revision })
  const tried = await ask('POST', '/connections/redmine/versions/1/restore', { dryRun: true })
  expect(tried.body.changes[0].words).toEqual(['mapping.fields.title (title).conflict: hub wins → ask'])
  expect((await ask('GET', '/connections/redmine/versions')).body.items).toHaveLength(2)
  expect((await ask('POST', '/connections/redmine/versions/1/restore', {})).status).toBe(200)
  const { items } = (await ask('GET', '/connections/redmine/versions')).body
  expect(
    items.map(({ version, source, restoredFrom, isCurrent, words }: Record<string, unknown>) => [
      version,
      source,
      restoredFrom,
      isCurrent,
      words,
    ]),
  ).toEqual([
    [3, 'restored', 1, true, ['fields.title (title).conflict: hub wins → ask']],
    [2, 'screen', null, false, ['fields.title (title).conflict: ask → hub wins']],
    [1, 'screen', null, false, []],
  ])
  const compared = await ask('GET', '/connections/redmine/versions/2?with=1')
  expect(compared.body.words).toEqual(['fields.title (title).conflict: ask → hub wins'])
})

it('asks for a secret again when the address changes, since it was given for the old one', async () => {
  const { revision } = (await ask('GET', '/connections/redmine/configuration')).body
  const moved = {
    ...CONNECTION,
    settings: { ...CONNECTION.settings, url: 'https://elsewhere.example.com' },
  }
  const tried = await ask('PUT', '/connections/redmine', { connection: moved, revision, dryRun: true })
  expect(tried.body.problems).toMatchObject([
    { path: 'settings.apiKey', what: 'is not known for this address' },
  ])
  const saved = await ask('PUT', '/connections/redmine', { connection: moved, revision })
  expect([saved.status, saved.body.code]).toEqual([422, 'invalid'])
})

it('lets those read the settings who look after them, and nobody else change anything', async () => {
  const agent = await api.tokenOf('agent')
  const auditor = await api.tokenOf('auditor')
  expect((await ask('GET', '/connections/redmine/configuration', undefined, agent)).status).toBe(403)
  expect((await ask('GET', '/connections/redmine/configuration', undefined, auditor)).status).toBe(200)
  const saving = await ask('PUT', '/connections/redmine', { connection: CONNECTION, revision: 1 }, auditor)
  expect(saving.status).toBe(403)
})

it('answers the screens of what waits, empty as they are in the beginning', async () => {
  for (const url of ['/holds/causes', '/lost-answers', '/crossings', '/conflicts?overwritten=true'])
    expect([url, (await ask('GET', url)).body]).toEqual([url, { items: [], next: null }])
})
