import { Type } from 'typebox'
import { CASE_RESULTS } from '../../domain/acceptance.ts'
import { Named, Ref, Revision, Text } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf } from '../shapes.ts'

const Keyed = Type.Object({ id: Id, key: Type.String(), title: Type.String() })

export const AcceptanceCase = Type.Object({
  id: Id,
  releaseId: Id,
  title: Type.String(),
  steps: Type.String(),
  expected: Type.String(),
  component: nullable(Named),
  ticket: nullable(Keyed),
  standing: oneOf([...CASE_RESULTS, 'not run'] as const, '`not run` also where it was changed since.'),
  runs: Type.Array(
    Type.Object({
      id: Id,
      result: oneOf(CASE_RESULTS),
      note: nullable(Type.String()),
      workItem: nullable(Keyed),
      by: Named,
      at: Instant,
      caseVersion: Type.Integer(),
    }),
    { description: 'The latest first, at most 10.' },
  ),
  removedAt: nullable(Instant),
  createdAt: Instant,
  revision: Type.Integer(),
})

export const NewCase = closed({
  title: line(1_000),
  steps: Text,
  expected: Text,
  component: Type.Optional(nullable(Ref)),
  ticket: Type.Optional(nullable(Ref)),
})
export const CaseChange = closed({
  revision: Type.Optional(Revision),
  set: closed({
    title: Type.Optional(line(1_000)),
    steps: Type.Optional(Text),
    expected: Type.Optional(Text),
  }),
})
export const CaseStep = closed({ revision: Type.Optional(Revision) })
export const CaseRun = closed({
  revision: Type.Optional(Revision),
  result: oneOf(CASE_RESULTS),
  note: Type.Optional(nullable(Type.String({ maxLength: 2_000 }))),
  workItem: Type.Optional(nullable(Ref)),
})
export const SuggestedCases = Type.Object({
  items: Type.Array(
    Type.Object({
      ticket: Type.Object({ id: Id, key: Type.String() }),
      title: Type.String(),
      component: nullable(Named),
      tickets: Type.Integer({ description: 'How many tell of much the same.' }),
      steps: Type.String(),
      expected: Type.String(),
    }),
    { description: 'Commonest first, at most 12.' },
  ),
})
