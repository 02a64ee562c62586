import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { prepareOnce } from './prepared.ts'
import type { Tables } from './tables.ts'

/** The store's handle; `close` it last. */
export type Database = Kysely<Tables>
/** Every store function takes one first: inside a transaction nothing may run outside of it. */
export type Tx = Transaction<Tables>

const INT8 = 20
const DATE = 1082

/** Numbers are numbers (our counters stay below 2^53) and a date stays the text it is: no time zone touches it. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === INT8) return Number
    if (oid === DATE) return (text: string) => text
    return pg.types.getTypeParser(oid, format)
  },
}

/**
 * Connects to PostgreSQL (or to the embedded engine's socket). `max` connections at most; waiting longer than ten
 * seconds for one is an error that is shown, not a silent stall.
 */
export const connect = (options: {
  readonly url: string
  readonly max: number
  readonly onError?: (error: Error) => void
  /** Statements are planned once for each connection. Not for the embedded engine, whose connections share a session. */
  readonly prepare?: boolean
}): Database => {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    types,
    connectionTimeoutMillis: 10_000,
    application_name: 'causeway',
    keepAlive: true,
  })
  // an idle connection that the server ends (restart, terminated backend) must not end us; the next query gets a new one
  pool.on('error', (error) => options.onError?.(error))
  // one that ends while somebody has it, between two of their queries, tells nobody but its own listeners: without one
  // that would end the process; the next query on it fails by itself
  pool.on('connect', (client) => {
    client.on('error', () => {})
    if (options.prepare === true) prepareOnce(client)
  })
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
