import type { Case } from './case.ts'
import type { Subject } from './subject.ts'

export interface CaseResult {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'not supported'
  /** Why not, or what went wrong; empty when it passed. */
  readonly reason: string
  /** Requests held against the vendor's own schema. */
  readonly checked: number
}

/** Runs every case on fresh subjects, one after the other. A failure is a result, never a throw. */
export const runAll = async (
  cases: readonly Case[],
  makeSubject: () => Promise<Subject>,
): Promise<readonly CaseResult[]> => {
  const results: CaseResult[] = []
  for (const one of cases) results.push(await runOne(one, makeSubject))
  return results
}

const runOne = async (one: Case, makeSubject: () => Promise<Subject>): Promise<CaseResult> => {
  const { name } = one
  const subject = await makeSubject()
  try {
    const unsupported = one.unsupported(subject)
    if (unsupported !== null) return { name, outcome: 'not supported', reason: unsupported, checked: 0 }
    await one.run(subject, subject.connect())
    const checked = subject.vendor?.requests ?? 0
    const [problem] = subject.vendor?.problems ?? []
    if (problem !== undefined) return { name, outcome: 'failed', reason: problem, checked }
    return { name, outcome: 'passed', reason: '', checked }
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    return { name, outcome: 'failed', reason, checked: subject.vendor?.requests ?? 0 }
  } finally {
    await subject.close()
  }
}
