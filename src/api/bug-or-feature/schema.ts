import { Type } from 'typebox'
import { READINGS, VERDICTS } from '../../domain/bug-or-feature.ts'
import { NOTE_KINDS } from '../../domain/release-note.ts'
import { WORK_ITEM_KINDS, WORK_ITEM_STATES } from '../../domain/words.ts'
import { Ref, ReleaseBadge } from '../record-shapes.ts'
import { closed, Id, line, nullable, oneOf } from '../shapes.ts'

export const BugOrFeatureQuery = closed({
  text: line(2_000, 'As the caller says it.'),
  product: Type.Optional(Ref),
  version: Type.Optional(line(200, 'What runs there, as the caller calls it.')),
})

const Named = Type.Object({ id: Id, name: Type.String() })
export const BugOrFeature = Type.Object({
  verdict: oneOf(VERDICTS, 'What the best evidence says.'),
  release: nullable(Named),
  evidence: Type.Array(
    Type.Object({
      reading: oneOf(
        READINGS,
        '`fixed`: that version has the fix. `newer`: it comes with a release newer than theirs. `related`: settles nothing.',
      ),
      workItem: nullable(
        Type.Object({
          id: Id,
          key: Type.String(),
          title: Type.String(),
          kind: oneOf(WORK_ITEM_KINDS),
          state: oneOf(WORK_ITEM_STATES),
        }),
      ),
      note: nullable(
        Type.Object(
          {
            id: Id,
            kind: oneOf(NOTE_KINDS),
            title: Type.String(),
            release: Named,
            say: nullable(Type.String({ description: 'What support says to who asks.' })),
          },
          { description: 'An approved note of a release; its words are the ones given here.' },
        ),
      ),
      score: Type.Integer(),
      reasons: Type.Array(Type.String()),
      behaviourNote: nullable(Type.String()),
      workaround: nullable(Type.String()),
      declineReason: nullable(Type.String()),
      planned: nullable(ReleaseBadge),
      has: oneOf(['yes', 'no', 'unknown'] as const),
      firstIn: nullable(Named),
      tickets: Type.Integer(),
    }),
  ),
})
