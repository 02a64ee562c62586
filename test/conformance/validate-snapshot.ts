import type { Capabilities } from '../../src/sync/connector.ts'
import type { RemotePerson, Snapshot, SnapshotAttachment, SnapshotComment } from '../../src/sync/snapshot.ts'

/**
 * Everything the merge takes for granted about a snapshot and the types cannot say. Answers sentences; none: it is
 * sound. `isWhole`: of a fetch, so comments and attachments are expected to be listed.
 */
export const validateSnapshot = (
  snapshot: Snapshot,
  capabilities: Capabilities,
  isWhole = false,
): readonly string[] => {
  const problems: string[] = []
  const say = (sound: boolean, problem: string): void => {
    if (!sound) problems.push(`${snapshot.kind} ${snapshot.ref.id}: ${problem}`)
  }
  say(snapshot.ref.id !== '', 'has no id')
  say(snapshot.key !== '', 'has no key')
  say(snapshot.container !== '', 'has no container')
  say(
    URL.canParse(snapshot.url) && /^https?:/.test(snapshot.url),
    `url "${snapshot.url}" is not an http address`,
  )
  say(capabilities.records.includes(snapshot.kind), 'is of a kind the capabilities do not name')
  for (const [field, value] of Object.entries(snapshot.fields)) {
    say(isToolField(field), `"${field}" is not a field name`)
    say(isToolValue(value), `${field} holds ${JSON.stringify(value)}, which is not a value`)
    if (Array.isArray(value)) say(isSorted(value), `${field} is not sorted`)
    if (field === 'due' && typeof value === 'string') say(isTime(value), `due "${value}" is not ISO 8601`)
  }
  say(typeof snapshot.fields.title === 'string' || snapshot.kind === 'release', 'has no title')
  for (const at of [snapshot.createdAt, snapshot.updatedAt])
    say(at === null || isTime(at), `time "${at}" is not ISO 8601`)
  for (const word of snapshot.nextStatuses ?? []) say(word !== '', 'a next status is empty')
  if (snapshot.kind === 'item') {
    for (const id of [snapshot.fields.owner, snapshot.fields.requester])
      if (typeof id === 'string' && isWhole)
        say(
          snapshot.people.some((person) => person.id === id),
          `person ${id} of a field is not among people`,
        )
    if (isWhole) say(snapshot.comments !== null, 'comments are not listed')
    if (isWhole && capabilities.attachments.read)
      say(snapshot.attachments !== null, 'attachments are not listed')
  }
  for (const person of snapshot.people) for (const problem of personProblems(person)) say(false, problem)
  for (const comment of snapshot.comments ?? [])
    for (const problem of commentProblems(comment)) say(false, problem)
  for (const attachment of snapshot.attachments ?? [])
    for (const problem of attachmentProblems(attachment)) say(false, problem)
  say(isUnique(snapshot.comments?.map(({ id }) => id) ?? []), 'two comments have one id')
  say(isUnique(snapshot.attachments?.map(({ id }) => id) ?? []), 'two attachments have one id')
  for (const link of snapshot.links ?? []) say(URL.canParse(link.url), `link "${link.url}" is not an address`)
  return problems
}

const STANDARD = [
  'title',
  'description',
  'status',
  'type',
  'container',
  'priority',
  'owner',
  'requester',
  'component',
  'release',
  'labels',
  'due',
  'url',
]
const isToolField = (name: string): boolean => STANDARD.includes(name) || /^cf:./.test(name)

const isToolValue = (value: unknown): boolean =>
  value === null ||
  typeof value === 'boolean' ||
  typeof value === 'string' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))

const isSorted = (values: readonly string[]): boolean =>
  values.every((value, index) => index === 0 || (values[index - 1] ?? '') <= value)

const isTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))

const isUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length

const personProblems = (person: RemotePerson): readonly string[] => [
  ...(person.id === '' ? ['a person has no id'] : []),
  ...(person.email !== null && !person.email.includes('@')
    ? [`"${person.email}" is not an e-mail address`]
    : []),
]

const VISIBILITIES: readonly string[] = ['public', 'internal', 'unknown']

const commentProblems = (comment: SnapshotComment): readonly string[] => [
  ...(comment.id === '' ? ['a comment has no id'] : []),
  ...(VISIBILITIES.includes(comment.visibility) ? [] : [`comment ${comment.id} has no visibility`]),
  ...(isTime(comment.at) ? [] : [`comment ${comment.id} has no time`]),
  ...(comment.editedAt === null || isTime(comment.editedAt)
    ? []
    : [`comment ${comment.id} has no time of edit`]),
  ...(comment.author === null ? [] : personProblems(comment.author)),
]

const attachmentProblems = (attachment: SnapshotAttachment): readonly string[] => [
  ...(attachment.id === '' ? ['an attachment has no id'] : []),
  ...(attachment.name === '' ? [`attachment ${attachment.id} has no name`] : []),
  ...(VISIBILITIES.includes(attachment.visibility) ? [] : [`attachment ${attachment.id} has no visibility`]),
  ...(isTime(attachment.at) ? [] : [`attachment ${attachment.id} has no time`]),
  ...(attachment.size === null || attachment.size >= 0
    ? []
    : [`attachment ${attachment.id} has a size below nothing`]),
]
