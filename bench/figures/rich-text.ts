import rehypeParse from 'rehype-parse'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { codecs } from '../../src/sync/rich-text/index.ts'
import { documentsOf, FORMATS, type Format } from '../../test/rich-text/corpus.ts'
import { atLeastTimes, type Figure, info, round } from '../figure.ts'
import type { Bench } from '../measuring.ts'

/**
 * How fast a text turns from one format into another: every document of the corpus, read and written, again and again.
 * Beside it what the parsers alone need that ours stand on, without checking, tidying or settling anything.
 */

interface Speed {
  readonly documents: number
  readonly megabytes: number
}

type Turn = (text: string) => string

const speedOf = (texts: readonly string[], turn: Turn, seconds: number): Speed => {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  // once unmeasured: the compiler learns
  for (const text of texts) turn(text)
  const start = performance.now()
  let rounds = 0
  let spent = 0
  for (; spent < seconds; rounds += 1) {
    for (const text of texts) turn(text)
    spent = (performance.now() - start) / 1000
  }
  return { documents: (rounds * texts.length) / spent, megabytes: (rounds * bytes) / spent / 1e6 }
}

const htmlToMarkdown = (): Turn => {
  const parser = unified()
    .use(rehypeParse, { fragment: true })
    .use(rehypeRemark)
    .use(remarkGfm)
    .use(remarkStringify)
    .freeze()
  return (text) => String(parser.processSync(text))
}

const markdownToMarkdown = (): Turn => {
  const parser = unified().use(remarkParse).use(remarkGfm).use(remarkStringify).freeze()
  return (text) => String(parser.processSync(text))
}

/** What it takes to make HTML of it comes with what the screens are made of; without it there is no peer. */
const markdownToHtml = async (): Promise<Turn | null> => {
  const rehype = await import('remark-rehype').catch(() => null)
  const writer = await import('hast-util-to-html').catch(() => null)
  if (rehype === null || writer === null) return null
  const parser = unified().use(remarkParse).use(remarkGfm).use(rehype.default).freeze()
  return (text) => writer.toHtml(parser.runSync(parser.parse(text)))
}

const PEERS = 'remark and rehype alone'

/** Reading the text back after writing, until it stays, and a tree that is checked: worth this much of the speed. */
const LEAST_SHARE = 0.15

const turnOf =
  (from: Format, to: Format): Turn =>
  (text) =>
    codecs[to].write(codecs[from].read(text))

/** One word corrected in the tree, written over what stands there. */
const overOf =
  (format: Format): Turn =>
  (text) =>
    codecs[format].write(codecs.plain.read('something else'), text)

export const richTextSpeed = async (bench: Bench): Promise<readonly Figure[]> => {
  const seconds = bench.quick ? 0.1 : 0.5
  const peers = new Map<string, Turn>()
  peers.set('html markdown', htmlToMarkdown())
  peers.set('markdown markdown', markdownToMarkdown())
  const toHtml = await markdownToHtml()
  if (toHtml !== null) peers.set('markdown html', toHtml)
  const figures: Figure[] = []
  for (const from of FORMATS) {
    const texts = documentsOf(from).map(({ text }) => text)
    bench.say(`rich text: ${texts.length} documents of ${from}`)
    for (const to of FORMATS) {
      const peer = peers.get(`${from} ${to}`)
      if (from === to && peer === undefined) continue
      const name = `rich text, ${from} → ${to}`
      const own = speedOf(texts, turnOf(from, to), seconds)
      const figure =
        peer === undefined
          ? info(name, own.documents, 'documents/s')
          : atLeastTimes(
              name,
              own.documents,
              'documents/s',
              PEERS,
              speedOf(texts, peer, seconds).documents,
              LEAST_SHARE,
            )
      figures.push({
        ...figure,
        against: [`${round(own.megabytes)} MB/s`, ...(figure.against === null ? [] : [figure.against])].join(
          '; ',
        ),
      })
    }
    figures.push(
      info(`rich text, written over ${from}`, speedOf(texts, overOf(from), seconds).documents, 'documents/s'),
    )
  }
  return figures
}
