import { AUDIENCES } from '../domain/audience.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { NAMING_FIELDS, type SharingPolicy } from '../domain/sharing.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { said } from '../lib/said.ts'
import type { Tx } from '../store/database.ts'
import { findCustomerCalled } from '../store/organisation.ts'
import { fieldsToShare } from '../sync/shared-item.ts'

const CUSTOM = /^custom\.\S.{0,98}$/

/** Whether a policy says what can be meant, with everything it names known here. */
export const checkPolicy = async (tx: Tx, policy: SharingPolicy): Promise<Result<SharingPolicy, Refusal>> => {
  const known = new Map(fieldsToShare(policy.record).map((one) => [one.field, one]))
  const isCustom = (field: string): boolean => CUSTOM.test(field)
  for (const [at, field] of policy.reads.entries()) {
    if (!known.has(field) && !isCustom(field))
      return invalid(`/policy/reads/${at}`, said`A ${policy.record} has no field “${field.slice(0, 100)}”.`)
    if (NAMING_FIELDS.includes(field) && !policy.names)
      return invalid(
        `/policy/reads/${at}`,
        said`“${field}” names a person. Let names cross, or leave the field out.`,
      )
  }
  for (const [at, field] of policy.writes.entries()) {
    if (!policy.reads.includes(field))
      return invalid(`/policy/writes/${at}`, said`They can change “${field}” only where they can read it.`)
    if (!isCustom(field) && known.get(field)?.writable !== true)
      return invalid(
        `/policy/writes/${at}`,
        said`“${field}” is said on this side alone: let them read it only.`,
      )
  }
  if (policy.create && !policy.writes.includes('title'))
    return invalid('/policy/writes', said`Who makes a record gives it a title: let them change “title”.`)
  if (policy.customer !== null) {
    if (policy.record !== 'ticket') return invalid('/policy/customer', said`Only a ticket has a customer.`)
    if ((await findCustomerCalled(tx, policy.customer)) === null)
      return invalid('/policy/customer', said`No customer is called “${policy.customer.slice(0, 100)}”.`)
  }
  const missing = await unknownProduct(tx, policy.products)
  if (missing !== null)
    return invalid('/policy/products', said`There is no product with the key “${missing.slice(0, 100)}”.`)
  return ok({ ...policy, words: AUDIENCES.filter((audience) => policy.words.includes(audience)) })
}

const invalid = (field: string, detail: string): Result<never, Refusal> =>
  err(refuse('invalid', detail, { field }))

const unknownProduct = async (tx: Tx, keys: readonly string[]): Promise<string | null> => {
  if (keys.length === 0) return null
  const found = await tx
    .selectFrom('product')
    .select('key')
    .where('key', 'in', [...keys])
    .execute()
  return keys.find((key) => !found.some((one) => one.key === key)) ?? null
}
