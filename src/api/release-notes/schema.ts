import { Type } from 'typebox'
import { NOTE_KINDS, NOTE_STATES } from '../../domain/release-note.ts'
import { WORK_ITEM_KINDS, WORK_ITEM_STATES } from '../../domain/words.ts'
import { Actor, KeyedName, Named, Ref, Revision, Text } from '../record-shapes.ts'
import { closed, Id, Instant, line, nullable, oneOf, PageQuery } from '../shapes.ts'

const Work = {
  ...{ id: Id, key: Type.String(), title: Type.String() },
  ...{ kind: oneOf(WORK_ITEM_KINDS), state: oneOf(WORK_ITEM_STATES) },
}

export const ReleaseNote = Type.Object({
  id: Id,
  release: Named,
  kind: oneOf(NOTE_KINDS),
  state: oneOf(NOTE_STATES, '`approved`: support can answer for it.'),
  title: Type.String(),
  body: Type.String({ description: 'What users notice.' }),
  say: nullable(Type.String({ description: 'What support says to who asks.' })),
  workaround: nullable(Type.String()),
  component: nullable(KeyedName),
  workItem: nullable(Type.Object(Work)),
  writtenBy: Actor,
  approvedBy: nullable(Actor),
  approvedAt: nullable(Instant),
  removedAt: nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  revision: Type.Integer(),
})

export const NoteQuery = closed({
  ...PageQuery.properties,
  kind: Type.Optional(oneOf(NOTE_KINDS)),
  state: Type.Optional(oneOf(NOTE_STATES)),
})

const words = {
  body: Type.Optional(Text),
  say: Type.Optional(nullable(Text)),
  workaround: Type.Optional(nullable(Text)),
  component: Type.Optional(nullable(Ref)),
  workItem: Type.Optional(nullable(Ref)),
}
export const NewNote = closed({ kind: oneOf(NOTE_KINDS), title: line(1_000), ...words })
export const NoteChange = closed({
  revision: Type.Optional(Revision),
  set: closed({ kind: Type.Optional(oneOf(NOTE_KINDS)), title: Type.Optional(line(1_000)), ...words }),
})
export const NoteStepBody = closed({ revision: Type.Optional(Revision) })

export const UnnotedWork = Type.Object({
  ...Work,
  behaviourNote: nullable(Type.String()),
  workaround: nullable(Type.String()),
  noteKind: oneOf(NOTE_KINDS, 'What a note about it would begin as.'),
})
export const NoteDrafts = closed({
  workItems: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
})
export const Drafted = Type.Object({ ids: Type.Array(Id) })
