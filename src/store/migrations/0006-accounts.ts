import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Colleagues have one or more roles; who was an admin so far could do everything, and still can, as owner. What an admin
 * may do from now on is less.
 *
 * People and contacts who sign in by themselves. An account belongs to exactly one of the two; its sessions are tokens
 * of a kind of their own, so that whatever ends a token ends a session. `failures` since the last success decides
 * `locked_until`. An identity is what a provider of single sign-on calls
 * them. `totp` is sealed; it counts once `totp_at` is set, and no code of a step up to `totp_step` again.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  for (const table of ['person', 'token'] as const) {
    await sql`alter table ${sql.id(table)} add column roles text[]`.execute(db)
    await sql`update ${sql.id(table)} set roles = array[case role when 'admin' then 'owner' else role end]`.execute(
      db,
    )
    await sql`
      alter table ${sql.id(table)} alter column roles set not null, drop column role,
        add constraint ${sql.id(`${table}_roles`)} check (cardinality(roles) > 0)`.execute(db)
  }
  await sql`alter table contact add column is_admin boolean not null default false`.execute(db)
  await sql`
    create table account (
      id uuid primary key, person_id uuid unique references person, contact_id uuid unique references contact,
      password text, password_at timestamptz, failures int not null default 0, locked_until timestamptz,
      totp text, totp_at timestamptz, totp_step bigint not null default 0,
      created_at timestamptz not null,
      constraint account_holder check ((person_id is null) <> (contact_id is null))
    )`.execute(db)
  await sql`
    create table recovery_code (
      hash text primary key, account_id uuid not null references account, used_at timestamptz
    )`.execute(db)
  await sql`
    create table outgoing_mail (
      id uuid primary key, purpose text not null, recipient text not null, subject text not null, body text not null,
      created_at timestamptz not null, due_at timestamptz not null, tries int not null default 0,
      ended_at timestamptz, fault text
    )`.execute(db)
  await sql`create index outgoing_mail_due on outgoing_mail (due_at) where ended_at is null`.execute(db)
  await sql`create index outgoing_mail_recipient on outgoing_mail (recipient, created_at)`.execute(db)
  await sql`
    create table identity (
      issuer text not null, subject text not null, account_id uuid not null references account,
      created_at timestamptz not null, primary key (issuer, subject)
    )`.execute(db)
  await sql`create index identity_account on identity (account_id)`.execute(db)
  await sql`create index recovery_code_account on recovery_code (account_id)`.execute(db)
  await sql`
    alter table token add column kind text not null default 'api', add column account_id uuid references account,
      add column agent text, add column address text`.execute(db)
  await sql`create index token_account on token (account_id) where account_id is not null`.execute(db)
}
