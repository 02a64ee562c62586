import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'

/** Answers of `/rest/servicedeskapi`: only the members that are used. */

const Maybe = <T extends Type.TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]))
const Text = Type.String({ maxLength: 10_000 })

const page = <T extends Type.TSchema>(row: T) =>
  Type.Object({ values: Type.Array(row), isLastPage: Maybe(Type.Boolean()) })

/** Its number stands only in its address in Jira: `…/rest/api/2/attachment/10000`. */
const File = Type.Object({ filename: Text, _links: Type.Object({ jiraRest: Text }) })
export type DeskFile = Static<typeof File>

const RequestComment = Type.Object({
  id: Type.String({ pattern: '^[1-9]\\d{0,17}$' }),
  public: Type.Boolean(),
  attachments: Maybe(page(File)),
})

const RequestType = Type.Object({
  id: Type.String({ pattern: '^[1-9]\\d{0,17}$' }),
  name: Type.String({ minLength: 1, maxLength: 1_000 }),
  issueTypeId: Type.String({ pattern: '^[1-9]\\d{0,17}$' }),
})
export type RequestType = Static<typeof RequestType>

const Customer = Type.Object({
  accountId: Maybe(Text),
  key: Maybe(Text),
  name: Maybe(Text),
  displayName: Maybe(Text),
  emailAddress: Maybe(Text),
})

export const deskAnswers = {
  comments: Compile(page(RequestComment)),
  requestTypes: Compile(page(RequestType)),
  customers: Compile(page(Customer)),
  temporary: Compile(
    Type.Object({
      temporaryAttachments: Type.Array(Type.Object({ temporaryAttachmentId: Text })),
    }),
  ),
  attached: Compile(Type.Object({ attachments: Maybe(page(File)) })),
} as const
