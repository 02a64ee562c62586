/** What the simulated tool keeps and is sent, as its API shows it. */

export interface FakeComment {
  id: string
  body: string
  internal: boolean
  author: FakePerson
  created_at: string
  edited_at: string | null
}

export interface FakeAttachment {
  id: string
  name: string
  media_type: string
  size: number
  author: FakePerson
  created_at: string
  bytes: Uint8Array
}

export interface FakePerson {
  id: string
  name: string
  email: string
}

export interface FakeIssue {
  id: string
  key: string
  project: string
  title: string
  description: string
  state: string
  priority: string
  assignee: FakePerson | null
  labels: string[]
  due: string | null
  external_id: string
  author: FakePerson
  created_at: string
  updated_at: string
  version: number
  comments: FakeComment[]
  attachments: FakeAttachment[]
}

export const BOT: FakePerson = { id: 'u-bot', name: 'Causeway', email: 'causeway@example.com' }
export const PERSON: FakePerson = { id: 'u-1', name: 'Ada Berg', email: 'ada@example.com' }
export type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
export const membersOf = (body: Uint8Array): Members => {
  const value: unknown = body.length === 0 ? {} : JSON.parse(Buffer.from(body).toString('utf8'))
  return isMembers(value) ? value : {}
}

/** The one part of a multipart body; enough for what our own client sends. */
export const partOf = (body: Uint8Array): { name: string; mediaType: string; bytes: Uint8Array } | null => {
  const buffer = Buffer.from(body)
  const headEnd = buffer.indexOf('\r\n\r\n')
  const boundaryEnd = buffer.indexOf('\r\n')
  if (headEnd < 0 || boundaryEnd < 0) return null
  const head = buffer.subarray(0, headEnd).toString('utf8')
  const end = buffer.lastIndexOf(`\r\n${buffer.subarray(0, boundaryEnd).toString('latin1')}`)
  return {
    name: decodeURIComponent(/filename="([^"]*)"/.exec(head)?.[1] ?? 'file'),
    mediaType: /content-type: ([^\r\n]+)/i.exec(head)?.[1] ?? 'application/octet-stream',
    bytes: buffer.subarray(headEnd + 4, end),
  }
}
