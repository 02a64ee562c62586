import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Words are found through indexes of expressions: no column is added, so no row grows and nothing comes into a backup.
 * Dictionary `simple`, because a hub speaks several languages; beginnings of words are asked for instead of stems. What
 * joins words becomes a blank first, so that `ERR-42` and `8.2` are the same words here and in a question.
 *
 * With the words come marks, which no text can hold: the month (`@671`), and of a comment what it is on and who may read
 * it (`@ticket`, `@support`). So the index itself leaves out what is not asked for, and gives the newest first.
 *
 * plpgsql, and dear: a function that is inlined loses its cost, and the planner would rather compute the words of every
 * row than ask the index. Nothing of ours is called inside: maintenance runs with a search path of its own.
 *
 * Titles and names are found with typing mistakes by their trigrams; the extension belongs to PostgreSQL and needs no
 * superuser.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql.raw(DDL).execute(db)
}

/** Line ends as JSON has them, and what makes a number, a path, a tag or an address of several words. */
const JOINS = [String.raw`\\`, String.raw`\n`, String.raw`\t`, '-', '.', '/', '@', '<', '&', '+']
const SAID = JOINS.reduce(
  (text, join) => `replace(${text}, '${join}', ' ')`,
  "(others || ' ' || jsonb_path_query_array(said, 'strict $.**.value')::text)",
)

const DDL = `
create extension if not exists pg_trgm;

create function said_words(said jsonb, others text, at timestamptz, marks text[]) returns tsvector
  language plpgsql immutable strict parallel safe cost 400 as $$
begin
  return to_tsvector('pg_catalog.simple', left(${SAID}, 100000))
    || array_to_tsvector(marks || ('@' || floor(extract(epoch from at) / 2592000)::int));
end $$;

create function words_beside(texts text[]) returns text language sql immutable parallel safe as
  $$ select array_to_string($1, ' ') $$;

create index message_words on message using gin (said_words(body, '', at, array['@' || record_kind])) where deleted_at is null;
create index note_words on note using gin (said_words(body, '', at, array['@' || record_kind, '@' || audience])) where deleted_at is null;
create index ticket_words on ticket using gin (said_words(description,
  words_beside(array[title, workaround, release_version, environment]), created_at, '{}'));
create index work_item_words on work_item using gin (said_words(description,
  words_beside(array[title, steps, expected, actual, workaround, behaviour_note, root_cause, environment]), created_at, '{}'));

create index ticket_title on ticket using gin (title gin_trgm_ops);
create index work_item_title on work_item using gin (title gin_trgm_ops);
create index customer_name on customer using gin (name gin_trgm_ops);
create index contact_name on contact using gin (name gin_trgm_ops);
create index mirror_key on mirror (upper(remote_key) text_pattern_ops) where record_id is not null;

create index ticket_updated on ticket (updated_at desc, id desc);
create index work_item_updated on work_item (updated_at desc, id desc);

-- a list with its filters, by name. shared_with: me | team | everyone
create table saved_view (
  id uuid primary key, list text not null, name text not null, query text not null,
  owner_id uuid not null references person, shared_with text not null, team_id uuid references team,
  version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null,
  archived_at timestamptz,
  constraint saved_view_team check ((shared_with = 'team') = (team_id is not null))
);
create index saved_view_owner on saved_view (owner_id);
`
