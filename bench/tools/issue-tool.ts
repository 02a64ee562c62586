import { DESCRIPTION, subjectOf } from './desk-event.ts'

/**
 * A tool with a plain JSON API over many items, for one who measures: it answers at once, counts its calls, and notes
 * when a marker arrived. Items nobody touched are made up when asked for, so that 100,000 of them cost nothing.
 */
export interface IssueTool {
  /** Null: no such item. */
  answer(method: string, path: string, body: Buffer): { readonly status: number; readonly text: string }
  /** As a person does it on the tool's own screen. */
  edit(item: number, seq: number): void
  readonly calls: { get: number; list: number; write: number }
  /** What came in by writes since the last `forget`. */
  readonly arrivals: readonly Arrival[]
  forget(): void
}

export interface Arrival {
  /** Microseconds, monotonic. */
  readonly at: number
  readonly item: number
  readonly seq: number
}

export const nowUs = (): number => Number(process.hrtime.bigint() / 1000n)

interface Item {
  title: string
  updatedAt: number
  version: number
}

/** The untouched items' time of change: long settled, in the order of their ids. */
const FIRST_CHANGE = Date.parse('2026-01-01T00:00:00.000Z')
const MARKER = /\[\[i(\d+):s(\d+)\]\]/

export const issueTool = (name: string, items: number): IssueTool => {
  const touched = new Map<number, Item>()
  const calls = { get: 0, list: 0, write: 0 }
  let arrivals: Arrival[] = []

  const known = (id: number): Item | null =>
    id >= 0 && id < items
      ? (touched.get(id) ?? { title: subjectOf(id, 0), updatedAt: FIRST_CHANGE + id, version: 1 })
      : null

  const shown = (id: number, item: Item) => ({
    id: String(id),
    key: `${name}-${id}`,
    url: `https://${name.toLowerCase()}.example.com/issues/${id}`,
    title: item.title,
    description: DESCRIPTION,
    state: 'open',
    priority: 'normal',
    labels: ['printer', 'badge'],
    author: { id: 'u-1', name: 'Anna Keller', email: 'anna.keller@customer.example.test' },
    created_at: '2025-12-01T08:11:02.000Z',
    updated_at: new Date(item.updatedAt).toISOString(),
    version: item.version,
    comments_count: 0,
  })

  const change = (id: number, title: string): Item => {
    const before = known(id)
    const made = { title, updatedAt: Date.now(), version: (before?.version ?? 0) + 1 }
    touched.set(id, made)
    return made
  }

  /** Oldest change first, as the declaration promises. */
  const inOrder = (since: number): readonly number[] => {
    const late = [...touched].sort(([a, x], [b, y]) => x.updatedAt - y.updatedAt || a - b)
    const untouched: number[] = []
    for (let id = Math.max(0, since - FIRST_CHANGE); id < items; id += 1)
      if (!touched.has(id)) untouched.push(id)
    return [...untouched, ...late.filter(([, item]) => item.updatedAt >= since).map(([id]) => id)]
  }

  const list = (query: URLSearchParams): string => {
    const since = Date.parse(query.get('updated_since') ?? '') || 0
    const size = Number(query.get('per_page') ?? 100)
    const from = (Number(query.get('page') ?? 1) - 1) * size
    const ids =
      touched.size === 0
        ? Array.from({ length: size }, (_, at) => Math.max(0, since - FIRST_CHANGE) + from + at)
        : inOrder(since).slice(from, from + size)
    return JSON.stringify({
      issues: ids.flatMap((id) => {
        const item = known(id)
        return item === null ? [] : [shown(id, item)]
      }),
    })
  }

  const write = (id: number, body: Buffer): string => {
    const { title } = JSON.parse(body.toString()) as { title?: string }
    // anywhere in the body: what a peer calls the title is its own affair
    const marker = MARKER.exec(body.toString('latin1'))
    if (marker !== null) arrivals.push({ at: nowUs(), item: Number(marker[1]), seq: Number(marker[2]) })
    return JSON.stringify(shown(id, change(id, title ?? known(id)?.title ?? '')))
  }

  return {
    calls,
    get arrivals() {
      return arrivals
    },
    forget: () => {
      arrivals = []
      Object.assign(calls, { get: 0, list: 0, write: 0 })
    },
    edit: (item, seq) => void change(item, subjectOf(item, seq)),
    answer: (method, path, body) => {
      const [place = '', query = ''] = path.split('?', 2)
      const text = place.split('/').at(-1) ?? ''
      if (text === 'me') return { status: 200, text: '{"id":"u-bot","name":"Causeway"}' }
      if (text === 'issues') {
        calls.list += 1
        return { status: 200, text: list(new URLSearchParams(query)) }
      }
      const id = Number(text.replace(/^\D+/, ''))
      const item = known(id)
      if (item === null) return { status: 404, text: '{}' }
      if (method === 'GET') {
        calls.get += 1
        return { status: 200, text: JSON.stringify(shown(id, item)) }
      }
      calls.write += 1
      return { status: 200, text: write(id, body) }
    },
  }
}
