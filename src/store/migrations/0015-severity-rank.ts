import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * How bad a work item is for customers, kept with it: 1 is the worst, 5 is that nobody said. It is the worst severity of
 * the tickets that stand behind it, else its own. The board and the triage queue are sorted by it, and looking up the
 * tickets behind every open work item at each look took longer than all the rest of them.
 *
 * The database keeps it, because it follows from three tables that many commands write. It is worked out when a
 * transaction ends: the work item is held only then, and so short a time that nobody waits in a ring for it.
 *
 * And what belongs to nobody, and what support is asked, is found without reading all there is.
 */
export const up = async (db: QueryExecutorProvider): Promise<void> => {
  await sql.raw(DDL).execute(db)
}

/** As in views/shared-columns.ts: tickets that wait for it, and those it has answered. */
const behind = (e: string): string => `(${e}.ended_at is null or ${e}.state = 'verified')`

const DDL = `
create function severity_rank_of(severity text) returns smallint language sql immutable parallel safe as
  $$ select coalesce(array_position(array['critical', 'high', 'medium', 'low'], $1), 5)::smallint $$;

create function severity_rank_behind(item uuid, own text) returns smallint language plpgsql stable as $$
begin
  return (select coalesce(min(severity_rank_of(t.severity)), severity_rank_of(own))
    from escalation e join ticket t on t.id = e.ticket_id
    where e.work_item_id = item and ${behind('e')} and t.severity is not null);
end $$;

alter table work_item add column severity_rank smallint not null default 5;

update work_item w set severity_rank = severity_rank_behind(w.id, w.severity)
  where w.severity_rank <> severity_rank_behind(w.id, w.severity);

create function rank_work_item(item uuid) returns void language plpgsql as $$
begin
  -- held first: what another transaction did to another ticket behind it must be seen
  perform from work_item where id = item for no key update;
  update work_item w set severity_rank = severity_rank_behind(w.id, w.severity)
    where w.id = item and w.severity_rank <> severity_rank_behind(w.id, w.severity);
end $$;

create function rank_own_severity() returns trigger language plpgsql as $$
begin
  new.severity_rank := severity_rank_behind(new.id, new.severity);
  return new;
end $$;

create trigger work_item_severity before insert or update of severity on work_item
  for each row execute function rank_own_severity();

create function rank_by_ticket() returns trigger language plpgsql as $$
begin
  perform rank_work_item(e.work_item_id) from escalation e where e.ticket_id = new.id and ${behind('e')};
  return null;
end $$;

create constraint trigger ticket_severity after update of severity on ticket deferrable initially deferred
  for each row when (old.severity is distinct from new.severity) execute function rank_by_ticket();

create function rank_by_escalation() returns trigger language plpgsql as $$
begin
  perform rank_work_item(coalesce(new.work_item_id, old.work_item_id));
  return null;
end $$;

create constraint trigger escalation_begins after insert or delete on escalation deferrable initially deferred
  for each row execute function rank_by_escalation();

create constraint trigger escalation_moves after update of state, ended_at on escalation deferrable initially deferred
  for each row when (${behind('old')} is distinct from ${behind('new')}) execute function rank_by_escalation();

create index work_item_board on work_item (state, expedite desc, severity_rank, status_moved_at, id) include (snoozed_until)
  where state in ('triage', 'backlog', 'ready', 'started', 'in review', 'verifying');

create index escalation_asked on escalation (work_item_id) where state = 'more information asked';

create index ticket_of_nobody on ticket (created_at) where owner_id is null and state in ('new', 'open');
`
