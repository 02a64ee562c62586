import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { Partner } from '../domain/sharing.ts'
import type { RuleName } from './access.ts'
import type { Caller } from './caller.ts'

/** The server as every `routes.ts` sees it: schemas give the types of what a handler gets and answers. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's line in access.ts. */
    access?: RuleName
    /** Taken although the disk is nearly full. */
    evenWhenFull?: true
    /** A password is in the body: nothing of it is kept, not even a fingerprint. */
    holdsPassword?: true
  }
  interface FastifyRequest {
    /** Null on routes that need no token. */
    caller: Caller | null
    /** On routes for partners alone. */
    partner: Partner | null
  }
}
