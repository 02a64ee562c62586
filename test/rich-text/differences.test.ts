import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codecs } from '../../src/sync/rich-text/index.ts'
import { CORPUS, type Format } from './corpus.ts'
import { DIFFERENCES, GAINED } from './differences.ts'
import { FEATURES, type Feature, lacking, lettersOf, type Use, usesIn } from './features.ts'

/** Every document shown in every format: what is not shown as it is must stand in the table of docs/rich-text.md. */

const SHOWN = ['markdown', 'adf', 'wiki', 'html', 'textile'] as const satisfies readonly Format[]
const DOCS = new URL('../../docs/rich-text.md', import.meta.url)
const FROM = '<!-- table: made by test/rich-text/differences.test.ts -->\n'
const TO = '<!-- end of table -->\n'

interface Seen {
  readonly name: string
  readonly format: Format
  readonly to: (typeof SHOWN)[number]
  readonly uses: readonly Use[]
  readonly lost: readonly Use[]
  readonly gained: readonly Use[]
  readonly isWhole: boolean
  readonly lostOnReturn: readonly Use[]
}

const isWithin = (part: string, whole: string): boolean => {
  let at = 0
  for (const letter of whole) if (part.startsWith(letter, at)) at += letter.length
  return at >= part.length
}

const seen: readonly Seen[] = CORPUS.flatMap(({ name, format, text }) => {
  const tree = codecs[format].read(text)
  const uses = usesIn(tree)
  return SHOWN.map((to) => {
    const there = codecs[to].read(codecs[to].write(tree))
    const back = codecs[format].read(codecs[format].write(there))
    return {
      name,
      format,
      to,
      uses,
      lost: lacking(uses, usesIn(there)),
      gained: lacking(usesIn(there), uses),
      isWhole: isWithin(lettersOf(tree), lettersOf(there)),
      lostOnReturn: lacking(uses, usesIn(back)),
    }
  })
})

const countOf = (to: Format, feature: Feature, which: 'uses' | 'lost' | 'gained'): number =>
  seen.filter((one) => one.to === to).flatMap((one) => one[which].filter((use) => use.feature === feature))
    .length

const differenceOf = (to: Format, feature: Feature) => (to === 'plain' ? undefined : DIFFERENCES[feature][to])

const HEADS: Readonly<Record<Format, string>> = {
  markdown: 'Markdown',
  adf: 'ADF',
  wiki: 'Wiki markup',
  html: 'HTML',
  textile: 'Textile',
  plain: 'Plain text',
}

const tableText = (): string => {
  const columns = [...SHOWN, 'plain'] as const
  const rows = FEATURES.map((feature) => [
    feature,
    ...SHOWN.map((to) => DIFFERENCES[feature][to]?.shown ?? '✓'),
    DIFFERENCES[feature].plain,
    String(countOf('markdown', feature, 'uses')),
  ])
  return [
    ['', ...columns.map((column) => HEADS[column]), 'Seen'],
    ['---', ...columns.map(() => '---'), '--:'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('')
}

describe('the table of differences', () => {
  it('names every feature of which the corpus has a document', () => {
    expect(FEATURES.filter((feature) => countOf('markdown', feature, 'uses') === 0)).toEqual([])
  })

  it.each(SHOWN)('leaves out nothing that %s does not show as it is', (to) => {
    const unlisted = seen
      .filter((one) => one.to === to)
      .flatMap((one) =>
        one.lost
          .filter((use) => differenceOf(to, use.feature) === undefined)
          .map((use) => `${one.name}: ${use.feature} ${use.key.slice(0, 60)}`),
      )
    expect(unlisted).toEqual([])
  })

  it.each(SHOWN)('says of nothing that %s shows it poorer than it does', (to) => {
    const wrong = FEATURES.filter((feature) => {
      const difference = differenceOf(to, feature)
      const [uses, lost] = [countOf(to, feature, 'uses'), countOf(to, feature, 'lost')]
      if (difference === undefined) return false
      return difference.isPartly ? lost === 0 || lost === uses : lost < uses
    })
    expect(wrong).toEqual([])
  })

  it.each(SHOWN)('explains what %s shows beyond what was written', (to) => {
    const known: readonly Feature[] = GAINED[to]
    const unlisted = seen
      .filter((one) => one.to === to)
      .flatMap((one) =>
        one.gained
          .filter((use) => !known.includes(use.feature) && differenceOf(to, use.feature) === undefined)
          .map((use) => `${one.name}: ${use.feature} ${use.key.slice(0, 60)}`),
      )
    expect(unlisted).toEqual([])
    expect(known.filter((feature) => countOf(to, feature, 'gained') === 0)).toEqual([])
  })

  it('loses no letter in any format, whatever becomes of its form', () => {
    expect(seen.filter(({ isWhole }) => !isWhole).map(({ name, to }) => `${name} → ${to}`)).toEqual([])
    const wanting = CORPUS.filter(({ format, text }) => {
      const tree = codecs[format].read(text)
      return !isWithin(lettersOf(tree), lettersOf(codecs.plain.read(codecs.plain.write(tree))))
    })
    expect(wanting.map(({ name }) => name)).toEqual([])
  })

  it('holds of a text that goes there and comes back without its base, too', () => {
    const unlisted = seen.flatMap(({ name, format, to, lostOnReturn }) =>
      lostOnReturn
        .filter(({ feature }) => [to, format].every((one) => differenceOf(one, feature) === undefined))
        .filter(() => format !== 'plain')
        .map((use) => `${name} → ${to} → ${format}: ${use.feature} ${use.key.slice(0, 60)}`),
    )
    expect(unlisted).toEqual([])
  })

  it('stands in docs/rich-text.md as it is (CAUSEWAY_WRITE_DOCS=1 writes it)', () => {
    const text = readFileSync(DOCS, 'utf8')
    const [before = '', rest = ''] = text.split(FROM)
    const after = rest.slice(rest.indexOf(TO))
    const wanted = `${before}${FROM}\n${tableText()}\n${after}`
    if (process.env['CAUSEWAY_WRITE_DOCS'] === '1') writeFileSync(DOCS, wanted)
    else expect(text).toBe(wanted)
  })
})
