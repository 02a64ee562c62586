import { isFault } from '../../sync/fault.ts'
import type { Choices } from './choices.ts'
import { type Reading, toSnapshot } from './convert.ts'
import { refused } from './refusal.ts'
import { answers, type Row, readAs, refusalIn } from './schema.ts'

/**
 * What a published answer must become, by the first word of its name. Used by the tests that compare (and damage)
 * them; nothing else calls it.
 */

const OWN_WORDS: Choices = { word: (_table, _column, value) => value, value: () => null, options: () => null }

const reading: Reading = {
  settings: {
    url: 'https://instance.service-now.com',
    columns: ['category', 'impact', 'urgency', 'assignment_group', 'cmdb_ci', 'problem_id', 'close_notes'],
  },
  choices: OWN_WORDS,
  userName: 'admin',
}

const thread = (files: readonly Row[], journal: readonly Row[]) => ({
  attachments: files,
  journal,
  authors: new Map(),
  nextStates: null,
})

/** A record without anything, to hang files and comments on. */
const BARE: Row = { sys_id: '0123456789abcdef0123456789abcdef', short_description: 'Bare' }

export const goldenOf = (name: string, answer: unknown): unknown => {
  const [kind, table = 'incident'] = name.split('-')
  switch (kind) {
    case 'record':
      return toSnapshot(table, readAs(answers.one, answer, name).result, null, reading)
    case 'list':
      return readAs(answers.rows, answer, name).result.map((row) => toSnapshot(table, row, null, reading))
    case 'files':
      return toSnapshot('incident', BARE, thread(readAs(answers.rows, answer, name).result, []), reading)
        ?.attachments
    case 'journal':
      return toSnapshot('incident', BARE, thread([], readAs(answers.rows, answer, name).result), reading)
        ?.comments
    case 'error':
      return refusalIn(answer)
    default: {
      const refusal = refusalIn(answer)
      if (refusal === null) return null
      const { kind: faultKind, field, detail } = refused(refusal, [], 'the change')
      return { kind: faultKind, field, detail }
    }
  }
}

/** For answers that are damaged on purpose. */
export const isCalmlyRefused = (name: string, answer: unknown): boolean => {
  try {
    goldenOf(name, answer)
    return true
  } catch (thrown) {
    return isFault(thrown)
  }
}
