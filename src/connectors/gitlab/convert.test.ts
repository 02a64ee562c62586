import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../sync/snapshot.ts'
import { type ConvertContext, issueSnapshot, targetOf } from './convert.ts'
import { answers, readAs } from './schema.ts'
import { uploadsIn } from './uploads.ts'

/**
 * Examples of GitLab's own documentation (`doc/api/issues.md`, `notes.md`, `project_webhooks.md`,
 * `project_markdown_uploads.md`), retyped, people's names taken out.
 */
const recorded = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'))

const CONTEXT: ConvertContext = {
  baseUrl: 'https://gitlab.example.com',
  accountId: 18,
  labelFields: new Map(),
  emailOf: () => null,
  externalAuthorOf: () => null,
}

const golden = (name: string): Snapshot =>
  issueSnapshot(readAs(answers.issue, recorded(name), name), CONTEXT, null)

describe('what GitLab documents', () => {
  it.each(['issue-documented', 'issue-moved-documented'])(
    'becomes what stands beside it: %s',
    async (name) => {
      const { version, ...shown } = golden(name)
      expect(version).toMatch(/^[0-9a-f]{16}$/)
      await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`fixtures/${name}.golden.json`)
    },
  )

  it('is read, of notes, with the flag of the internal ones and without GitLab’s own', () => {
    const notes = readAs(answers.notes, recorded('notes-documented'), 'notes')
    const issue = readAs(answers.issue, recorded('issue-documented'), 'issue')
    const said = notes.map((note) => ({ ...note, system: false }))
    expect(issueSnapshot(issue, CONTEXT, { notes, links: [] }).comments).toEqual([])
    expect(
      issueSnapshot(issue, CONTEXT, { notes: said, links: [] }).comments?.map(
        ({ visibility, text, editedAt }) => [visibility, text, editedAt],
      ),
    ).toEqual([
      ['public', 'closed', '2013-10-02T10:22:45Z'],
      ['internal', 'Text of the comment\n', null],
    ])
  })

  it('is read, of a webhook and of an upload, whose Markdown names the file that its address does', () => {
    expect(readAs(answers.hook, recorded('hook-documented'), 'hook').alert_status).toBe('executable')
    const { url } = readAs(answers.upload, recorded('upload-documented'), 'upload')
    const markdown = `![dk](${url})`
    expect(uploadsIn(markdown, CONTEXT.baseUrl)).toEqual([
      { id: '66dbcd21ec5d24ed6ea225176098d52b/dk.png', name: 'dk.png' },
    ])
  })
})

describe('an issue', () => {
  const issue = readAs(answers.issue, recorded('issue-documented'), 'issue')
  const shown = (more: Partial<typeof issue>, labelFields: ConvertContext['labelFields'] = new Map()) =>
    issueSnapshot({ ...issue, ...more }, { ...CONTEXT, labelFields }, null)

  it('shows the labels of a scope as the field that the settings give it', () => {
    const fields = new Map([
      ['workflow', 'status' as const],
      ['a::b', 'cf:deep' as const],
    ])
    const labels = ['workflow::doing', 'a::b::c', 'a::other', 'plain']
    expect(shown({ labels }, fields).fields).toMatchObject({
      status: 'doing',
      'cf:deep': 'c',
      labels: ['a::other', 'plain'],
    })
    expect(shown({ labels, state: 'closed' }, fields).fields.status).toBe('closed')
    expect(shown({ labels: [] }, fields).fields).toMatchObject({
      status: 'opened',
      'cf:deep': null,
      labels: null,
    })
  })

  it('has another version after any edit of a person, and the same after a comment', () => {
    const versions = [
      shown({}),
      shown({ title: 'x' }),
      shown({ labels: ['foo'] }),
      shown({ due_date: null }),
      shown({ confidential: true }),
      shown({ milestone: null }),
      shown({ assignees: [] }),
      shown({ state: 'closed' }),
    ].map(({ version }) => version)
    expect(new Set(versions).size).toBe(versions.length)
    expect(shown({ updated_at: '2026-01-01T00:00:00.000Z', labels: ['bar', 'foo'] }).version).toBe(
      versions[0],
    )
  })

  it('is named by ids that are such ids only', () => {
    expect(targetOf('4:15')).toEqual({ kind: 'issue', project: 4, iid: 15 })
    expect(targetOf('milestone:g8:3')).toEqual({ kind: 'milestone', parent: 'g8', id: 3 })
    expect(targetOf('release:4:v1%2F%CE%B2')).toEqual({ kind: 'release', project: 4, tag: 'v1/β' })
    for (const id of [
      '',
      '4',
      '4:0',
      '04:1',
      '4:1/../2',
      'milestone:x4:1',
      'release:4:',
      'release:4:%zz',
      '4:1 ',
    ])
      expect(targetOf(id)).toBeNull()
  })

  it('knows who wrote to the Service Desk only where GitLab shows the whole address', () => {
    expect(shown({ service_desk_reply_to: 'k*****@c*****.example' }).people.at(-1)?.email).toBeNull()
  })
})
