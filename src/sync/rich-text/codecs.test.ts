import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RichFormat } from '../connector.ts'
import { HOSTILE_TEXTS, hugeTexts } from './hostile-texts.ts'
import { codecs, isRichText, plainText, sameText, toPlainText } from './index.ts'
import { SAMPLE_DOCUMENTS } from './sample-documents.ts'
import { childrenOf, type RichText, type TreeNode } from './tree.ts'

const FORMATS = [
  'markdown',
  'textile',
  'html',
  'adf',
  'wiki',
  'plain',
] as const satisfies readonly RichFormat[]

const nodesOf = (tree: RichText): readonly TreeNode[] => {
  const found: TreeNode[] = [tree]
  for (let at = 0; at < found.length; at += 1) found.push(...childrenOf(found[at] ?? tree))
  return found
}

const RUNS_CODE = /^[\s\p{Cc}]*(?:javascript|vbscript|data|blob|jar|file):/iu

const expectSafe = (tree: RichText): void => {
  for (const node of nodesOf(tree)) {
    expect(node.type).not.toBe('html')
    expect(node.url ?? '').not.toMatch(RUNS_CODE)
    if (node.type === 'opaque')
      expect((node.source ?? '').replace(/<!--.*?-->/gs, '')).not.toMatch(
        /<\/?(?:script|style|iframe|svg|object)|\son\w+\s*=/i,
      )
  }
}

/** The one law of every format, and what must hold of any text. */
const expectLawful = (text: string): void => {
  for (const from of FORMATS) {
    const tree = codecs[from].read(text)
    expect(isRichText(tree)).toBe(true)
    expectSafe(tree)
    for (const to of FORMATS) {
      const norm = codecs[to].write(tree)
      const again = codecs[to].read(norm)
      expect(codecs[to].write(again)).toBe(norm)
      expectSafe(again)
    }
  }
}

/** Pieces that mean something in one of the formats, thrown together. */
const PIECES = (
  '*|**|_|-|+|@|!|"|":|http://a.b/c|[|]|(|)|](|`|```|~~|>|> |#|# |h1. |* |- |1. |\\||\\|-\\||\\|_. |\n|\n\n|  |    | |a|b c|word|<b>|</b>|' +
  '<ins>|</ins>|<p>|<li>|<ul>|<table>|<td>|<pre>|</pre>|<code>|</code>|<notextile>|</notextile>|<br>|&amp;|&#13;|&|\\|@jane|user:bob|' +
  ':smile:|---|[!NOTE]|<!--|-->|^|~|=|!x.png!|![a](b.png)|[^1]|[^1]: x|é|م|👍|\u00a0|\t|www.a.com|a@b.com|[x]|- [ ] |<script>|<div>|' +
  '<details>|bq. |1) |{quote}|{panel:title=x}|{panel}|{code:java}|{code}|{noformat}|{{|}}|[x\\|http://a.b/c]|[~jane]|(/)|:)|\\|\\||h2. |----|\\|a\\|b\\|\n|\u200b|<h1>|<blockquote>|<hr>|<a href="http://x.y">|</a>|<img src="a.png">'
)
  .split(/(?<!\\)\|/)
  .map((piece) => piece.replaceAll('\\|', '|'))

const markup = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''))

const letters = (tree: RichText): string => toPlainText(tree).replace(/[^\p{L}\p{N}]/gu, '')

describe('codecs', () => {
  it('settle every sample document, read from and written to each format', () => {
    expect(SAMPLE_DOCUMENTS.length).toBeGreaterThanOrEqual(60)
    for (const sample of SAMPLE_DOCUMENTS) expectLawful(sample.text)
  })

  it.each(SAMPLE_DOCUMENTS)(
    'keep the meaning of "$name" ($format), because what was read can be written there',
    (sample) => {
      const codec = codecs[sample.format]
      const tree = codec.read(sample.text)
      expect(sameText(codec.read(codec.write(tree)), tree)).toBe(true)
    },
  )

  it.each(SAMPLE_DOCUMENTS)('carry all letters of "$name" ($format) through Markdown and HTML', (sample) => {
    const tree = codecs[sample.format].read(sample.text)
    for (const format of ['markdown', 'html'] as const)
      expect(letters(codecs[format].read(codecs[format].write(tree)))).toBe(letters(tree))
  })

  it('settle whatever is thrown together from markup', () => {
    fc.assert(fc.property(markup, expectLawful), { numRuns: 300 })
  })

  it('settle any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), expectLawful), { numRuns: 200 })
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), expectLawful), { numRuns: 100 })
  })

  it.each(HOSTILE_TEXTS)('make a safe tree of %j', (text) => {
    expectLawful(text)
  })

  it.each(Object.keys(hugeTexts()))('read and write %s without a throw, and settle', (name) => {
    const text = hugeTexts()[name] ?? ''
    for (const format of FORMATS) {
      const norm = codecs[format].write(codecs[format].read(text))
      expect(codecs[format].write(codecs[format].read(norm)) === norm).toBe(true)
    }
  })

  it('give the quick way for plain sentences the same result as the parser', () => {
    const sentence = fc.array(
      fc.constantFrom(
        'The',
        'export',
        'hangs',
        'at',
        '40',
        '%',
        'again',
        '(see',
        'log)',
        'it’s',
        'а',
        '5.',
        ',',
        'a=b',
      ),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(sentence, (words) => {
        const text = words.join(' ')
        const quick = codecs.markdown.read(text)
        const parsed = codecs.markdown.read(`${text}\n\n**x**`)
        expect(parsed.children.slice(0, -1)).toEqual(quick.children)
      }),
    )
  })
})

describe('degradation', () => {
  const rich: RichText = {
    type: 'root',
    children: [
      {
        type: 'panel',
        kind: 'success',
        children: [{ type: 'paragraph', children: [{ type: 'text', value: 'Fixed' }] }],
      },
      {
        type: 'paragraph',
        children: [
          { type: 'mention', name: 'jane', id: '42' },
          { type: 'text', value: ' ' },
          { type: 'emoji', shortcode: 'tada' },
        ],
      },
      { type: 'opaque', source: '{"type":"macro"}', label: 'chart' },
    ],
  }

  it.each([
    ['markdown', '> **Success**\n>\n> Fixed\n\n@jane :tada:\n\n\\[chart]'],
    ['textile', '> *Success*\n>\n> Fixed\n\n@jane :tada:\n\n[chart]'],
    [
      'html',
      '<blockquote>\n<p><strong>Success</strong></p>\n<p>Fixed</p>\n</blockquote>\n<p>@jane :tada:</p>\n<p>[chart]</p>',
    ],
    ['plain', '> Success:\n> Fixed\n\n@jane :tada:\n\n[chart]'],
  ] as const)('is readable in %s', (format, shown) => {
    expect(codecs[format].write(rich)).toBe(shown)
  })

  it('shows a table as aligned rows in plain text', () => {
    const tree = codecs.markdown.read('| Version | Result |\n|---|---|\n| 2.1 | ok |\n| 2.10 | fails |')
    expect(toPlainText(tree)).toBe('Version | Result\n2.1     | ok\n2.10    | fails')
  })

  it('keeps an alert, inserted text and harmless HTML of Markdown', () => {
    const text = '> [!NOTE]\n> Read <ins>this</ins>, press <kbd>x</kbd>'
    expect(codecs.markdown.write(codecs.markdown.read(text))).toBe(text)
    expect(codecs.markdown.read(text).children[0]?.type).toBe('panel')
  })

  it('keeps bare addresses bare', () => {
    for (const format of ['markdown', 'textile'] as const) {
      const text = 'See https://a.example/x_y?b=1&c=2, and https://b.example.'
      expect(codecs[format].write(codecs[format].read(text))).toBe(text)
      expect(codecs[format].write(plainText(text))).toBe(text)
    }
  })
})

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })

describe('corpora of hostile texts', () => {
  it('are read into safe trees that settle', { timeout: 600_000 }, () => {
    const corpus = process.env['CAUSEWAY_CORPUS']
    if (corpus === undefined) {
      console.info(
        'Not run: rich text on the corpora of hostile texts (set CAUSEWAY_CORPUS to an unpacked folder); the built-in list ran.',
      )
      return
    }
    const files = filesIn(corpus).filter((path) =>
      /[/\\](?:xss|unicode|svg|ssti|open-redirect)[/\\]/.test(path),
    )
    const texts = new Set(
      files.flatMap((path) => readFileSync(path, 'utf8').split('\n')).map((line) => line.slice(0, 4_000)),
    )
    for (const text of texts) expectLawful(text)
    console.info(`Rich text on the corpora: ${texts.size} texts, each in ${FORMATS.length} formats.`)
    expect(texts.size).toBeGreaterThan(1_000)
  })
})
