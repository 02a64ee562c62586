import { sql } from 'kysely'
import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import type { DemoItem, LedgerEntry } from '../../src/connectors/demo/tool/model.ts'
import type { Road } from './road.ts'

/**
 * What must never happen, asked of the tools' own ledgers and items. Our tables are read only for what a person is
 * shown: what a record shows, which fields wait, what the log tells.
 *
 *   1 two twins for one item               5 anything crossing its audience
 *   2 sides apart, and nothing says why    6 deleting what we did not create
 *   3 writes after both sides agree        7 an error nobody is shown
 *   4 an edit gone without a trace
 *
 * Texts of tests carry words that say whom they are for: FOR-SUPPORT, FOR-ENGINEERING, FOR-STAFF.
 */
export interface NeverOptions {
  /** The road is at rest and every tool is well: sides must agree or say why. */
  readonly atRest?: boolean
  /** How texts are compared: a tool that normalises shows another form of them. */
  readonly form?: (text: string) => string
}

const toolsOf = (road: Road): readonly DemoTool[] => [
  road.desk,
  road.tracker,
  ...(road.desk2 === null ? [] : [road.desk2]),
]
const byUs = (tool: DemoTool): readonly LedgerEntry[] =>
  tool.ledger.filter((line) => line.via === 'api' && line.changed)

/** Every violation, as sentences; empty: none. */
export const violations = async (road: Road, options: NeverOptions = {}): Promise<readonly string[]> => {
  const tools = toolsOf(road)
  const story = await everythingTold(road)
  const found = tools.flatMap((tool) => [
    ...twins(tool),
    ...crossings(road, tool),
    ...wrongDeletions(tool),
    ...lostEdits(tool, story),
  ])
  if (options.atRest) found.push(...(await apart(road, options.form ?? plain)), ...(await unshown(road)))
  found.push(
    ...road.logged
      .filter((line) => `${line.message} ${line.data}`.includes('unexpected:'))
      .map((line) => `7: ${line.message} ${line.data.slice(0, 300)}`),
  )
  return found
}

/** A call that the tool refused changed nothing: what is held is tried again now and then. */
const isRefusal = (outcome: number | string): boolean =>
  typeof outcome === 'number' && outcome >= 400 && outcome < 500

/** 3: after agreement, `minutes` of polls and sweeps make no write at all. */
export const writesAtRest = async (road: Road, minutes: number): Promise<readonly string[]> => {
  const before = toolsOf(road).map((tool) => tool.calls.length)
  const until = road.clock.now().getTime() + minutes * 60_000
  while (road.clock.now().getTime() < until) {
    road.clock.advance(Math.max(60_000, (minutes * 60_000) / 10))
    await road.settle()
  }
  return toolsOf(road).flatMap((tool, index) =>
    tool.calls
      .slice(before[index])
      .flatMap((call) =>
        call.write && !isRefusal(call.outcome)
          ? [`3: ${tool.name} was written to at rest: ${call.op} at ${call.at}`]
          : [],
      ),
  )
}

const twins = (tool: DemoTool): readonly string[] => {
  const found: string[] = []
  const made = Map.groupBy(
    byUs(tool).filter((line) => line.op === 'create'),
    (line) => String(line.after?.['marker']),
  )
  for (const [marker, lines] of made)
    if (lines.length > 1)
      found.push(
        `1: ${lines.length} items were made in ${tool.name} for ${marker}: ${lines.map((line) => line.itemKey).join(', ')}`,
      )
  for (const item of tool.items()) {
    const ours = item.comments.filter((comment) => comment.author === tool.account.id)
    const wroteIt = new Set(byUs(tool).flatMap((line) => (line.op === 'comment.add' ? [line.elementId] : [])))
    const words = Map.groupBy(
      ours.filter((comment) => wroteIt.has(comment.id) && comment.text !== '(withdrawn)'),
      (comment) => comment.text,
    )
    for (const [text, copies] of words)
      if (copies.length > 1)
        found.push(`1: ${copies.length} copies in ${item.key} of ${tool.name}: ${text.slice(0, 60)}`)
    const ourFiles = new Set(byUs(tool).flatMap((line) => (line.op === 'attach' ? [line.elementId] : [])))
    const files = Map.groupBy(
      item.attachments.filter((file) => ourFiles.has(file.id)),
      (file) => `${file.name} ${file.sha256}`,
    )
    for (const [name, copies] of files)
      if (copies.length > 1) found.push(`1: ${copies.length} copies in ${item.key} of the file ${name}`)
  }
  return found
}

/** Everything ever written to a tool counts, not only what still stands there. */
const crossings = (road: Road, tool: DemoTool): readonly string[] =>
  byUs(tool).flatMap((line) => {
    const text = JSON.stringify(line.after ?? {})
    const desk = tool !== road.tracker
    const found: string[] = []
    if (desk && text.includes('FOR-ENGINEERING'))
      found.push(`5: engineering's words reached ${tool.name} in ${line.op}: ${text.slice(0, 120)}`)
    if (!desk && text.includes('FOR-SUPPORT'))
      found.push(`5: support's words reached ${tool.name} in ${line.op}: ${text.slice(0, 120)}`)
    if (desk && text.includes('FOR-STAFF') && line.after?.['visibility'] === 'public')
      found.push(`5: staff's words became public in ${tool.name}: ${text.slice(0, 120)}`)
    return found
  })

const wrongDeletions = (tool: DemoTool): readonly string[] => {
  const ours = new Set(
    byUs(tool).flatMap((line) => (line.op === 'comment.add' || line.op === 'attach' ? [line.elementId] : [])),
  )
  const links = new Set(
    byUs(tool).flatMap((line) =>
      line.op === 'link.add' ? [`${line.itemId} ${String(line.after?.['url'])}`] : [],
    ),
  )
  return byUs(tool).flatMap((line) => {
    if (line.op === 'delete') return [`6: ${line.itemKey} was deleted in ${tool.name}`]
    if ((line.op === 'comment.delete' || line.op === 'detach') && !ours.has(line.elementId))
      return [
        `6: ${line.op} of what others made in ${line.itemKey}: ${JSON.stringify(line.before).slice(0, 100)}`,
      ]
    if (line.op === 'link.remove' && !links.has(`${line.itemId} ${String(line.before?.['url'])}`))
      return [`6: a link of others was removed in ${line.itemKey}`]
    return []
  })
}

/** 4: whatever we wrote over that a person had written stands in the log, a conflict or a record. */
const lostEdits = (tool: DemoTool, story: string): readonly string[] => {
  const written = new Map<string, { readonly value: string; readonly via: string }>()
  const found: string[] = []
  for (const line of tool.ledger) {
    if (line.op.startsWith('link.') || line.elementId?.startsWith('a-')) continue
    for (const [field, value] of Object.entries(line.after ?? {})) {
      const place = `${line.itemId} ${line.elementId ?? ''} ${field}`
      const before = written.get(place)
      if (
        line.via === 'api' &&
        before?.via === 'hand' &&
        line.changed &&
        before.value !== value &&
        !['status', 'marker', 'visibility'].includes(field)
      ) {
        const words = longest(before.value)
        if (words !== '' && !story.includes(words))
          found.push(
            `4: “${before.value.slice(0, 80)}” in ${field} of ${line.itemKey} was written over and is told nowhere`,
          )
      }
      if (typeof value === 'string' && line.changed) written.set(place, { value, via: line.via })
    }
  }
  return found
}

/** The word by which a text is told from all others: the fuzz numbers its words; else the longest, the author's line apart. */
const longest = (text: string): string => {
  const words = [
    ...text
      .replace(/^\*\*.*:\*\*\s|<strong>.*?:<\/strong>/u, ' ')
      .replace(/<[^>]*>/g, ' ')
      .matchAll(/[\p{L}\p{N}-]{4,}/gu),
  ].map(([word]) => word)
  return words.find((word) => /^word\d+x$/u.test(word)) ?? words.sort((a, b) => b.length - a.length)[0] ?? ''
}

const everythingTold = async (road: Road): Promise<string> => {
  const tables = await Promise.all([
    sql`select data from event`.execute(road.db),
    sql`select base, hub, tool from conflict`.execute(road.db),
    sql`select value from hold`.execute(road.db),
    sql`select title, description, severity, release_version, environment, custom from ticket`.execute(
      road.db,
    ),
    sql`select title, description, release_version, environment, decline_reason, custom from work_item`.execute(
      road.db,
    ),
    sql`select body from message union all select body from note`.execute(road.db),
  ])
  return tables.map((table) => JSON.stringify(table.rows)).join('\n')
}

/** Letters alone: what no codec and no decent tool changes. */
export const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&[a-z]+;|&#\d+;/g, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

interface Shown {
  readonly mirror: string
  readonly connection: string
  readonly kind: 'ticket' | 'work item' | 'release'
  readonly record: string
  readonly remote: string | null
  readonly state: string
  readonly fields: Readonly<Record<string, string | null>>
}

const shownHere = async (road: Road): Promise<readonly Shown[]> =>
  (
    await sql<Shown>`
      select m.id as mirror, m.connection_id as connection, m.record_kind as kind, m.record_id as record, m.remote_id as remote, m.state,
        case m.record_kind when 'ticket' then (select jsonb_build_object('title', t.title, 'description', t.description::text, 'cf:Severity', t.severity, 'cf:Version', t.release_version, 'cf:Environment', t.environment) from ticket t where t.id = m.record_id)
          when 'work item' then (select jsonb_build_object('title', w.title, 'description', w.description::text, 'cf:Version', w.release_version, 'cf:Environment', w.environment) from work_item w where w.id = m.record_id) end as fields
      from mirror m where m.record_id is not null and m.record_kind <> 'release'`.execute(road.db)
  ).rows

const waiting = async (road: Road): Promise<ReadonlySet<string>> => {
  const rows = await sql<{ key: string }>`
    select mirror_id || ' ' || field as key from hold union all select mirror_id || ' ' || field from conflict where settled_at is null`.execute(
    road.db,
  )
  return new Set(rows.rows.map((row) => row.key))
}

/** 2: what a record shows and what its item shows is the same, or the field waits with a reason. */
const apart = async (road: Road, form: (text: string) => string): Promise<readonly string[]> => {
  const held = await waiting(road)
  const found: string[] = []
  for (const one of await shownHere(road)) {
    const tool = toolsOf(road).find((candidate) => connectionOf(road, candidate) === one.connection)
    const item = one.remote === null ? undefined : tool?.item(one.remote)
    const isHeld = (part: string): boolean =>
      [...held].some((key) => key.startsWith(one.mirror) && key.includes(part)) ||
      held.has(`${one.mirror} item`)
    if (one.state === 'gone' || one.state === 'unlinked') {
      if (item !== undefined && !item.deleted && one.state === 'gone' && item.mergedInto === null)
        found.push(`2: ${item.key} is there, and its mirror says that it is gone`)
      continue
    }
    if (item === undefined || item.deleted) {
      if (one.state !== 'creating' || !(await hasHold(road, one.mirror)))
        found.push(`2: a ${one.kind} (${one.state}) has no item, and nothing says so`)
      continue
    }
    for (const [field, here] of Object.entries(one.fields)) {
      const there = item.fields[field as keyof DemoItem['fields']] ?? null
      const ours = field === 'description' ? wordsOf(here) : (here ?? '')
      if (form(ours) !== form(String(there ?? '')) && !isHeld(`~${field}`))
        found.push(
          `2: ${field} of ${item.key}: here “${ours.slice(0, 60)}”, there “${String(there).slice(0, 60)}”, and nothing says why`,
        )
    }
    found.push(...(await wordsApart(road, one, item, tool ?? road.desk, form, isHeld)))
  }
  return found
}

const hasHold = async (road: Road, mirror: string): Promise<boolean> =>
  (await road.db.selectFrom('hold').select('field').where('mirror_id', '=', mirror).execute()).length > 0

const wordsOf = (tree: string | null): string => {
  const read = (node: unknown): string =>
    node === null || typeof node !== 'object'
      ? ''
      : `${'value' in node && typeof node.value === 'string' ? node.value : ''} ${'children' in node && Array.isArray(node.children) ? node.children.map(read).join(' ') : ''}`
  return tree === null ? '' : read(JSON.parse(tree))
}

/** Words of a person there are here, once, and words here that are meant for that side are there, once. */
const wordsApart = async (
  road: Road,
  one: Shown,
  item: DemoItem,
  tool: DemoTool,
  form: (text: string) => string,
  isHeld: (part: string) => boolean,
): Promise<readonly string[]> => {
  const here = await sql<{
    id: string
    body: string
    audience: string
    deleted: boolean
    home: string
    remote: string | null
  }>`
    select c.id, c.body::text as body, c.audience, c.deleted_at is not null as deleted, c.record_id as home, e.remote_id as remote from
      (select * from message union all select * from note) c
      left join mirror_element e on e.element_id = c.id and e.mirror_id = ${one.mirror}
    where c.record_id = ${one.record} or c.record_id in (select work_item_id from escalation where ticket_id = ${one.record} and ended_at is null)
       or c.record_id in (select ticket_id from escalation where work_item_id = ${one.record} and ended_at is null)`.execute(
    road.db,
  )
  const found: string[] = []
  const ourWrites = new Set(byUs(tool).flatMap((line) => (line.op === 'comment.add' ? [line.elementId] : [])))
  for (const comment of item.comments) {
    if (ourWrites.has(comment.id) || comment.text.trim() === '' || comment.visibility === 'unknown') continue
    const same = here.rows.filter(
      (row) => row.home === one.record && form(wordsOf(row.body)) === form(comment.text),
    )
    if (same.length === 0 && !isHeld('comment:'))
      found.push(`2: a comment of ${item.key} is not here: ${comment.text.slice(0, 60)}`)
  }
  const party = tool === road.tracker ? 'engineering' : 'support'
  for (const row of here.rows) {
    if (row.deleted || !(row.audience === 'everyone' || row.audience === 'staff' || row.audience === party))
      continue
    const copies = item.comments.filter((comment) => form(comment.text).includes(form(wordsOf(row.body))))
    const goneThere = tool.ledger.some(
      (line) =>
        line.op === 'comment.delete' &&
        line.via === 'hand' &&
        line.itemId === item.id &&
        form(String(line.before?.['text'] ?? '')).includes(form(wordsOf(row.body))),
    )
    if (copies.length === 0 && !goneThere && !isHeld('comment:'))
      found.push(
        `2: a comment for ${row.audience} is not in ${item.key} of ${tool.name}: ${wordsOf(row.body).slice(0, 60)}`,
      )
  }
  return found
}

const connectionOf = (road: Road, tool: DemoTool): string =>
  tool === road.desk ? road.ids.desk : tool === road.tracker ? road.ids.tracker : road.ids.desk2

/** 7: what did not end well is shown: on the connection, as a hold, on the file, on the escalation. */
const unshown = async (road: Road): Promise<readonly string[]> => {
  const rows = await sql<{ what: string }>`
    select 'a mirror of ' || coalesce(remote_key, record_kind) || ' is dirty for no reason told: ' || dirty_why || ' ' || coalesce(fault::text, '') as what from mirror m
      where state in ('candidate', 'creating', 'live') and dirty_seq > clean_seq and not exists (select 1 from hold h where h.mirror_id = m.id)
        and exists (select 1 from connection c where c.id = m.connection_id and c.state = 'active' and c.down_since is null)
    union all select 'a call is open though its mirror is at rest: ' || a.operation::text from attempt a join mirror m on m.id = a.mirror_id
      where a.state in ('sending', 'unknown') and m.dirty_seq = m.clean_seq and m.state = 'live'
    union all select 'a file is awaited, and nothing says why: ' || name from attachment where state = 'pending' and reason is null
    union all select 'an escalation is being sent for ever' from escalation e where state = 'sending'
      and not exists (select 1 from mirror m join hold h on h.mirror_id = m.id where m.record_id = e.work_item_id)`.execute(
    road.db,
  )
  return rows.rows.map((row) => `7: ${row.what}`)
}
