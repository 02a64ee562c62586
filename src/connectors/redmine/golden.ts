import type { RemoteFault } from '../../sync/fault.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import { type ConvertContext, issueSnapshot, versionSnapshot } from './convert.ts'
import { refusal } from './refusal.ts'
import { answers, readAs } from './schema.ts'

/**
 * What a recorded answer must become, by the first word of its name. Used by the recorder and by the tests that
 * compare (and damage) the recordings; nothing else calls it.
 */

export interface RecordedContext {
  readonly baseUrl: string
  readonly accountId: number
  readonly identifiers: Readonly<Record<string, string>>
}

type Refused = Pick<RemoteFault, 'kind' | 'field' | 'detail'>

const contextOf = (recorded: RecordedContext): ConvertContext => ({
  baseUrl: recorded.baseUrl,
  accountId: recorded.accountId,
  identifierOf: (project) => recorded.identifiers[project.id] ?? String(project.id),
  knownOf: () => undefined,
  seesPrivateNotes: true,
})

/** Throws `RemoteFault` as the client would. */
export const goldenOf = (
  name: string,
  answer: unknown,
  recorded: RecordedContext,
): Snapshot | readonly Snapshot[] | Refused => {
  const context = contextOf(recorded)
  switch (name.split('-')[0]) {
    case 'issue':
      return issueSnapshot(readAs(answers.issue, answer, name).issue, context, true)
    case 'issues':
      return readAs(answers.issues, answer, name).issues.map((each) => issueSnapshot(each, context, false))
    case 'version':
      return versionSnapshot(readAs(answers.version, answer, name).version, context, 'atlas')
    case 'versions':
      return readAs(answers.versions, answer, name).versions.map((each) =>
        versionSnapshot(each, context, 'atlas'),
      )
    default: {
      const { kind, field, detail } = refusal(answer, [], ['Severity', 'Severity of all'])
      return { kind, field, detail }
    }
  }
}
