import type { ChatKind } from '../domain/chat/chat-kind.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Language } from '../domain/settings.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { insertChat, lockChat, updateChat } from '../store/chats.ts'
import type { Tx } from '../store/database.ts'
import { findProduct } from '../store/organisation.ts'
import { type MasterKey, type SecretPlace, sealSecret } from '../store/secrets.ts'
import { checkLine } from './field-rules.ts'
import { archivedAt, checkName, columnChanges } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

/** What a secret is sealed for: it opens in this place only. */
export const placeOfChatSecret = (chatId: string): SecretPlace => ({
  connectionId: chatId,
  field: 'secret',
  origin: 'chat',
})

const SHORTEST_SECRET = 8

/** The tool makes it, and shows it where the command is set up. */
const checkSecret = (given: string, field: string): Result<string, Refusal> => {
  const secret = given.trim()
  return secret.length < SHORTEST_SECRET || secret.length > 500 || /\s/.test(secret)
    ? err(
        refuse('invalid', 'This is no secret of a chat tool: copy it whole, as the tool shows it.', {
          field,
        }),
      )
    : ok(secret)
}

const productIdOf = async (
  tx: Tx,
  ref: string | null,
  field: string,
): Promise<Result<string | null, Refusal>> => {
  if (ref === null) return ok(null)
  const product = await findProduct(tx, ref)
  return product === null ? unknown('product', ref, field) : ok(product.id)
}

export interface CreateChat {
  readonly name: string
  readonly kind: ChatKind
  readonly secret: string
  /** Id or key of the product that is meant where nobody names one. */
  readonly product?: string | null
  readonly language: Language
}

/** Our people may ask from there, from now on. */
export const createChat =
  (master: MasterKey): Command<CreateChat, { readonly id: string }> =>
  async (tx, context, input) => {
    const name = checkLine(input.name, '/name')
    if (!name.ok) return name
    const secret = checkSecret(input.secret, '/secret')
    if (!secret.ok) return secret
    const product = await productIdOf(tx, input.product ?? null, '/product')
    if (!product.ok) return product
    const id = context.newId()
    await insertChat(tx, {
      ...{ id, name: name.value, kind: input.kind, product_id: product.value, language: input.language },
      secret: sealSecret(master, placeOfChatSecret(id), secret.value),
      ...{ created_at: context.now, updated_at: context.now },
    })
    const event = { kind: 'chat.created', record: { kind: 'chat', id } } as const
    return done({ id }, { events: [{ ...event, data: { name: name.value, kind: input.kind } }], changed: [] })
  }

export interface ChangeChat {
  readonly id: string
  readonly version?: number
  readonly set: Partial<Omit<CreateChat, 'kind'>> & { readonly archived?: boolean }
}

/** Renames it, gives it another secret, or ends that anybody asks from there. */
export const changeChat =
  (master: MasterKey): Command<ChangeChat, { readonly id: string }> =>
  async (tx, context, { id, version, set }) => {
    const row = await lockChat(tx, id)
    if (row === null) return unknown('chat', id, '/id')
    if (version !== undefined && version !== row.version)
      return changedMeanwhile('chat', version, row.version)
    const name = checkName(set.name)
    if (!name.ok) return name
    const secret = set.secret === undefined ? null : checkSecret(set.secret, '/set/secret')
    if (secret?.ok === false) return secret
    const product = set.product === undefined ? null : await productIdOf(tx, set.product, '/set/product')
    if (product?.ok === false) return product
    const patch = {
      ...name.value,
      ...(product === null ? {} : { product_id: product.value }),
      ...(set.language === undefined ? {} : { language: set.language }),
      ...archivedAt(set.archived, row.archived_at, context.now),
    }
    const changes = {
      ...columnChanges(row, patch),
      ...(secret === null ? {} : { secret: { from: '…', to: '…' } }),
    }
    if (Object.keys(changes).length === 0) return done({ id })
    const sealed =
      secret === null
        ? {}
        : {
            secret: sealSecret(master, placeOfChatSecret(id), secret.value),
            ...{ refused_at: null, refused_why: null },
          }
    await updateChat(tx, id, { ...patch, ...sealed }, context.now)
    const isArchived = set.archived === true && row.archived_at === null
    return done(
      { id },
      {
        events: [
          {
            kind: isArchived ? 'chat.archived' : 'chat.changed',
            record: { kind: 'chat', id },
            data: { name: row.name, changes },
          },
        ],
        changed: [],
      },
    )
  }
