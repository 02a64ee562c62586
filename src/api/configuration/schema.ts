import { Type } from 'typebox'
import { closed } from '../shapes.ts'

export const Apply = closed({
  yaml: Type.String({ maxLength: 1024 * 1024, description: 'The file.' }),
  secrets: Type.Optional(
    Type.Record(Type.String({ maxLength: 200 }), Type.String({ maxLength: 65_536 }), {
      description: 'Values of the variables it names. Stored sealed, never given back.',
    }),
  ),
  dryRun: Type.Optional(Type.Boolean({ description: 'Say what would change, and change nothing.' })),
  prune: Type.Optional(Type.Boolean({ description: 'Remove what the file does not name.' })),
})

export const Exported = Type.Object({ yaml: Type.String({ description: 'The file.' }) })

export const Applied = Type.Object({
  dryRun: Type.Boolean(),
  changes: Type.Array(
    Type.Object({
      noun: Type.String(),
      key: Type.String(),
      how: Type.String(),
      words: Type.Array(Type.String()),
    }),
  ),
  reach: Type.Array(Type.Object({ connection: Type.String(), mirrors: Type.Integer() }), {
    description: 'How many mirrors are looked at again because their mapping changes.',
  }),
})
