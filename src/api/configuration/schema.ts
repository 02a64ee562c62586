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
  reach: Type.Array(
    Type.Object({
      connection: Type.String(),
      mirrors: Type.Integer(),
      measured: Type.Optional(
        Type.Integer({ description: 'Dry runs: mirrors the new mapping was tried on.' }),
      ),
      touched: Type.Optional(Type.Integer({ description: 'Those of them where something would change.' })),
      fields: Type.Optional(
        Type.Array(
          Type.Object({
            field: Type.String(),
            here: Type.Integer(),
            there: Type.Integer(),
            held: Type.Integer(),
            asked: Type.Integer(),
          }),
        ),
      ),
    }),
    { description: 'How many mirrors are looked at again because their mapping changes.' },
  ),
})
