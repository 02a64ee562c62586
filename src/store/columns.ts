import type { ColumnType } from 'kysely'

/** How columns are read, inserted and updated: the three differ where a value may be left out or is written as text. */

export type At = ColumnType<Date, Date, Date>
export type AtOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>
/** JSON is written as text: the driver would take an array for a PostgreSQL array. */
export type JsonColumn<T> = ColumnType<T, string, string>
export type JsonOrNull<T> = ColumnType<T | null, string | null | undefined, string | null>
export type Nullable<T> = ColumnType<T | null, T | null | undefined, T | null>
