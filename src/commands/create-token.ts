import type { Actor } from '../domain/actor.ts'
import { refuse } from '../domain/refusal.ts'
import { isForCustomers, type Role } from '../domain/words.ts'
import { err, ok } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { insertToken, tokenMaker } from '../store/tokens.ts'
import type { Command } from './run-command.ts'

export interface CreateTokenInput {
  /** What it is for, as the list shows it. */
  readonly name: string
  readonly roles: readonly Role[]
  readonly personId?: string | null
  readonly contactId?: string | null
  /** Can only be exchanged at sign-in, once. */
  readonly oneTime?: boolean
  /** From now; null: until it is revoked. */
  readonly validForMs: number | null
}

export interface CreatedToken {
  readonly id: string
  /** Shown now and never again. */
  readonly token: string
  readonly expiresAt: Date | null
}

export const DAY_MS = 86_400_000

/** Makes a bearer token. A customer's token must stand for a contact, or it would belong to no organisation. */
export const createToken: Command<CreateTokenInput, CreatedToken> = async (tx, context, input) => {
  const { personId = null, contactId = null, oneTime = false } = input
  if (isForCustomers(input.roles) !== (contactId !== null))
    return err(
      refuse('invalid', 'A token of a customer’s role stands for a contact, and only such a one does.', {
        field: '/contactId',
      }),
    )
  const missing = await missingHolder(tx, personId, contactId)
  if (missing !== null) return err(missing)
  const id = context.newId()
  const madeBy = await makerOf(tx, context.actor)
  const expiresAt = input.validForMs === null ? null : new Date(context.now.getTime() + input.validForMs)
  const token = await insertToken(
    tx,
    { id, name: input.name, roles: input.roles, personId, contactId, oneTime, expiresAt, madeBy },
    context.now,
  )
  return ok({
    value: { id, token, expiresAt },
    events: [
      {
        kind: 'token.created',
        record: { kind: 'token', id },
        data: { name: input.name, roles: input.roles, oneTime },
      },
    ],
    changed: [],
  })
}

/** A person; of a token that makes another, who made that one. */
const makerOf = async (tx: Tx, actor: Actor): Promise<string | null> => {
  if (actor.kind === 'person') return actor.id
  return actor.kind === 'token' ? tokenMaker(tx, actor.id) : null
}

const missingHolder = async (tx: Tx, personId: string | null, contactId: string | null) => {
  const known = async (table: 'person' | 'contact', id: string): Promise<boolean> =>
    (await tx
      .selectFrom(table)
      .select('id')
      .where('id', '=', id)
      .where('archived_at', 'is', null)
      .executeTakeFirst()) !== undefined
  if (personId !== null && !(await known('person', personId)))
    return refuse('not-found', 'There is no such person, or they were archived.', { field: '/personId' })
  if (contactId !== null && !(await known('contact', contactId)))
    return refuse('not-found', 'There is no such contact, or they were archived.', { field: '/contactId' })
  return null
}
