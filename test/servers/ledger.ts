import { inParallel } from './awaited.ts'

/**
 * What the story did and what must therefore be found in the tools at its end. Steps write here while they act; the
 * tools themselves are asked once everything is quiet. Nothing is believed that Causeway says of itself.
 */
export interface Ledger {
  /** So many items of this name must exist in the tracker at the end. */
  readonly twins: Map<string, number>
  /** A value somebody set last, and how to read it where it must stand. */
  readonly edits: { readonly what: string; readonly wanted: string; readonly read: () => Promise<string> }[]
  /** Words somebody wrote, and how often they must be found at a place. */
  readonly words: {
    readonly text: string
    readonly place: string
    readonly times: number
    readonly read: () => Promise<readonly string[]>
  }[]
  /** Words no customer may read. */
  readonly secrets: string[]
}

export const newLedger = (): Ledger => ({ twins: new Map(), edits: [], words: [], secrets: [] })

export interface Count {
  readonly name: string
  readonly checked: number
  readonly wrong: readonly string[]
}

/** Asks the tools. `titles`: of every item of this run in the tracker; `customersRead`: all that customers could read. */
export const countLedger = async (
  ledger: Ledger,
  titles: () => Promise<readonly string[]>,
  customersRead: () => Promise<readonly { readonly place: string; readonly text: string }[]>,
): Promise<readonly Count[]> => {
  const all = await titles()
  const twins = [...ledger.twins].map(([name, wanted]) => ({
    name,
    wanted,
    found: all.filter((title) => title.includes(name)).length,
  }))
  const edits = await inParallel(ledger.edits, 3, async ({ what, wanted, read }) => ({
    what,
    wanted,
    found: await read(),
  }))
  const words = await inParallel(ledger.words, 3, async ({ text, place, times, read }) => ({
    text,
    place,
    times,
    found: (await read()).filter((one) => one.includes(text)).length,
  }))
  const reading = await customersRead()
  const seen = ledger.secrets.flatMap((secret) =>
    reading.filter(({ text }) => text.includes(secret)).map(({ place }) => `“${secret}” in ${place}`),
  )
  const twinLine = (one: (typeof twins)[number]): string => `“${one.name}”: ${one.found}, not ${one.wanted}`
  const wordLine = (one: (typeof words)[number]): string =>
    `“${one.text}” at ${one.place}: ${one.found} times, not ${one.times}`
  return [
    {
      name: 'twins made twice',
      checked: twins.length,
      wrong: twins.filter(({ found, wanted }) => found > wanted).map(twinLine),
    },
    {
      name: 'twins never made',
      checked: twins.length,
      wrong: twins.filter(({ found, wanted }) => found < wanted).map(twinLine),
    },
    {
      name: 'edits lost',
      checked: edits.length,
      wrong: edits
        .filter(({ found, wanted }) => found !== wanted)
        .map(({ what, wanted, found }) => `${what}: “${found}”, not “${wanted}”`),
    },
    {
      name: 'comments doubled',
      checked: words.length,
      wrong: words.filter(({ found, times }) => times > 0 && found > times).map(wordLine),
    },
    {
      name: 'comments lost',
      checked: words.length,
      wrong: words.filter(({ found, times }) => found < times).map(wordLine),
    },
    {
      name: 'private notes that crossed',
      checked: words.filter(({ times }) => times === 0).length,
      wrong: words.filter(({ found, times }) => times === 0 && found > 0).map(wordLine),
    },
    {
      name: 'internal text seen by a customer',
      checked: ledger.secrets.length * reading.length,
      wrong: seen,
    },
  ]
}

export const countTable = (counts: readonly Count[]): string => {
  const width = Math.max(...counts.map(({ name }) => name.length))
  const lines = counts.flatMap(({ name, checked, wrong }) => [
    `  ${name.padEnd(width)}  ${String(wrong.length).padStart(4)}   of ${checked} asked`,
    ...wrong.slice(0, 20).map((line) => `      ${line}`),
  ])
  return lines.join('\n')
}
