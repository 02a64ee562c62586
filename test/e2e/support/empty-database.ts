import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { connect } from '../../../src/store/database.ts'

/** A database of one's own on the server that CAUSEWAY_TEST_POSTGRES names; null: the embedded engine. */
export const emptyDatabase = async (): Promise<{
  readonly url: string
  drop(): Promise<void>
} | null> => {
  const server = process.env['CAUSEWAY_TEST_POSTGRES']
  if (!server) return null
  const name = `causeway_e2e_${randomBytes(6).toString('hex')}`
  const admin = connect({ url: server, max: 1 })
  await sql`create database ${sql.id(name)}`.execute(admin)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: async () => {
      await sql`drop database ${sql.id(name)} with (force)`.execute(admin)
      await admin.destroy()
    },
  }
}
