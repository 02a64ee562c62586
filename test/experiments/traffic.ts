import { sql } from 'kysely'
import type { DemoTool } from '../../src/connectors/demo/fake.ts'
import type { Database } from '../../src/store/database.ts'
import type { Chance } from '../sync-fuzz/chance.ts'
import type { ServedTools } from './served-tools.ts'

/**
 * What people do to many linked items at once, and what must come of it. Each event carries words or a value of its
 * own, so that every copy can be told from every other; the judge is what the tools' ledgers say, and for what ends
 * here, what the hub shows.
 */
export interface Traffic {
  /** So many tickets of customers that ask for engineering; each becomes one item there. */
  report(count: number): void
  /** Looks up who is linked with whom by now; answers how many. */
  readLinks(): number
  /** One event on an item that is linked. */
  act(): Promise<void>
  readonly events: number
  /** What the tools do not show yet. */
  missingThere(): readonly string[]
  judge(): Promise<Judgement>
}

/** Lets the judge look into the hub's database. */
export type LookInside = <T>(look: (db: Database) => Promise<T>) => Promise<T>

/** What the hub is asked; resolves once it said yes. */
export interface HubHands {
  say(workItem: string, text: string): Promise<void>
  setEnvironment(workItem: string, value: string): Promise<void>
}

export interface Judgement {
  readonly lost: number
  /** Some of them by name. */
  readonly missing: readonly string[]
  readonly doubleCreates: number
  readonly doubleComments: number
  /** Mirrors not looked at yet, and calls whose outcome is open. */
  readonly underWay: number
  /** Calls whose outcome is open at a mirror that is at rest and shows no hold: nobody would ever look. */
  readonly unknownWithoutOwner: number
  /** What waits for a person. */
  readonly forPeople: number
  readonly atRest: boolean
}

interface Pair {
  readonly ticket: string
  readonly defect: string
  readonly workItem: string
}

type Expected = Map<string, string>

export const makeTraffic = (
  inside: LookInside,
  tools: ServedTools,
  hub: HubHands,
  chance: Chance,
): Traffic => {
  const { desk, tracker } = tools
  let events = 0
  let reported = 0
  let pairs: readonly Pair[] = []
  /** The tools that must show a word, once each. */
  const words: { readonly word: string; readonly at: readonly DemoTool[] }[] = []
  const fields: Readonly<Record<'environment' | 'version' | 'release', Expected>> = {
    environment: new Map(),
    version: new Map(),
    release: new Map(),
  }
  const inOrder = new Map<string, Promise<void>>()
  const word = (at: readonly DemoTool[]): string => {
    const one = `word-${events}.`
    words.push({ word: one, at })
    return one
  }
  const kinds: readonly (readonly [number, (pair: Pair) => Promise<void> | void])[] = [
    [3, ({ ticket }) => void desk.humanComment(ticket, `<p>${word([tracker])}</p>`, { by: 'u-carla' })],
    [2, ({ defect }) => void tracker.humanComment(defect, word([desk]), { by: 'u-eve' })],
    [2, ({ workItem }) => hub.say(workItem, word([desk, tracker]))],
    [
      1,
      async ({ workItem, defect }) => {
        const value = `environment-${events}`
        // one after the other: of two at once nobody could say which is the last
        const before = inOrder.get(defect)
        const done = (before ?? Promise.resolve()).then(() => hub.setEnvironment(workItem, value))
        inOrder.set(defect, done)
        fields.environment.set(defect, value)
        await done
      },
    ],
    [
      1,
      ({ defect }) => {
        tracker.humanEdit(defect, { 'cf:Version': `version-${events}` }, 'u-eve')
        fields.version.set(`work item ${defect}`, `version-${events}`)
      },
    ],
    [
      1,
      ({ ticket }) => {
        desk.humanEdit(ticket, { 'cf:Version': `release-${events}` }, 'u-ada')
        fields.release.set(`ticket ${ticket}`, `release-${events}`)
      },
    ],
  ]
  const missingThere = (): readonly string[] => {
    const said = new Map([desk, tracker].map((tool) => [tool, wordsWritten(tool)]))
    const unsaid = words.flatMap(({ word: one, at }) =>
      at.flatMap((tool) => (said.get(tool)?.has(one) ? [] : [`${one} in the ${tool.name}`])),
    )
    const unmade = Array.from({ length: Math.max(0, reported - itemsMade(tracker).size) }, () => 'an item')
    const unset = [...fields.environment].flatMap(([defect, value]) =>
      tracker.item(defect)?.fields['cf:Environment'] === value ? [] : [`${value} in the tracker`],
    )
    return [...unsaid, ...unmade, ...unset]
  }
  const doubleWords = (): number =>
    sum(
      [desk, tracker].flatMap((tool) => {
        const said = wordsWritten(tool)
        return words.map(({ word: one, at }) =>
          Math.max(0, (said.get(one) ?? 0) - (at.includes(tool) ? 1 : 0)),
        )
      }),
    )

  return {
    report: (count) => {
      for (let one = 0; one < count; one += 1) {
        desk.humanCreate(
          {
            container: 'support',
            fields: {
              title: `Trouble ${reported}`,
              'cf:Product': 'Portal',
              'cf:Escalate': 'yes',
              requester: 'u-carla',
            },
          },
          'u-carla',
        )
        reported += 1
      }
    },
    readLinks: () => {
      pairs = linked(tools)
      return pairs.length
    },
    act: async () => {
      events += 1
      await chance.weighted(kinds)(chance.oneOf(pairs))
    },
    get events() {
      return events
    },
    missingThere,
    judge: async () => {
      const { shown, open } = await inside(async (db) => ({
        shown: await shownHere(db),
        open: await openWork(db),
      }))
      const missing = [
        ...missingThere(),
        ...[...fields.version, ...fields.release].flatMap(([of, value]) =>
          shown.get(of) === value ? [] : [`${value} of ${of} here, which shows ${shown.get(of)}`],
        ),
      ]
      return {
        lost: missing.length,
        missing: missing.slice(0, 5),
        doubleCreates: sum([...itemsMade(tracker).values()].map((count) => count - 1)),
        doubleComments: doubleWords(),
        ...open,
        atRest: missing.length === 0 && open.underWay === 0,
      }
    },
  }
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

/** How often each title was made an item by us. */
const itemsMade = (tool: DemoTool): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const line of tool.ledger) {
    if (line.op !== 'create' || line.via !== 'api') continue
    const title = String(line.after?.['title'])
    counts.set(title, (counts.get(title) ?? 0) + 1)
  }
  return counts
}

const WORD = /word-\d+\./g

/** How often each word was written into a tool by us. */
const wordsWritten = (tool: DemoTool): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const line of tool.ledger) {
    if (line.op !== 'comment.add' || line.via !== 'api') continue
    for (const one of String(line.after?.['text']).match(WORD) ?? [])
      counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  return counts
}

/** As the tools show it: the desk names the tracker's item, which carries our marker: the key of the work item here. */
const linked = ({ desk, tracker }: ServedTools): readonly Pair[] =>
  desk.items().flatMap((ticket) => {
    const defect = tracker.item(String(ticket.fields['cf:Engineering key'] ?? ''))
    const workItem = defect?.marker?.split('/')[0]
    return defect === undefined || workItem === undefined
      ? []
      : [{ ticket: ticket.id, defect: defect.id, workItem }]
  })

/** The version of each record, by its kind and the id of its item: two tools may use the same ids. */
const shownHere = async (db: Database): Promise<ReadonlyMap<string, string | null>> => {
  const result = await sql<{ remote: string; version: string | null }>`
    select m.record_kind || ' ' || m.remote_id as remote, coalesce(t.release_version, w.release_version) as version from mirror m
    left join ticket t on t.id = m.record_id left join work_item w on w.id = m.record_id where m.remote_id is not null`.execute(
    db,
  )
  return new Map(result.rows.map((row) => [row.remote, row.version]))
}

const openWork = async (
  db: Database,
): Promise<Pick<Judgement, 'underWay' | 'unknownWithoutOwner' | 'forPeople'>> => {
  const result = await sql<Pick<Judgement, 'underWay' | 'unknownWithoutOwner' | 'forPeople'>>`
    select
      (select count(*)::int from mirror where dirty_seq > clean_seq and state in ('candidate', 'creating', 'live'))
        + (select count(*)::int from attempt where state in ('sending', 'unknown')) + (select count(*)::int from hint) as "underWay",
      (select count(*)::int from attempt a join mirror m on m.id = a.mirror_id where a.state in ('sending', 'unknown')
        and m.dirty_seq = m.clean_seq and not exists (select from hold h where h.mirror_id = m.id)) as "unknownWithoutOwner",
      (select count(*)::int from hold) + (select count(*)::int from conflict where settled_at is null) as "forPeople"`.execute(
    db,
  )
  return result.rows[0] ?? { underWay: 0, unknownWithoutOwner: 0, forPeople: 0 }
}
