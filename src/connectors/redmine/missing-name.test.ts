import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '../../sync/connector.ts'
import type { ToolFields } from '../../sync/snapshot.ts'
import { openHttp } from '../http.ts'
import { type RedmineFake, startRedmineFake } from './fake.ts'
import { redmine } from './index.ts'

let fake: RedmineFake
let http: ReturnType<typeof openHttp>
let session: Session
beforeEach(async () => {
  fake = await startRedmineFake()
  http = openHttp({
    baseUrl: fake.url,
    headers: () => redmine.headers(fake.settings),
    now: () => new Date(),
    allowPrivate: [fake.address],
    timeoutMs: 5_000,
  })
  session = redmine.connect(fake.settings, http, () => new Date())
})
afterEach(async () => {
  await http.close()
  await fake.close()
})

const refused = async (container: string, fields: ToolFields) => {
  const create = { container, marker: 'T-1', fields: { title: 'x', type: 'Bug', ...fields } }
  return session.push({ op: 'create', ...create }, 'k').then(
    () => null,
    (fault: { kind: string; field: string; detail: string }) => [fault.kind, fault.field, fault.detail],
  )
}

describe('a name that Redmine does not have', () => {
  it('in an empty project says that there are none at all, because correcting the word would not help', async () => {
    expect(await refused('borealis', { component: 'Export' })).toEqual([
      'invalid',
      'component',
      'Project borealis in Redmine has no categories at all, so none is called “Export”. Create it there under Settings → Issue categories, or map the component to one that it has.',
    ])
    expect(await refused('borealis', { release: '9.9' })).toEqual([
      'invalid',
      'release',
      expect.stringMatching(
        /^Project borealis in Redmine has no .*“9\.9”\. Create it there under Settings → Versions/,
      ),
    ])
  })

  it('says what is missing in which project, and where it is made', async () => {
    expect(await refused('atlas', { component: 'Exprot' })).toEqual([
      'invalid',
      'component',
      'Project atlas in Redmine has no category “Exprot”. Create it there under Settings → Issue categories, or map the component to one that it has.',
    ])
    expect((await refused('atlas', { priority: 'Someday' }))?.[2]).toBe(
      'Redmine has no issue priority “Someday”. Correct the word in the mapping, or create it in Redmine under Administration → Enumerations.',
    )
  })

  it('of a custom field names the setting that helps while there is no issue to read it from', async () => {
    const [, field, detail] = (await refused('borealis', { 'cf:Nowhere': 'x' })) ?? []
    expect(field).toBe('cf:Nowhere')
    expect(detail).toContain('no custom field “Nowhere”')
    expect(detail).toContain('“Ids of custom fields”')
  })
})
