import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Words are found through indexes of expressions: no column is added, so no row grows and nothing comes into a backup.
 * Dictionary `simple`, because a hub speaks several languages; beginnings of words are asked for instead of stems. What
 * stands between words becomes a blank first, so that `ERR-42` and `8.2` are the same words here and in a question.
 * A comment's words hold its month besides (`@671`): the index then gives the newest first without looking at the rest.
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

const BETWEEN = String.raw`-_./\:,;!?''"()[]{}<>=+*&^%$#@~|`
const blanks = ' '.repeat(BETWEEN.replaceAll("''", "'").length)
const SAID = `coalesce((select string_agg(v #>> '{}', ' ') from jsonb_path_query($1, 'strict $.**.value') v), '')`
const plain = (text: string): string =>
  `to_tsvector('pg_catalog.simple', translate(left(${text}, 100000), '${BETWEEN}', '${blanks}'))`

const DDL = `
create extension if not exists pg_trgm;

create function comment_words(body jsonb, at timestamptz) returns tsvector
  language plpgsql immutable strict parallel safe cost 400 as $$
begin
  return ${plain(SAID)} || array_to_tsvector(array['@' || floor(extract(epoch from $2) / 2592000)::int]);
end $$;

create function record_words(description jsonb, others text) returns tsvector
  language plpgsql immutable strict parallel safe cost 400 as $$
begin
  return ${plain(`$2 || ' ' || ${SAID}`)};
end $$;

create function words_beside(texts text[]) returns text language sql immutable parallel safe as
  $$ select array_to_string($1, ' ') $$;

create index message_words on message using gin (comment_words(body, at)) where deleted_at is null;
create index note_words on note using gin (comment_words(body, at)) where deleted_at is null;
create index ticket_words on ticket using gin (record_words(description, words_beside(array[title, workaround, release_version, environment])));
create index work_item_words on work_item using gin (record_words(description,
  words_beside(array[title, steps, expected, actual, workaround, behaviour_note, root_cause, environment])));

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
