import fc from 'fast-check'
import type { ListItem } from 'mdast'
import { describe, expect, it } from 'vitest'
import type { RichFormat } from '../connector.ts'
import { codecs, isRichText, patch, type RichText, sameText } from './index.ts'
import { SAMPLE_DOCUMENTS } from './sample-documents.ts'

const FORMATS = [
  'markdown',
  'textile',
  'html',
  'adf',
  'wiki',
  'plain',
] as const satisfies readonly RichFormat[]

type Block = RichText['children'][number]
const text = (value: string) => ({ type: 'text', value }) as const
const paragraph = (...children: Extract<Block, { type: 'paragraph' }>['children']): Block => ({
  type: 'paragraph',
  children,
})

const item = (value: string, nested: readonly string[] = []): ListItem => ({
  type: 'listItem',
  spread: false,
  children: [
    { type: 'paragraph', children: [text(value)] },
    ...(nested.length === 0
      ? []
      : [{ type: 'list' as const, ordered: true, spread: false, children: nested.map((one) => item(one)) }]),
  ],
})

/** All that a poorer tool cannot show, in one text. `word` stands where the typo is. */
const rich = (word: string): RichText => ({
  type: 'root',
  children: [
    { type: 'heading', depth: 2, children: [text('Crash on export')] },
    {
      type: 'panel',
      kind: 'warning',
      children: [
        {
          type: 'paragraph',
          children: [text('Do not '), { type: 'strong', children: [text('restart')] }, text(' the node')],
        },
      ],
    },
    paragraph(
      { type: 'mention', name: 'jane', id: 'acc-1' },
      text(' please look at the '),
      { type: 'emphasis', children: [text(`${word} log`)] },
      text(' '),
      { type: 'emoji', shortcode: 'eyes' },
      text(' and '),
      { type: 'link', url: 'https://a.example/run', title: 'the run', children: [text('this run')] },
    ),
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: [item('open the page'), item('press export', ['wait', 'watch']), item('see it hang')],
    },
    {
      type: 'table',
      align: ['left', null],
      children: [
        {
          type: 'tableRow',
          children: [
            { type: 'tableCell', children: [text('Version')] },
            { type: 'tableCell', children: [text('Result')] },
          ],
        },
        {
          type: 'tableRow',
          children: [
            { type: 'tableCell', children: [text('2.1')] },
            { type: 'tableCell', children: [text('works')] },
          ],
        },
      ],
    },
    { type: 'code', lang: 'js', value: 'export(1)\n  await x' },
    paragraph({ type: 'image', url: 'shot.png', alt: 'first' }, text(' '), {
      type: 'image',
      url: 'b/shot.png',
      alt: 'second',
    }),
    { type: 'opaque', source: '{"macro":1}', label: 'chart' },
    paragraph(text('Last words')),
  ],
})

const base = (format: RichFormat, word = 'acess') => ({
  tree: rich(word),
  shown: codecs[format].write(rich(word)),
})

describe('patch', () => {
  it.each(FORMATS)('changes nothing where nothing was edited (%s)', (format) => {
    for (const sample of SAMPLE_DOCUMENTS) {
      const tree = codecs[sample.format].read(sample.text)
      const shown = codecs[format].write(tree)
      expect(patch({ tree, shown }, shown, format)).toEqual(tree)
    }
    expect(patch(base(format), `${base(format).shown}\n`, format)).toEqual(rich('acess'))
  })

  it.each(FORMATS)(
    'corrects one word and leaves panel, mention, emoji, table, images and the rest alone (%s)',
    (format) => {
      const from = base(format)
      expect(patch(from, from.shown.replace('acess', 'access'), format)).toEqual(rich('access'))
    },
  )

  it.each(FORMATS)('corrects any single word of the text, wherever it stands (%s)', (format) => {
    const from = base(format)
    const words = [
      'Crash',
      'restart',
      'please',
      'page',
      'press',
      'watch',
      'hang',
      'Version',
      'works',
      'await',
      'Last',
    ]
    for (const word of words) {
      const wanted = JSON.parse(JSON.stringify(from.tree).replace(`${word}`, `${word}X`)) as unknown
      const edited = patch(from, from.shown.replace(new RegExp(`\\b${word}\\b`), `${word}X`), format)
      expect({ word, edited }).toEqual({ word, edited: wanted })
      expect(isRichText(edited)).toBe(true)
    }
  })

  it.each(FORMATS)('takes in a new paragraph and drops a removed one (%s)', (format) => {
    const from = base(format)
    const shownAs = (words: string): string =>
      codecs[format].write({ type: 'root', children: [paragraph(text(words))] })
    // blocks of ADF stand in the list of its document; those of other formats follow each other
    const block = (words: string): string =>
      format === 'adf' ? JSON.stringify(JSON.parse(shownAs(words)).content[0]) : shownAs(words)
    const last = format === 'adf' ? `,${block('Last words')}` : block('Last words')
    const more =
      format === 'adf'
        ? from.shown.replace(/\]\}$/, `,${block('One more')}]}`)
        : `${from.shown}\n\n${block('One more')}`
    expect(patch(from, more, format)).toEqual({
      type: 'root',
      children: [...rich('acess').children, paragraph(text('One more'))],
    })
    expect(patch(from, from.shown.replace(last, ''), format)).toEqual({
      type: 'root',
      children: rich('acess').children.slice(0, -1),
    })
  })

  it.each([
    ['markdown', '- see it hang', '- see it hang\n- tell us'],
    ['textile', '* see it hang', '* see it hang\n* tell us'],
    ['html', '<li>see it hang</li>', '<li>see it hang</li><li>tell us</li>'],
    ['plain', '- see it hang', '- see it hang\n- tell us'],
  ] as const)('makes an item there an item here (%s)', (format, before, after) => {
    const from = base(format)
    const list = patch(from, from.shown.replace(before, after), format).children[3]
    expect(list).toEqual({
      type: 'list',
      ordered: false,
      spread: false,
      children: [
        item('open the page'),
        item('press export', ['wait', 'watch']),
        item('see it hang'),
        item('tell us'),
      ],
    })
  })

  it('makes a row of plain text a row of the table', () => {
    const from = base('plain')
    const table = patch(
      from,
      from.shown.replace('2.1     | works', '2.1     | works\n2.2     | hangs'),
      'plain',
    ).children[4]
    expect(JSON.stringify(table)).toContain('"hangs"')
    expect(table).toMatchObject({ type: 'table', children: { length: 3 } })
  })

  it('puts new words into the mark they were written in, with their blanks', () => {
    const tree = codecs.markdown.read('a **big** (small) thing')
    const shown = codecs.html.write(tree)
    const edited = (now: string): string => codecs.markdown.write(patch({ tree, shown }, now, 'html'))
    expect(edited('<p>a <strong>very big</strong> (small) thing</p>')).toBe('a **very big** (small) thing')
    expect(edited('<p>a <strong>big</strong> (very small) thing</p>')).toBe('a **big** (very small) thing')
    expect(edited('<p>a <strong>big</strong> thing</p>')).toBe('a **big** thing')
  })

  it('keeps list items of several paragraphs whole where the tool shows them as one', () => {
    const tree = codecs.markdown.read('- one\n\n  second paragraph\n- two')
    const shown = codecs.textile.write(tree)
    const edited = patch({ tree, shown }, shown.replace('second', 'third'), 'textile')
    expect(sameText(edited, codecs.markdown.read('- one\n\n  third paragraph\n- two'))).toBe(true)
  })

  it("moves the hub's own block when the block was moved there", () => {
    const from = base('plain')
    const [heading, panel, ...rest] = from.shown.split('\n\n')
    const moved = patch(from, [panel, heading, ...rest].join('\n\n'), 'plain')
    expect(moved.children.slice(0, 2)).toEqual([rich('acess').children[1], rich('acess').children[0]])
  })

  it('understands a tool that folds blanks and trims', () => {
    const tree = rich('acess')
    const shown = codecs.plain.write(tree).replace(/ +/g, ' ').trim()
    expect(patch({ tree, shown }, shown.replace('acess', 'access'), 'plain')).toEqual(rich('access'))
  })

  it('takes over new formatting together with the people named in the block', () => {
    const tree: RichText = {
      type: 'root',
      children: [paragraph({ type: 'mention', name: 'jane', id: 'acc-1' }, text(' must see this'))],
    }
    const edited = patch({ tree, shown: '@jane must see this' }, '@jane must **see** this', 'markdown')
    expect(edited).toEqual({
      type: 'root',
      children: [
        paragraph(
          { type: 'mention', name: 'jane', id: 'acc-1' },
          text(' must '),
          { type: 'strong', children: [text('see')] },
          text(' this'),
        ),
      ],
    })
  })

  it('never throws and makes a valid tree, whatever the tool shows', () => {
    const samples = fc.constantFrom(...SAMPLE_DOCUMENTS)
    fc.assert(
      fc.property(samples, samples, fc.constantFrom(...FORMATS), fc.string(), (one, other, format, noise) => {
        const tree = codecs[one.format].read(one.text)
        const shown = codecs[format].write(tree)
        expect(isRichText(patch({ tree, shown }, other.text, format))).toBe(true)
        const half = Math.floor(shown.length / 2)
        expect(
          isRichText(patch({ tree, shown }, shown.slice(0, half) + noise + shown.slice(half), format)),
        ).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('shows the edited text afterwards, where the format can say all of the tree', () => {
    const words = fc.array(fc.constantFrom('alpha', 'beta', 'gamma', 'delta', '\n\n', 'omega'), {
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(words, words, (before, after) => {
        const shown = codecs.plain.write(codecs.plain.read(before.join(' ')))
        const now = codecs.plain.write(codecs.plain.read(after.join(' ')))
        const patched = patch({ tree: codecs.plain.read(shown), shown }, now, 'plain')
        expect(sameText(patched, codecs.plain.read(now))).toBe(true)
      }),
    )
  })
})
