import { type RawBuilder, sql } from 'kysely'
import { audiencesOf, type Party } from '../../domain/audience.ts'
import { TAKEN_APART } from '../../domain/escalation.ts'
import { SEVERITIES } from '../../domain/words.ts'

/** Pieces of SQL that several screens show alike. Aliases: t ticket, w work item, e escalation, r release. */

/** The bond that counts for a ticket: the live one, else the last. */
export const LAST_ESCALATION = sql`left join lateral (
  select * from escalation e where e.ticket_id = t.id order by (e.ended_at is null) desc, e.created_at desc, e.id desc limit 1
) e on true`

/** Bond e still ties its ticket to its work item, or did until it ended well or with engineering's no. */
export const TIES = sql`e.state not in (${sql.join(TAKEN_APART.map((state) => sql.lit(state)))})`

/** Tickets that stand behind a work item: those that wait for it, and those it has answered. */
export const STANDS_BEHIND = sql`(e.ended_at is null or e.state = 'verified')`

/** Among tickets t: those of whose customer nothing is known. */
export const WITHOUT_CUSTOMER = sql`(count(distinct t.id) filter (where t.customer_id is null))::int`

/** The tools' items of a record, with how they are doing: what a sync badge shows. */
export const mirrorsOf = (record: 't.id' | 'w.id' | 'r.id') => sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', m.id, 'connection', n.key, 'connectionTitle', n.title, 'key', m.remote_key,
      'url', m.remote_url, 'state', m.state, 'reason', m.state_reason, 'inStep', m.dirty_seq <= m.clean_seq,
      'agreedAt', m.agreed_at, 'retryAt', m.retry_at, 'fault', m.fault,
      'holds', (select count(*)::int from hold h where h.mirror_id = m.id),
      'conflicts', (select count(*)::int from conflict c where c.mirror_id = m.id and c.settled_at is null))
    order by m.created_at, m.id)
  from mirror m join connection n on n.id = m.connection_id
  where m.record_id = ${sql.ref(record)} and m.state <> 'unlinked'), '[]')`

/** A release with every estimate ever given for it. */
export const RELEASE_WITH_HISTORY = sql`(
  select jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state, 'from', r.planned_from, 'to', r.planned_to,
    'confidence', r.confidence, 'releasedAt', r.released_at,
    'history', coalesce((select jsonb_agg(jsonb_build_object('saidAt', s.said_at, 'from', s.planned_from,
        'to', s.planned_to, 'confidence', s.confidence, 'saidBy', s.said_by) order by s.said_at, s.id)
      from release_estimate s where s.release_id = r.id), '[]'))
  from release r where r.id = w.release_id)`

/**
 * The question of escalation e, for a reader of this party: what is asked, by whom, and when. Its audience may have been
 * changed since it was asked, so both tables of words are looked at.
 */
export const askedFor = (party: Party): RawBuilder<unknown> => sql`(
  select jsonb_build_object('text', q.body, 'by', q.author, 'at', q.at, 'answeredFor', coalesce((
    select jsonb_agg(other.key order by o.answered_at, other.key) from escalation o join ticket other on other.id = o.ticket_id
    where o.work_item_id = e.work_item_id and o.id <> e.id and o.answered_at >= q.at), '[]'))
  from (select id, body, author, at, audience, deleted_at from note
    union all select id, body, author, at, audience, deleted_at from message) q
  where q.id = e.question::uuid and q.deleted_at is null and q.audience = any(${[...audiencesOf(party)]}::text[]))`

/** A bond as screens show it, to a reader of this party. */
export const escalationFor = (party: Party): RawBuilder<unknown> => sql`
  jsonb_build_object('id', e.id, 'state', e.state, 'reason', e.reason, 'question', e.question, 'asked', ${askedFor(party)},
    'sentBy', e.sent_by, 'createdAt', e.created_at, 'sentAt', e.sent_at, 'acceptedAt', e.accepted_at,
    'answeredAt', e.answered_at, 'endedAt', e.ended_at, 'version', e.version)`

/** The worst severity of the tickets behind a work item, else its own: kept with it as a number (migrations/0015). */
export const WORST_SEVERITY = sql`(${sql.raw(`array[${SEVERITIES.map((word) => `'${word}'`).join(', ')}]`)})[w.severity_rank]`
