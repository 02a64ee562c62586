import Type, { type Static } from 'typebox'
import { members } from '../atlassian/settings.ts'

/** The settings of a Jira connection. The shapes of Jira's answers are in `atlassian/answers.ts`. */

const { projects, ...access } = members

export const Settings = Type.Object(
  {
    ...access,
    projects,
    defaultType: Type.Optional(
      Type.String({
        title: 'Type of new issues',
        description: 'Where the mapping gives none.',
        default: 'Task',
        minLength: 1,
        maxLength: 100,
      }),
    ),
    internalRole: Type.Optional(
      Type.String({
        title: 'Role that reads internal comments',
        description:
          'Internal comments are restricted to this project role, which the account must hold. Empty, and no group: internal comments are held.',
        maxLength: 200,
      }),
    ),
    internalGroup: Type.Optional(
      Type.String({
        title: 'Group that reads internal comments',
        description: 'Instead of a role.',
        maxLength: 200,
      }),
    ),
  },
  { title: 'Jira', additionalProperties: false },
)
export type Settings = Static<typeof Settings>
