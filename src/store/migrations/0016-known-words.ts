import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * The words in use, so that slips of the keys are forgiven wherever words stand: what is typed is widened to the words
 * that begin with it or are nearly it, and the large tables are then asked for whole words, through their indexes
 * (docs/decisions/words-in-use.md). Nobody is ever shown a word from here.
 *
 * A word may be there twice: two transactions that use it first must not wait for each other. Numbers are not kept, nor
 * what no one would type.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  const { rows } = await sql<{ schema: string }>`select quote_ident(current_schema()) as schema`.execute(db)
  await sql.raw(DDL.replace('{schema}', rows[0]?.schema ?? 'public')).execute(db)
}

const TICKET =
  "said_words(t.description, words_beside(array[t.title, t.workaround, t.release_version, t.environment]), t.created_at, '{}')"
const WORK_ITEM = `said_words(w.description, words_beside(array[w.title, w.steps, w.expected, w.actual, w.workaround,
  w.behaviour_note, w.root_cause, w.environment]), w.created_at, '{}')`
const COMMENT = `said_words(c.body, '', c.at, '{}')`
const ofNew = (words: string): string => words.replace(/\b[twc]\./g, 'new.')

/** A trigger for what a table's words are made of: nothing is read again when something else changes. */
const learning = (table: string, words: string, columns: readonly string[]): string => `
create function learn_from_${table}() returns trigger language plpgsql as $$
begin
  perform learn_words(${ofNew(words)});
  return null;
end $$;
create trigger ${table}_says after insert on ${table} for each row execute function learn_from_${table}();
create trigger ${table}_says_else after update of ${columns.join(', ')} on ${table} for each row
  when ((${columns.map((column) => `old.${column}`).join(', ')}) is distinct from (${columns.map((column) => `new.${column}`).join(', ')}))
  execute function learn_from_${table}();`

const CUSTOMER = `nullif(current_setting('causeway.customer', true), '')::uuid`
const CONTACT = `nullif(current_setting('causeway.contact', true), '')::uuid`

const INDEXES = [
  'message_words',
  'note_words',
  'ticket_words',
  'work_item_words',
  'ticket_title',
  'work_item_title',
  'customer_name',
  'contact_name',
]
const shortQueue = (index: string): string =>
  `alter index ${index} set (gin_pending_list_limit = 128); select gin_clean_pending_list('${index}'); `

const DDL = `
-- what it really costs, in units of an operator: where few rows are expected the planner made the words of all there were
alter function said_words(jsonb, text, timestamptz, text[]) cost 10000;

create table known_word (word text collate "C" not null, looked_at timestamptz not null default now());

create function is_worth_knowing(word text) returns boolean language sql immutable parallel safe as
  $$ select length($1) between 3 and 40 and $1 !~ '[[:punct:][:space:][:cntrl:]]' and $1 !~ '^[[:digit:]]+$'
    and (length($1) <= 16 or $1 !~ '[[:digit:]]') $$;

-- plpgsql, here and below: a session plans its statements once, those of other functions at each call
create function learn_words(said tsvector) returns void language plpgsql as $$
begin
  -- most are known: only of the others is it asked whether they are worth it
  insert into known_word (word) select lexeme from (
    select lexeme from unnest(said) where not exists (select from known_word k where k.word = lexeme) offset 0) unknown
    where is_worth_knowing(lexeme);
end $$;

${learning('message', COMMENT, ['body'])}
${learning('note', COMMENT, ['body'])}
${learning('ticket', TICKET, ['title', 'description', 'workaround', 'release_version', 'environment'])}
${learning('work_item', WORK_ITEM, ['title', 'description', 'steps', 'expected', 'actual', 'workaround', 'behaviour_note', 'root_cause', 'environment'])}

create function learn_all_words() returns void language sql as
  $$ insert into known_word (word) select word from ts_stat($said$
      select ${COMMENT} from message c where deleted_at is null union all select ${COMMENT} from note c where deleted_at is null
      union all select ${TICKET} from ticket t union all select ${WORK_ITEM} from work_item w $said$)
    where is_worth_knowing(word) and not exists (select from known_word k where k.word = ts_stat.word) $$;

select learn_all_words();
-- every search looks through what waits to be put into an index, once for each of its steps: at the usual 4 MB of it that
-- took ten times as long as the rest
${INDEXES.map(shortQueue).join('')}
-- with the name's an index for each way somebody is found by: one that is missing has all of them read
create index contact_email_like on contact using gin (email gin_trgm_ops);
create index customer_key_like on customer using gin (key gin_trgm_ops);

create index known_word_word on known_word (word);
create index known_word_like on known_word using gin (word gin_trgm_ops) with (gin_pending_list_limit = 128);

-- a word with one letter left out, or with two neighbours changed about: what one means by "pritner" or "printter"
create function slips_of(typed text) returns text[] language sql immutable parallel safe as
  $$ select array(select left(typed, n - 1) || substr(typed, n + 1) from generate_series(1, length(typed)) n
    union select left(typed, n - 1) || substr(typed, n + 1, 1) || substr(typed, n, 1) || substr(typed, n + 2)
      from generate_series(1, length(typed) - 1) n) $$;

-- the shortest that begin so; and, of four letters and more, the nearest that begin otherwise
create function words_like(typed text) returns table (word text, is_near boolean) language sql stable as
  $$ (select k.word, false from known_word k where length(typed) > 2 and k.word >= typed and k.word < typed || chr(1114111)
      group by k.word order by length(k.word), k.word limit 50)
    union all
    (select k.word, true from known_word k where length(typed) > 3 and typed !~ '^[[:digit:]]+$'
      and (k.word = any(slips_of(typed)) or k.word % typed and similarity(k.word, typed) >= 0.33)
      and abs(length(k.word) - length(typed)) <= 2 and not starts_with(k.word, typed)
      group by k.word order by similarity(k.word, typed) desc, k.word limit 8) $$;

-- for the portal, whose role reads no table: the requests within reach that hold all these words, in what they say or (the
-- latest 1,000) in what was said to them for everyone; or, if not every word is asked for, any of them in what they say. If
-- none does, those that hold words like them
create function portal_found(typed text[], every boolean) returns table (id uuid) language plpgsql stable security definer
  set search_path = {schema}, pg_temp set enable_seqscan = off as $$
declare
  customer uuid := ${CUSTOMER};
  contact uuid := ${CONTACT};
  latest uuid[];
  asked tsquery;
  is_found boolean;
begin
  if customer is null then return; end if;
  -- apart, because one person's requests have an index of their own
  if contact is null then
    latest := array(select t.id from ticket t where t.customer_id = customer order by t.updated_at desc, t.id desc limit 1000);
  else
    latest := array(select t.id from ticket t where t.contact_id = contact and t.customer_id = customer
      order by t.updated_at desc, t.id desc limit 1000);
  end if;
  for slips in 0..1 loop
    select string_agg('(' || alike || ')', case when every then ' & ' else ' | ' end)::tsquery into asked from (
      select string_agg(distinct quote_literal(word), ' | ') as alike from unnest(typed[:12]) as t (one)
      cross join lateral (select one as word union all select l.word from words_like(one) l where l.is_near <= (slips = 1)) found
      group by one) each;
    return query select x.id from (select t.id, t.contact_id from ticket t where t.customer_id = customer and ${TICKET} @@ asked offset 0) x
      where contact is null or x.contact_id = contact;
    is_found := found;
    return query select m.record_id from message m where every and m.audience = 'everyone' and m.deleted_at is null
      and said_words(m.body, '', m.at, array['@' || m.record_kind]) @@ asked and m.record_id = any(latest);
    if found or is_found then return; end if;
  end loop;
end $$;
`
