import { sql } from 'kysely'
import type { Database } from '../../src/store/database.ts'

/**
 * A witness inside the database that believes no worker: it sees who claims a mirror while another's lease runs, and
 * who writes a mirror or the intent of a call without being its last claimer. Workers sign in under names of their own.
 */
export interface Witness {
  counts(): Promise<{ readonly claims: number; readonly twoHolders: number; readonly oldFence: number }>
  remove(): Promise<void>
}

const SIGNED = `current_setting('application_name') like 'worker-%'`

export const installWitness = async (db: Database): Promise<Witness> => {
  await sql
    .raw(`
    create table witness_holder (mirror_id uuid primary key, name text not null, fence bigint not null);
    create table witness_line (kind text not null, mirror_id uuid not null, name text not null);
    create function witness_mirror() returns trigger language plpgsql as $$
    declare me text := current_setting('application_name');
    begin
      if not ${SIGNED} then return new; end if;
      if new.fence > old.fence and new.lease_until > clock_timestamp() then
        insert into witness_line values ('claim', new.id, me);
        if old.lease_until > clock_timestamp() then insert into witness_line values ('two holders', new.id, me); end if;
        insert into witness_holder values (new.id, me, new.fence)
          on conflict (mirror_id) do update set name = excluded.name, fence = excluded.fence;
      elsif (new.base, new.snapshot, new.clean_seq) is distinct from (old.base, old.snapshot, old.clean_seq)
        and not exists (select from witness_holder h where h.mirror_id = new.id and h.name = me) then
        insert into witness_line values ('old fence', new.id, me);
      end if;
      return new;
    end $$;
    create function witness_attempt() returns trigger language plpgsql as $$
    begin
      if ${SIGNED} and exists (select from witness_holder h where h.mirror_id = new.mirror_id and h.fence > new.fence) then
        insert into witness_line values ('old fence', new.mirror_id, current_setting('application_name'));
      end if;
      return new;
    end $$;
    create trigger witness_mirror before update on mirror for each row execute function witness_mirror();
    create trigger witness_attempt before insert on attempt for each row execute function witness_attempt();`)
    .execute(db)
  return {
    counts: async () => {
      const result = await sql<{ claims: number; twoHolders: number; oldFence: number }>`
        select count(*) filter (where kind = 'claim')::int as claims,
          count(*) filter (where kind = 'two holders')::int as "twoHolders",
          count(*) filter (where kind = 'old fence')::int as "oldFence" from witness_line`.execute(db)
      return result.rows[0] ?? { claims: 0, twoHolders: 0, oldFence: 0 }
    },
    remove: async () => {
      await sql
        .raw(`
        drop trigger witness_mirror on mirror; drop trigger witness_attempt on attempt;
        drop function witness_mirror(); drop function witness_attempt();
        drop table witness_holder; drop table witness_line;`)
        .execute(db)
    },
  }
}
