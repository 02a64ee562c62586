import { describe, expect, it } from 'vitest'
import { codecs, patch } from './index.ts'
import { ADF_SAMPLES } from './sample-adf.ts'

const { read, write } = codecs.adf
const doc = (...content: readonly object[]): string => JSON.stringify({ version: 1, type: 'doc', content })
const contentOf = (text: string): readonly unknown[] => (JSON.parse(text) as { content: unknown[] }).content
const t = (text: string, color?: string): object => ({
  type: 'text',
  text,
  ...(color === undefined ? {} : { marks: [{ type: 'textColor', attrs: { color } }] }),
})
const p = (...content: readonly object[]): object => ({ type: 'paragraph', content })

/** What Jira shows; the same seen in Markdown; one word of that corrected there; and written back over what stands. */
const corrected = (shown: string, from: string, to: string): string => {
  const tree = read(shown)
  const markdown = codecs.markdown.write(tree)
  expect(markdown).toContain(from)
  return write(patch({ tree, shown: markdown }, markdown.replace(from, to), 'markdown'), shown)
}

describe('a text written over the one that stands in Jira', () => {
  it.each(Object.entries(ADF_SAMPLES))('is the very same where nothing was changed: %s', (_, text) => {
    expect(contentOf(write(read(text), text))).toEqual(contentOf(text))
  })

  it('keeps colours, cards and empty paragraphs, though a tool that knows none of them corrected a word', () => {
    const card = p(t('See '), { type: 'inlineCard', attrs: { url: 'https://a.example/ENG-1' } })
    const shown = doc(p(t('red', '#ff0000')), p(), p(t('a tpyo here')), p(), card)
    expect(contentOf(corrected(shown, 'tpyo', 'typo'))).toEqual([
      p(t('red', '#ff0000')),
      p(),
      p(t('a typo here')),
      p(),
      card,
    ])
  })

  it('changes one cell of a table, and leaves the lists, widths and colours of the others', () => {
    const cell = (content: readonly object[], attrs: object = {}): object => ({
      type: 'tableCell',
      attrs,
      content,
    })
    const list = {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [p(t('open'))] },
        { type: 'listItem', content: [p(t('press', '#00ff00'))] },
      ],
    }
    const row = (...content: readonly object[]): object => ({ type: 'tableRow', content })
    const table = (word: string): object => ({
      type: 'table',
      attrs: { isNumberColumnEnabled: true, layout: 'wide' },
      content: [
        row(cell([p(t('a'))], { colwidth: [120] }), cell([list], { background: '#eee' })),
        row(cell([p(t(word))], { colwidth: [120] }), cell([p(t('d', '#0000ff'))])),
      ],
    })
    expect(contentOf(corrected(doc(table('tpyo')), 'tpyo', 'typo'))).toEqual([table('typo')])
  })

  it('changes one item of a list', () => {
    const items = (word: string): object => ({
      type: 'orderedList',
      attrs: { order: 1 },
      content: [
        { type: 'listItem', content: [p(t('red', '#ff0000'))] },
        { type: 'listItem', content: [p(t(word))] },
      ],
    })
    expect(contentOf(corrected(doc(items('tpyo')), 'tpyo', 'typo'))).toEqual([items('typo')])
  })

  it('takes in a new block among those that stay, and lets a removed one go', () => {
    const shown = doc(p(t('one', '#ff0000')), p(t('two')), p(t('three', '#ff0000')))
    const tree = read(shown)
    const [one, , three] = tree.children
    if (one === undefined || three === undefined) throw new Error('three paragraphs were read')
    const fresh = codecs.markdown.read('a *new* one').children
    expect(contentOf(write({ type: 'root', children: [one, ...fresh, three] }, shown))).toMatchObject([
      p(t('one', '#ff0000')),
      { content: [{ text: 'a ' }, { text: 'new', marks: [{ type: 'em' }] }, { text: ' one' }] },
      p(t('three', '#ff0000')),
    ])
    expect(contentOf(write({ type: 'root', children: [three] }, shown))).toEqual([p(t('three', '#ff0000'))])
  })

  it('is written anew where what stands there is no document', () => {
    const tree = codecs.markdown.read('hello')
    for (const shown of ['', 'plain words', '{"type":"paragraph"}', '{'])
      expect(write(tree, shown)).toBe(write(tree))
  })
})
