import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { descriptionFor } from '../src/connectors/redmine/file-name.ts'
import { goldenOf } from '../src/connectors/redmine/golden.ts'

/**
 * Records the fixtures of the Redmine connector from a real Redmine (`test/servers/real/redmine.sh up PORT DIR`):
 * `node tools/record-redmine.ts DIR/state.json`. Each answer is written as it came, but for the server's address,
 * beside the neutral value it becomes. Look at the difference before committing: the golden value is made by the code
 * that is tested with it.
 */

const [, , statePath, target = join(import.meta.dirname, '../src/connectors/redmine/fixtures')] = process.argv
if (statePath === undefined) throw new Error('usage: node tools/record-redmine.ts DIR/state.json [FOLDER]')
const state: State = JSON.parse(readFileSync(statePath, 'utf8'))

interface State {
  readonly base: string
  readonly integration: { readonly id: number; readonly apiKey: string }
  readonly developer: { readonly id: number; readonly apiKey: string }
  readonly admin: { readonly apiKey: string }
  readonly project: { readonly id: number; readonly identifier: string }
  readonly secondProject: { readonly id: number; readonly identifier: string }
  readonly customFields: Readonly<Record<string, { readonly id: number }>>
}

const PUBLIC_URL = 'https://redmine.example'
const { apiKey: ours } = state.integration
const { apiKey: dora } = state.developer
const cf = (name: string, value: unknown) => ({ id: state.customFields[name]?.id, value })

const call = async (method: string, path: string, json?: unknown, key = ours): Promise<unknown> => {
  const answer = await fetch(`${state.base}${path}`, {
    method,
    headers: { 'x-redmine-api-key': key, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const text = await answer.text()
  return text.trim() === '' ? null : JSON.parse(text.replaceAll(state.base, PUBLIC_URL))
}

const create = async (issue: object, key = ours): Promise<number> => {
  const made = (await call('POST', '/issues.json', { issue: { project_id: 'atlas', ...issue } }, key)) as {
    issue: { id: number }
  }
  return made.issue.id
}
const change = (id: number, issue: object, key = ours) => call('PUT', `/issues/${id}.json`, { issue }, key)

const attach = async (id: number, filename: string, bytes: string, more: object = {}): Promise<void> => {
  const answer = await fetch(`${state.base}/uploads.json?filename=${encodeURIComponent(filename)}`, {
    method: 'POST',
    headers: { 'x-redmine-api-key': ours, 'content-type': 'application/octet-stream' },
    body: bytes,
  })
  const { upload } = (await answer.json()) as { upload: { token: string } }
  await change(id, {
    uploads: [
      { token: upload.token, filename, content_type: 'text/plain', description: descriptionFor(filename) },
    ],
    ...more,
  })
}

mkdirSync(target, { recursive: true })
const write = (name: string, value: unknown): void =>
  writeFileSync(join(target, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`)
const identifiers = Object.fromEntries(
  [state.project, state.secondProject].map((each) => [each.id, each.identifier]),
)
const context = { baseUrl: PUBLIC_URL, accountId: state.integration.id, identifiers }
write('context', context)

const record = (name: string, answer: unknown): void => {
  write(name, answer)
  write(`${name}.golden`, goldenOf(name, answer, context))
}
const recordIssue = async (name: string, id: number, key = ours): Promise<void> =>
  record(
    name,
    await call(
      'GET',
      `/issues/${id}.json?include=journals,attachments,relations,allowed_statuses`,
      undefined,
      key,
    ),
  )

const bare = await create({ subject: 'Bare' })
await recordIssue('issue-bare', bare)

const full = await create({
  subject: 'Export hangs for “Ünïcode” customers',
  description: 'Steps:\r\n\r\n# open\r\n# export',
  tracker_id: 2,
  priority_id: 3,
  category_id: 1,
  fixed_version_id: 2,
  assigned_to_id: state.developer.id,
  due_date: '2099-01-31',
  custom_fields: [
    cf('Severity', 'Critical'),
    cf('TicketKey', 'SUP-1'),
    cf('CausewayKey', 'T-1'),
    cf('TicketURL', 'https://desk.example/t/1'),
    cf('CustomersAffected', '12'),
    cf('Browsers', ['Safari', 'Chrome']),
    cf('FoundOn', '2026-11-20'),
    cf('Regression', '1'),
  ],
})
await recordIssue('issue-full', full)

await change(full, { status_id: 2, notes: 'looking' }, dora)
await change(full, { priority_id: 4, notes: 'for engineers only', private_notes: true }, dora)
await recordIssue('issue-notes-public-and-private', full)
await recordIssue('issue-notes-as-another-account', full, dora)

const edited = await create({ subject: 'Notes that change' })
await change(edited, { notes: 'first' })
await change(edited, { notes: 'second' })
await change(edited, { notes: 'third', status_id: 2 })
const { issue: withNotes } = (await call('GET', `/issues/${edited}.json?include=journals`)) as {
  issue: { journals: { id: number }[] }
}
const [first, , third] = withNotes.journals.map((each) => each.id)
await call('PUT', `/journals/${first}.json`, { journal: { notes: 'first, edited' } })
await recordIssue('issue-note-edited', edited)
await call('PUT', `/journals/${first}.json`, { journal: { notes: '' } })
await call('PUT', `/journals/${third}.json`, { journal: { notes: '' } })
await recordIssue('issue-notes-deleted', edited)

const files = await create({ subject: 'Files' })
await attach(files, 'dump ü 日本.bin', 'bytes', { notes: 'with a file' })
await attach(files, 'a "b" 100%.txt', 'text')
await attach(files, 'empty.txt', '', { notes: 'for engineers only', private_notes: true })
await recordIssue('issue-attachments', files)

const other = await create({ subject: 'Other', custom_fields: [cf('CausewayKey', 'T-2')] })
await call('POST', `/issues/${files}/relations.json`, {
  relation: { issue_to_id: other, relation_type: 'blocks' },
})
await call('POST', `/issues/${bare}/relations.json`, {
  relation: { issue_to_id: other, relation_type: 'relates' },
})
await recordIssue('issue-relations-first', files)
await recordIssue('issue-relations-second', other)

await change(other, { status_id: 5, notes: 'h3. Done\r\n\r\n* fixed' })
await recordIssue('issue-closed', other)
await change(full, { project_id: 'borealis' })
await recordIssue('issue-moved', full)
await change(bare, { subject: '  spaced   title \n x ', custom_fields: [cf('TicketKey', '  padded ')] })
await recordIssue('issue-white-space', bare)
const byDora = await create({ subject: 'By a person', assigned_to_id: state.integration.id }, dora)
await recordIssue('issue-by-a-person', byDora)
const hidden = await create({ subject: 'Private', is_private: true, description: '' })
await recordIssue('issue-private', hidden)

record('issues-list', await call('GET', `/issues.json?status_id=*&sort=id:desc&limit=5`))
record('issues-none', await call('GET', '/issues.json?issue_id=1&subject=nobody'))
record('versions-list', await call('GET', '/projects/atlas/versions.json'))
record('versions-none', await call('GET', '/projects/borealis/versions.json'))
record('version-closed', await call('GET', '/versions/1.json'))
record('version-open', await call('GET', '/versions/2.json'))

record('refusal-option', await change(other, { custom_fields: [cf('Severity', 'Gigantic')] }))
record('refusal-several', await change(other, { priority_id: 99, category_id: 99, fixed_version_id: 99 }))
record('refusal-title', await change(other, { subject: 'x'.repeat(300) }))
record('refusal-owner', await change(other, { assigned_to_id: 99 }))
record('refusal-token', await change(other, { uploads: [{ token: 'used' }] }))
