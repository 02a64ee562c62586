import Type, { type Static } from 'typebox'
import { members } from '../atlassian/settings.ts'

/** The settings of a connection to a desk in Jira Service Management. */

export const Settings = Type.Object(
  {
    ...members,
    defaultType: Type.Optional(
      Type.String({
        title: 'Type of new requests',
        description: 'Name of a request type, or of an issue type, where the mapping gives none.',
        minLength: 1,
        maxLength: 200,
      }),
    ),
  },
  { title: 'Jira Service Management', additionalProperties: false },
)
export type Settings = Static<typeof Settings>
