import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'

/**
 * Commands name their own input in a refusal (`/version`, `/record/ref`); a caller knows the members they sent. Each
 * name is looked for where the schema of the route has it, so a new route needs nothing here:
 *
 *   /title of PATCH /tickets/:ref         → /set/title   (inside a member of the body)
 *   /set/email of PATCH /people/:ref      → /email       (the body itself is what is set)
 *   /version                              → /revision    (called otherwise: the version of a ticket is the product's)
 *   /ticket of POST /tickets/:ref/resolve → /ref         (the record that the address names)
 */
interface Sent {
  readonly body: Members
  readonly query: Members
  readonly params: Members
}
type Members = Readonly<Record<string, Type.TSchema>>

/** What commands call otherwise than the API; the first that the route has. */
const CALLED: Readonly<Record<string, readonly string[]>> = {
  version: ['revision'],
  body: ['text', 'answer', 'question'],
  take: ['choice'],
  connections: ['yaml'],
}

/** The JSON pointer of the member sent; null when the request has none for it, so that nobody looks for it. */
export const sentMember = (request: FastifyRequest, pointer: string): string | null => {
  const { schema } = request.routeOptions
  return memberIn(
    {
      body: membersOf(schema?.body),
      query: membersOf(schema?.querystring),
      params: membersOf(schema?.params),
    },
    pointer,
  )
}

export const memberIn = ({ body, query, params }: Sent, pointer: string): string | null => {
  const [first = '', ...rest] = pointer.split('/').slice(1)
  if (first === 'headers' || [body, query, params].some((members) => Object.hasOwn(members, first)))
    return pointer
  const called = CALLED[first]?.find((name) => Object.hasOwn(body, name))
  if (called !== undefined) return `/${called}`
  const [second] = rest
  if (first === 'set' && second !== undefined && Object.hasOwn(body, second)) return `/${rest.join('/')}`
  const around = Object.keys(body).find((name) => Object.hasOwn(membersOf(body[name]), first))
  if (around !== undefined) return `/${around}${pointer}`
  const [named, ...others] = Object.keys(params)
  return named !== undefined && others.length === 0 ? `/${named}` : null
}

const membersOf = (schema: unknown): Members => (Type.IsObject(schema) ? schema.properties : {})
