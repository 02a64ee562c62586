import type { Refusal } from '../domain/refusal.ts'
import { refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import {
  findComponent,
  findContact,
  findCustomer,
  findInstallation,
  findPerson,
  findProduct,
} from '../store/organisation.ts'
import { findRelease } from '../store/releases.ts'
import type { TicketPatch } from '../store/tickets.ts'
import { unknown } from './outcome.ts'

/** Whom and what a ticket is about, by id or key (people and contacts by id or e-mail). Null clears. */
export interface TicketReferences {
  readonly customer?: string | null
  readonly contact?: string | null
  readonly product?: string | null
  readonly component?: string | null
  readonly installation?: string | null
  readonly version?: string | null
  readonly environment?: string | null
}

type Columns = Pick<
  TicketPatch,
  | 'customer_id'
  | 'contact_id'
  | 'product_id'
  | 'component_id'
  | 'installation_id'
  | 'release_version'
  | 'environment'
>

/** What is known so far: the ticket before the change, or nothing for a new one. */
type Known = { readonly customer_id: string | null; readonly product_id: string | null }

/**
 * Looks up what is named, and fills in what follows from it where nothing else was said: an installation names its
 * customer, product, version and environment; a contact its customer; a component its product.
 */
export const resolveTicketReferences = async (
  tx: Tx,
  refs: TicketReferences,
  known: Known,
): Promise<Result<Columns, Refusal>> => {
  const installation = await fromInstallation(tx, refs.installation)
  if (!installation.ok) return installation
  const people = await fromPeople(tx, refs)
  if (!people.ok) return people
  const columns: Columns = {
    ...(known.customer_id === null ? people.value.follows : {}),
    ...installation.value,
    ...people.value.named,
    ...(refs.version === undefined ? {} : { release_version: refs.version }),
    ...(refs.environment === undefined ? {} : { environment: refs.environment }),
  }
  const place = await fromPlace(tx, refs, columns.product_id ?? known.product_id)
  return place.ok ? ok({ ...columns, ...place.value }) : place
}

const fromInstallation = async (
  tx: Tx,
  ref: string | null | undefined,
): Promise<Result<Columns, Refusal>> => {
  if (ref === undefined) return ok({})
  if (ref === null) return ok({ installation_id: null })
  const installation = await findInstallation(tx, ref)
  if (installation === null) return unknown('installation', ref, '/installation')
  const release = installation.release_id === null ? null : await findRelease(tx, installation.release_id)
  return ok({
    installation_id: installation.id,
    customer_id: installation.customer_id,
    product_id: installation.product_id,
    release_version: installation.version ?? release?.name ?? null,
    environment: installation.environment,
  })
}

const fromPeople = async (
  tx: Tx,
  refs: TicketReferences,
): Promise<Result<{ readonly named: Columns; readonly follows: Columns }, Refusal>> => {
  const named: { customer_id?: string | null; contact_id?: string | null } = {}
  let follows: Columns = {}
  if (refs.contact === null) named.contact_id = null
  else if (refs.contact !== undefined) {
    const contact = await findContact(tx, refs.contact)
    if (contact === null) return unknown('contact', refs.contact, '/contact')
    named.contact_id = contact.id
    if (contact.customer_id !== null) follows = { customer_id: contact.customer_id }
  }
  if (refs.customer === null) named.customer_id = null
  else if (refs.customer !== undefined) {
    const customer = await findCustomer(tx, refs.customer)
    if (customer === null) return unknown('customer', refs.customer, '/customer')
    named.customer_id = customer.id
  }
  return ok({ named, follows })
}

/** A product and a part of it that belong together, by id or key. Also used for work items. */
export const fromPlace = async (
  tx: Tx,
  refs: { readonly product?: string | null; readonly component?: string | null },
  knownProductId: string | null,
): Promise<
  Result<{ readonly product_id?: string | null; readonly component_id?: string | null }, Refusal>
> => {
  const place: { product_id?: string | null; component_id?: string | null } = {}
  if (refs.product != null) {
    const product = await findProduct(tx, refs.product)
    if (product === null) return unknown('product', refs.product, '/product')
    place.product_id = product.id
    // a component of another product cannot stay
    if (refs.component === undefined && product.id !== knownProductId) place.component_id = null
  } else if (refs.product === null) {
    place.product_id = null
    place.component_id = null
  }
  if (refs.component === null) place.component_id = null
  else if (refs.component !== undefined) {
    const productId = place.product_id ?? knownProductId
    const component = await findComponent(tx, productId, refs.component)
    if (component === null) return unknown('component', refs.component, '/component')
    if (refs.product != null && component.product_id !== place.product_id) {
      return err(
        refuse('invalid', `${component.name} is no component of that product.`, { field: '/component' }),
      )
    }
    place.component_id = component.id
    place.product_id = component.product_id
  }
  return ok(place)
}

/** A person of ours by id or e-mail; null stays null. */
export const personIdOf = async (
  tx: Tx,
  ref: string | null,
  field: string,
): Promise<Result<string | null, Refusal>> => {
  if (ref === null) return ok(null)
  const person = await findPerson(tx, ref)
  return person === null ? unknown('person', ref, field) : ok(person.id)
}
