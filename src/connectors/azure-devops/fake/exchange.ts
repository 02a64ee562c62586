import type { FakeItem, FakeProject, FakeState } from './state.ts'
import { type Op, Refused } from './write.ts'

/** What the routes of the pretended tool are given and answer, and what all of them do. */

export interface FakeRequest {
  readonly method: string
  /** Below the organisation. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

export type Write = 'create' | 'update' | 'comment' | 'comment edit' | 'attachment' | 'hook'

export interface FakeAnswer {
  readonly status: number
  readonly json?: unknown
  readonly bytes?: Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly wrote?: {
    readonly what: Write
    readonly id: string
    readonly item?: FakeItem
    readonly event?: string
  }
}

export interface World {
  readonly state: FakeState
  readonly nowMs: number
  /** Address of the organisation. */
  readonly base: string
  /** Pages of the reporting API and of comments hold at most so many. */
  readonly pageLimit: number
}

export type Handler = (world: World, request: FakeRequest, parts: readonly string[]) => FakeAnswer
export type Members = Readonly<Record<string, unknown>>

export const ok = (json: unknown, wrote?: FakeAnswer['wrote']): FakeAnswer => ({
  status: 200,
  json,
  ...(wrote === undefined ? {} : { wrote }),
})
export const list = (value: readonly unknown[]): FakeAnswer => ok({ count: value.length, value })

export const refusalAnswer = ({ refusal: { status, typeKey, message, rule } }: Refused): FakeAnswer => ({
  status,
  json: {
    $id: '1',
    ...(rule === undefined
      ? {}
      : {
          customProperties: {
            FieldReferenceName: null,
            RuleValidationErrors: [
              { fieldReferenceName: rule, errorMessage: message, fieldStatusCode: 524_289 },
            ],
          },
        }),
    innerException: null,
    message,
    typeName: `Microsoft.TeamFoundation.WorkItemTracking.Server.${typeKey}`,
    typeKey,
    errorCode: 0,
    eventId: 3_200,
  },
})

export const missing = (message: string): never => {
  throw new Refused({ status: 404, typeKey: 'WorkItemUnauthorizedAccessException', message })
}

export const itemNamed = ({ state }: World, id: string | undefined): FakeItem => {
  const item = state.items.get(Number(id))
  const isSeen =
    item !== undefined && !item.isDeleted && !state.hidden.has(String(item.fields['System.TeamProject']))
  return isSeen
    ? item
    : missing(`TF401232: Work item ${id} does not exist, or you do not have permissions to read it.`)
}

export const projectNamed = ({ state }: World, name: string | undefined): FakeProject =>
  state.projects.find((one) => (one.name === name || one.id === name) && !state.hidden.has(one.name)) ??
  missing(
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct.`,
  )

export const jsonIn = (request: FakeRequest): unknown => {
  try {
    return JSON.parse(Buffer.from(request.body).toString('utf8'))
  } catch {
    throw new Refused({
      status: 400,
      typeKey: 'VssPropertyValidationException',
      message: 'The body is not JSON.',
    })
  }
}
export const membersIn = (request: FakeRequest): Members => (jsonIn(request) ?? {}) as Members

export const patchIn = (request: FakeRequest): readonly Op[] => {
  if (request.headers['content-type'] !== 'application/json-patch+json')
    throw new Refused({
      status: 415,
      typeKey: 'VssRequestContentTypeNotSupportedException',
      message: 'The request has a Content-Type that is not supported.',
    })
  return jsonIn(request) as readonly Op[]
}

export const numberIn = (request: FakeRequest, name: string, otherwise: number): number =>
  Number(request.query.get(name) ?? otherwise)

export const changed = (item: FakeItem, what: Write, id: string, event: string, json: unknown): FakeAnswer =>
  ok(json, { what, id, item, event })
