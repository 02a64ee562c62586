import type { Insertable, Selectable, Updateable } from 'kysely'
import { isId } from '../lib/ids.ts'
import type { Database, Tx } from './database.ts'
import { saidAfter } from './deployments.ts'
import type * as tables from './tables.ts'

/** Customers and their contacts, our people and teams, what we make and where it runs. Each is found by id or key. */

export type Customer = Selectable<tables.CustomerTable>
export type Contact = Selectable<tables.ContactTable>
export type Person = Selectable<tables.PersonTable>
export type Team = Selectable<tables.TeamTable>
export type Product = Selectable<tables.ProductTable>
export type Component = Selectable<tables.ComponentTable>
export type Installation = Selectable<tables.InstallationTable>

export const findCustomer = async (tx: Tx, ref: string): Promise<Customer | null> =>
  (await tx
    .selectFrom('customer')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .executeTakeFirst()) ?? null

/** By key, else by name whatever the case: the words a tool has. */
export const findCustomerCalled = async (tx: Tx, text: string): Promise<Customer | null> =>
  (await tx
    .selectFrom('customer')
    .selectAll()
    .where((is) => is.or([is('key', '=', text), is(is.fn('lower', ['name']), '=', text.toLowerCase())]))
    .orderBy((is) => is('key', '=', text), 'desc')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()) ?? null

/** By id or e-mail. */
export const findPerson = async (tx: Database | Tx, ref: string): Promise<Person | null> =>
  (await tx
    .selectFrom('person')
    .selectAll()
    .where((is) => (isId(ref) ? is('id', '=', ref) : is(is.fn('lower', ['email']), '=', ref.toLowerCase())))
    .executeTakeFirst()) ?? null

/** By id or e-mail. */
export const findContact = async (tx: Tx, ref: string): Promise<Contact | null> =>
  (await tx
    .selectFrom('contact')
    .selectAll()
    .where((is) => (isId(ref) ? is('id', '=', ref) : is(is.fn('lower', ['email']), '=', ref.toLowerCase())))
    .executeTakeFirst()) ?? null

export const findTeam = async (tx: Tx, ref: string): Promise<Team | null> =>
  (await tx
    .selectFrom('team')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .executeTakeFirst()) ?? null

export const findProduct = async (tx: Tx, ref: string): Promise<Product | null> =>
  (await tx
    .selectFrom('product')
    .selectAll()
    .where(isId(ref) ? 'id' : 'key', '=', ref)
    .executeTakeFirst()) ?? null

export const findProductCalled = async (tx: Tx, text: string): Promise<Product | null> =>
  (await tx
    .selectFrom('product')
    .selectAll()
    .where((is) => is.or([is('key', '=', text), is(is.fn('lower', ['name']), '=', text.toLowerCase())]))
    .orderBy((is) => is('key', '=', text), 'desc')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()) ?? null

/** By id, or by key or name within a product; without a product, only where one component alone is called so. */
export const findComponent = async (
  tx: Tx,
  productId: string | null,
  ref: string,
): Promise<Component | null> => {
  if (isId(ref)) {
    return (await tx.selectFrom('component').selectAll().where('id', '=', ref).executeTakeFirst()) ?? null
  }
  const found = await tx
    .selectFrom('component')
    .selectAll()
    .where((is) => is.or([is('key', '=', ref), is(is.fn('lower', ['name']), '=', ref.toLowerCase())]))
    .$if(productId !== null, (query) => query.where('product_id', '=', productId))
    .limit(2)
    .execute()
  const byKey = found.filter((component) => component.key === ref)
  return (byKey.length === 1 ? byKey[0] : found.length === 1 ? found[0] : null) ?? null
}

export const findInstallation = async (tx: Tx, id: string): Promise<Installation | null> =>
  isId(id)
    ? ((await tx.selectFrom('installation').selectAll().where('id', '=', id).executeTakeFirst()) ?? null)
    : null

/** Held until the transaction ends: what runs there is decided by one at a time. */
export const lockInstallation = async (tx: Tx, id: string): Promise<Installation | null> =>
  isId(id)
    ? ((await tx
        .selectFrom('installation')
        .selectAll()
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()) ?? null)
    : null

/** By id, or as `customer/where`, each as it is called there: `acme/production`. */
export const findInstallationCalled = async (
  tx: Tx,
  productId: string,
  ref: string,
): Promise<Installation | null> => {
  if (isId(ref)) return findInstallation(tx, ref)
  const [customer = '', ...where] = ref.split('/')
  return (
    (await tx
      .selectFrom('installation as i')
      .innerJoin('customer as c', 'c.id', 'i.customer_id')
      .selectAll('i')
      .where('c.key', '=', customer)
      .where('i.product_id', '=', productId)
      .where('i.environment', '=', where.join('/'))
      .executeTakeFirst()) ?? null
  )
}

/** False when the key is taken. */
export const insertCustomer = async (tx: Tx, row: Insertable<tables.CustomerTable>): Promise<boolean> =>
  (await tx
    .insertInto('customer')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

/** False when the e-mail is taken (whatever its case). */
export const insertPerson = async (tx: Tx, row: Insertable<tables.PersonTable>): Promise<boolean> =>
  (await tx
    .insertInto('person')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

/** False when the e-mail is taken (whatever its case). */
export const insertContact = async (tx: Tx, row: Insertable<tables.ContactTable>): Promise<boolean> =>
  (await tx
    .insertInto('contact')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const insertTeam = async (tx: Tx, row: Insertable<tables.TeamTable>): Promise<boolean> =>
  (await tx
    .insertInto('team')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const insertProduct = async (tx: Tx, row: Insertable<tables.ProductTable>): Promise<boolean> =>
  (await tx
    .insertInto('product')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const insertComponent = async (tx: Tx, row: Insertable<tables.ComponentTable>): Promise<boolean> =>
  (await tx
    .insertInto('component')
    .values(row)
    .onConflict((conflict) => conflict.columns(['product_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const insertInstallation = async (
  tx: Tx,
  row: Insertable<tables.InstallationTable>,
): Promise<boolean> =>
  (await tx
    .insertInto('installation')
    .values({
      ...row,
      said_release_id: row.release_id,
      said_at: row.release_id == null ? null : row.updated_at,
    })
    .onConflict((conflict) => conflict.columns(['customer_id', 'product_id', 'environment']).doNothing())
    .returning('id')
    .executeTakeFirst()) !== undefined

export const updateCustomer = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.CustomerTable>,
): Promise<void> => {
  await tx.updateTable('customer').set(patch).where('id', '=', id).execute()
}
export const updatePerson = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.PersonTable>,
): Promise<void> => {
  await tx.updateTable('person').set(patch).where('id', '=', id).execute()
}
export const updateContact = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.ContactTable>,
): Promise<void> => {
  await tx.updateTable('contact').set(patch).where('id', '=', id).execute()
}
export const updateTeam = async (tx: Tx, id: string, patch: Updateable<tables.TeamTable>): Promise<void> => {
  await tx.updateTable('team').set(patch).where('id', '=', id).execute()
}
export const updateProduct = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.ProductTable>,
): Promise<void> => {
  await tx.updateTable('product').set(patch).where('id', '=', id).execute()
}
export const updateComponent = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.ComponentTable>,
): Promise<void> => {
  await tx.updateTable('component').set(patch).where('id', '=', id).execute()
}
/** With a release, it is what somebody says runs there: deployments before that count no more. */
export const updateInstallation = async (
  tx: Tx,
  id: string,
  patch: Updateable<tables.InstallationTable> & { readonly updated_at: Date },
): Promise<void> => {
  const said =
    patch.release_id === undefined
      ? {}
      : { said_release_id: patch.release_id, said_at: saidAfter('installation_id', id, patch.updated_at) }
  await tx
    .updateTable('installation')
    .set({ ...said, ...patch })
    .where('id', '=', id)
    .execute()
}

/** What runs there by its deployments; what somebody said of it stays. */
export const setRunning = async (tx: Tx, id: string, releaseId: string | null, now: Date): Promise<void> => {
  await tx
    .updateTable('installation')
    .set({ release_id: releaseId, updated_at: now })
    .where('id', '=', id)
    .execute()
}

/** Makes exactly these people the team's members. */
export const setTeamMembers = async (tx: Tx, teamId: string, personIds: readonly string[]): Promise<void> => {
  await tx
    .deleteFrom('team_member')
    .where('team_id', '=', teamId)
    .$if(personIds.length > 0, (query) => query.where('person_id', 'not in', personIds))
    .execute()
  if (personIds.length === 0) return
  await tx
    .insertInto('team_member')
    .values(personIds.map((person_id) => ({ team_id: teamId, person_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The routing table, in order. */
export const routeLines = async (tx: Tx): Promise<readonly Selectable<tables.RouteTable>[]> =>
  tx.selectFrom('route').selectAll().orderBy('position').limit(10_000).execute()
