import { sha256 } from '../../src/lib/stable.ts'
import type { Operation, Session } from '../../src/sync/connector.ts'
import type { RemoteRef } from '../../src/sync/snapshot.ts'
import { make, newKey, newMarker, pullAll } from '../../test/conformance/case.ts'
import type { Subject } from '../../test/conformance/subject.ts'
import { type NamedSubject, subjects } from '../../test/conformance/subjects/all.ts'
import { atMostTimes, type Figure } from '../figure.ts'

/**
 * How many calls the ten commonest actions take, counted by the tool that is pretended, beside the fewest with which that
 * vendor's own API can do it. Each action is done once before, so that what is asked once an hour is not counted.
 */
const ACTIONS = [
  'look for changes, none',
  'look for changes, one',
  'read an item whole',
  'make an item',
  'change a field',
  'change the status',
  'say something public',
  'say something internal',
  'attach a file',
  'find what we made',
] as const
type Action = (typeof ACTIONS)[number]

/**
 * Where more than one call is the least, by the vendors' own documentation: an item's comments, history or files have an
 * address of their own; a file is uploaded before it is tied to something; a status is reached by a transition whose id is
 * asked for first; items and releases are lists of their own, in each of the two containers that are followed.
 */
const both = (calls: number): Readonly<Partial<Record<Action, number>>> => ({
  'look for changes, none': calls,
  'look for changes, one': calls,
})
const LEAST: Readonly<Record<string, Readonly<Partial<Record<Action, number>>>>> = {
  'azure-devops': { ...both(2), 'read an item whole': 2, 'attach a file': 2 },
  // three kinds in two workspaces: six lists
  freshservice: { ...both(6), 'read an item whole': 2 },
  github: { ...both(6), 'read an item whole': 2 },
  gitlab: { ...both(4), 'read an item whole': 2, 'attach a file': 2 },
  'jira, Cloud': { ...both(2), 'change the status': 2 },
  'jira, Data Center': { ...both(2), 'change the status': 2 },
  'jira-service-management, Cloud': {
    ...both(2),
    'read an item whole': 2,
    'change the status': 2,
    'attach a file': 2,
  },
  'jira-service-management, Data Center': {
    ...both(2),
    'read an item whole': 2,
    'change the status': 2,
    'attach a file': 2,
  },
  linear: { ...both(2), 'attach a file': 3 },
  redmine: { ...both(3), 'attach a file': 2 },
  'request-tracker': { 'read an item whole': 3 },
  servicenow: { 'read an item whole': 3 },
  zendesk: { 'read an item whole': 2, 'attach a file': 2 },
}

/** Beyond the coarsest clock of a tool, and well within what a connector keeps of the tool's own words. */
const SETTLED_MS = 3_000

const BYTES = new TextEncoder().encode('one line of a log\n')
async function* pieces(): AsyncGenerator<Uint8Array> {
  yield BYTES
}

const push = (session: Session, operation: Operation) =>
  session.push(operation, newKey(), operation.op === 'attach' ? pieces : undefined)

/** What each action does, on an item of its own; null: this tool cannot. */
const deeds = (
  subject: Subject,
  session: Session,
): Readonly<Record<Action, ((ref: RemoteRef, marker: string) => Promise<unknown>) | null>> => {
  const { capabilities: can } = subject
  const [step] = subject.path
  const comment = (visibility: 'public' | 'internal') =>
    can.comments[visibility]
      ? (ref: RemoteRef) => push(session, { op: 'comment.add', ref, visibility, text: 'A word' })
      : null
  const seen = { cursor: '' }
  const look = async (): Promise<void> => {
    seen.cursor = (await pullAll(subject, session, 'changes', seen.cursor === '' ? null : seen.cursor)).cursor
  }
  return {
    'look for changes, none': look,
    'look for changes, one': look,
    'read an item whole': (ref) => session.fetch(ref),
    'make an item': () => make(subject, session, { title: 'Counted' }),
    'change a field': (ref) =>
      push(session, { op: 'update', ref, fields: { title: `Counted ${newMarker()}` }, version: null }),
    'change the status':
      step === undefined || can.transitions === 'none'
        ? null
        : (ref) => push(session, { op: 'transition', ref, to: step.to, fields: step.fields }),
    'say something public': comment('public'),
    'say something internal': comment('internal'),
    'attach a file': can.attachments.write
      ? (ref) =>
          push(session, {
            ...{ op: 'attach', ref, name: `log-${newMarker()}.txt`, mediaType: 'text/plain' },
            ...{
              size: BYTES.length,
              sha256: sha256(BYTES),
              visibility: can.comments.public ? 'public' : 'internal',
            },
          })
      : null,
    'find what we made': (_ref, marker) => session.find(marker, new Date(subject.now().getTime() - 60_000)),
  }
}

const countOf = async (subject: Subject, session: Session, action: Action): Promise<number | null> => {
  const deed = deeds(subject, session)[action]
  if (deed === null) return null
  const prepare = async (): Promise<{ readonly ref: RemoteRef; readonly marker: string }> => {
    const marker = newMarker()
    const ref = await make(subject, session, { title: 'Counted' }, marker)
    await subject.later(subject.indexLagMs + SETTLED_MS)
    return { ref, marker }
  }
  const first = await prepare()
  await deed(first.ref, first.marker)
  const second = await prepare()
  if (action.startsWith('look')) {
    await deed(second.ref, second.marker)
    await subject.later(subject.indexLagMs + SETTLED_MS)
    // what is looked back over, because clocks are coarse, is behind us then
    await deed(second.ref, second.marker)
    if (action === 'look for changes, one') await subject.editAsHuman(second.ref, 'Edited there')
    await subject.later(subject.indexLagMs + SETTLED_MS)
  }
  const before = await subject.calls()
  await deed(second.ref, second.marker)
  return (await subject.calls()) - before
}

/** Tools that people have, each as it is pretended for the conformance suite. */
export const realTools: readonly NamedSubject[] = subjects.filter(({ name }) => !name.startsWith('demo'))

export const connectorCalls = async (say: (line: string) => void): Promise<readonly Figure[]> => {
  const figures: Figure[] = []
  for (const named of realTools) {
    for (const action of ACTIONS) {
      const subject = await named.make()
      try {
        const calls = await countOf(subject, subject.connect(), action)
        if (calls === null) continue
        const least = LEAST[named.name]?.[action] ?? 1
        figures.push(
          atMostTimes(`${named.name}: ${action}`, calls, 'calls', 'the fewest that its API takes', least, 2),
        )
      } catch (error) {
        say(`${named.name}, ${action}: ${String(error)}`)
        throw error
      } finally {
        await subject.close()
      }
    }
  }
  return figures
}
