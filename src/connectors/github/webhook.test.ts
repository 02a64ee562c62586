import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { signedHook } from './fake/hooks.ts'
import { readWebhook } from './webhook.ts'

/** Bodies are after GitHub's published examples, with other names in them. */

const SECRET = 'between us'
const folder = join(import.meta.dirname, 'fixtures')

const readNamed = (name: string, more: Readonly<Record<string, string>> = {}) => {
  const body = readFileSync(join(folder, `hook-${name}.json`))
  const event = name.split('-')[0] ?? ''
  const { headers } = signedHook(SECRET, event, 'guid-1', body)
  return readWebhook({ bytes: body, headers: { ...headers, ...more }, now: new Date() }, SECRET)
}

const numbers = (name: string) => {
  const body = JSON.parse(readFileSync(join(folder, `hook-${name}.json`), 'utf8'))
  return { ...body, repository: body.repository.id }
}

it.each([['issues-opened'], ['issues-deleted'], ['issue_comment-created']])(
  'of %s hints at the issue',
  (name) => {
    const { repository, issue } = numbers(name)
    expect(readNamed(name)).toEqual({
      outcome: 'hints',
      refs: [{ id: `${repository}-${issue.number}` }],
      deliveryId: 'guid-1',
    })
  },
)

it('of a transfer hints at the issue under the number by which it is known, from both repositories', () => {
  const left = numbers('issues-transferred')
  expect(readNamed('issues-transferred')).toMatchObject({
    refs: [{ id: `${left.repository}-${left.issue.number}` }],
  })
  const { old_issue: old, old_repository: from } = numbers('issues-opened-by-transfer').changes
  expect(readNamed('issues-opened-by-transfer')).toMatchObject({ refs: [{ id: `${from.id}-${old.number}` }] })
})

it('of a milestone or a release hints at the release', () => {
  const { repository, milestone } = numbers('milestone-closed')
  expect(readNamed('milestone-closed')).toMatchObject({
    refs: [{ id: `${repository}-m${milestone.number}` }],
  })
  const published = numbers('release-published')
  expect(readNamed('release-published')).toMatchObject({
    refs: [{ id: `${published.repository}-r${published.release.id}` }],
  })
})

it('of part and whole hints at both issues', () => {
  const body = JSON.stringify({
    action: 'sub_issue_added',
    parent_issue: { number: 3 },
    sub_issue: { number: 4 },
    sub_issue_repo: { id: 12 },
    repository: { id: 11 },
  })
  const { headers } = signedHook(SECRET, 'sub_issues', 'guid-1', body)
  expect(readWebhook({ bytes: Buffer.from(body), headers, now: new Date() }, SECRET)).toMatchObject({
    refs: [{ id: '11-3' }, { id: '12-4' }],
  })
})

it('of a trial, of another event, of a pull request’s comment is ignored', () => {
  expect(readNamed('ping')).toMatchObject({ outcome: 'ignored' })
  expect(readNamed('issues-opened', { 'x-github-event': 'push' })).toMatchObject({ outcome: 'ignored' })
  const body = JSON.stringify({
    issue: { number: 7, pull_request: { url: 'x' } },
    repository: { id: 11 },
  })
  const { headers } = signedHook(SECRET, 'issue_comment', 'guid-1', body)
  expect(readWebhook({ bytes: Buffer.from(body), headers, now: new Date() }, SECRET)).toMatchObject({
    outcome: 'ignored',
  })
})

it('sent as a form says what to set right, because GitHub’s own default is a form', () => {
  const reading = readNamed('issues-opened', { 'content-type': 'application/x-www-form-urlencoded' })
  expect(reading).toMatchObject({ outcome: 'rejected', status: 400 })
})

it('is rejected while no secret is set, whatever signs it', () => {
  const body = readFileSync(join(folder, 'hook-issues-opened.json'))
  const { headers } = signedHook('', 'issues', 'guid-1', body)
  expect(readWebhook({ bytes: body, headers, now: new Date() }, '')).toMatchObject({ status: 401 })
})

it('has an example of every event that is read', () => {
  expect(readdirSync(folder).filter((name) => name.startsWith('hook-')).length).toBeGreaterThanOrEqual(8)
})
