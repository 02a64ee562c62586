import { said } from '../../lib/said.ts'
import type { CheckResult, Description } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { StatusCategory } from '../../sync/snapshot.ts'
import { categoryOf, personOf } from './convert.ts'
import type { Directory } from './directory.ts'
import { clockOf, type Rest } from './rest.ts'
import { membersOf, type RtField, type RtQueue, textOf } from './schema.ts'
import { markerFieldOf, type RequestTrackerSettings } from './settings.ts'
import { anyTicket } from './ticket-sql.ts'

/** What the settings screen needs to know about this Request Tracker, and whether it is set up as we need it. */

const MAX_CLOCK_DIFFERENCE_S = 60
const DEFAULT_STATUSES = ['new', 'open', 'stalled', 'resolved', 'rejected']

type Field = Description['fields'][number]

const STANDARD: readonly Field[] = [
  { field: 'title', title: 'Subject', kind: 'text', options: null, writable: true },
  { field: 'description', title: 'First message', kind: 'rich', options: null, writable: true },
  { field: 'status', title: 'Status', kind: 'choice', options: null, writable: true },
  { field: 'container', title: 'Queue', kind: 'choice', options: null, writable: true },
  { field: 'priority', title: 'Priority', kind: 'number', options: null, writable: true },
  { field: 'owner', title: 'Owner', kind: 'person', options: null, writable: true },
  { field: 'requester', title: 'Requestor', kind: 'person', options: null, writable: true },
  { field: 'due', title: 'Due', kind: 'date', options: null, writable: true },
  { field: 'url', title: 'Address', kind: 'text', options: null, writable: false },
]

const kindOf = (field: RtField): Field['kind'] => {
  if (field.multiple) return 'set'
  if (field.type === 'Select') return 'choice'
  return field.type === 'Date' || field.type === 'DateTime' ? 'date' : 'text'
}

const isFile = (field: RtField): boolean => field.type === 'Image' || field.type === 'Binary'

const allowed = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
  try {
    return await work
  } catch (fault) {
    if (isFault(fault) && (fault.kind === 'auth' || fault.kind === 'gone' || fault.kind === 'invalid'))
      return otherwise
    throw fault
  }
}

/** A queue may have its own lifecycle, which REST2 does not show: then the words in use are the known ones. */
const statusesOf = async (rest: Rest, queues: readonly RtQueue[], settings: RequestTrackerSettings) => {
  const isDefault = queues.every((queue) => queue.lifecycle === 'default')
  const recent = isDefault
    ? []
    : (await rest.tickets(anyTicket(settings.queues ?? []), [{ by: 'LastUpdated', descending: true }])).items
  const words = new Set([
    ...DEFAULT_STATUSES,
    ...recent.flatMap((each) => [each.status, ...(each.actions ?? [])]),
  ])
  words.delete('deleted')
  return [...words].map((word): { word: string; category: StatusCategory } => ({
    word,
    category: categoryOf(word),
  }))
}

export const describeTool = async (
  rest: Rest,
  directory: Directory,
  settings: RequestTrackerSettings,
): Promise<Description> => {
  const queues = await rest.queues()
  const fields: Field[] = [...STANDARD]
  for (const field of (await directory.fields()).filter((each) => !isFile(each))) {
    const options = field.type === 'Select' ? await allowed(rest.options(field.id), null) : null
    fields.push({
      field: `cf:${field.name}`,
      title: field.name,
      kind: kindOf(field),
      options,
      writable: true,
    })
  }
  return {
    containers: queues.map((queue) => ({
      id: queue.name,
      title: queue.description || queue.name,
      types: [],
    })),
    fields,
    statuses: await statusesOf(rest, queues, settings),
    transitions: null,
    people: (await allowed(rest.users(), [])).map(personOf),
  }
}

export const checkTool = async (
  rest: Rest,
  directory: Directory,
  settings: RequestTrackerSettings,
  now: () => Date,
): Promise<CheckResult> => {
  const response = await rest.send({ method: 'GET', path: '/rt' })
  const version = textOf(membersOf(response.json(), 'its version')['Version'])
  const toolNow = clockOf(response)
  const off = toolNow === null ? 0 : Math.abs(toolNow - Math.floor(now().getTime() / 1000))
  const [account, queues, fields] = [await directory.account(), await rest.queues(), await directory.fields()]
  const marker = markerFieldOf(settings)
  const missing = (settings.queues ?? []).filter((name) => !queues.some((queue) => queue.name === name))
  const problems = [
    ...(off > MAX_CLOCK_DIFFERENCE_S
      ? [said`The clocks differ by ${off} seconds; webhooks need less than 5 minutes.`]
      : []),
    ...(account === null
      ? [said`The account of the token is not known: set its login in the settings.`]
      : []),
    ...(queues.length === 0
      ? [said`The account sees no queue: grant it SeeQueue and ShowTicket on the queues.`]
      : []),
    ...missing.map((name) => said`The queue "${name}" does not exist, or the account lacks SeeQueue on it.`),
    ...(fields.length === 0
      ? [
          said`The account may not see custom field definitions: grant it SeeCustomField globally, not only on the queue.`,
        ]
      : []),
    ...(fields.length > 0 && !fields.some((field) => field.name === marker && !field.multiple)
      ? [
          said`There is no custom field "${marker}" (Enter one value) on tickets: without it a create whose answer is lost cannot be found again.`,
        ]
      : []),
  ]
  return {
    tool: `Request Tracker ${version}`.trim(),
    account: account === null ? null : personOf(account),
    problems,
  }
}
