import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { findCustomer, findProduct, insertInstallation } from '../store/organisation.ts'
import { checkLine } from './field-rules.ts'
import { done, unknown } from './outcome.ts'
import { releaseIdOf } from './progress-release.ts'
import type { Command } from './run-command.ts'

export interface CreateInstallation {
  /** Ids or keys. */
  readonly customer: string
  readonly product: string
  readonly environment: string
  /** Id or name of the release that runs there. */
  readonly release?: string | null
  /** What it calls itself, where that is no release of ours. */
  readonly version?: string | null
}

/** What a customer runs of a product, and where: the version a ticket of theirs is about. */
export const createInstallation: Command<CreateInstallation, { readonly id: string }> = async (
  tx,
  context,
  input,
) => {
  const environment = checkLine(input.environment, '/environment')
  if (!environment.ok) return environment
  const customer = await findCustomer(tx, input.customer)
  if (customer === null) return unknown('customer', input.customer, '/customer')
  const product = await findProduct(tx, input.product)
  if (product === null) return unknown('product', input.product, '/product')
  const release = await releaseIdOf(tx, input.release ?? null, product.id, '/release')
  if (!release.ok) return release
  const version = input.version == null ? null : checkLine(input.version, '/version')
  if (version?.ok === false) return version
  const id = context.newId()
  const isNew = await insertInstallation(tx, {
    id,
    customer_id: customer.id,
    product_id: product.id,
    environment: environment.value,
    release_id: release.value,
    version: version?.value ?? null,
    created_at: context.now,
    updated_at: context.now,
  })
  if (!isNew) {
    return err(
      refuse(
        'in-use',
        `${customer.name} has ${product.name} in ${environment.value} already: change that one.`,
        {
          field: '/environment',
        },
      ),
    )
  }
  return done(
    { id },
    {
      events: [
        {
          kind: 'installation.created',
          record: { kind: 'installation', id },
          data: { customer: customer.key, product: product.key, environment: environment.value },
        },
      ],
      changed: [],
    },
  )
}
