import { describe, expect, it } from 'vitest'
import type { RichFormat } from '../connector.ts'
import { codecs, sameText } from './index.ts'
import { SAMPLE_DOCUMENTS } from './sample-documents.ts'

/** `shown` as it stands after its tree, seen in Markdown, was changed there from `from` to `to`. */
const changed = (format: RichFormat, shown: string, from: string, to: string): string => {
  const markdown = codecs.markdown.write(codecs[format].read(shown))
  expect(markdown).toContain(from)
  return codecs[format].write(codecs.markdown.read(markdown.replace(from, to)), shown)
}

describe('a text written over the one that stands there', () => {
  it.each(SAMPLE_DOCUMENTS)(
    'is the very same where nothing was changed: $name ($format)',
    ({ format, text }) => {
      expect(codecs[format].write(codecs[format].read(text), text)).toBe(text)
    },
  )

  it.each([
    ['markdown', '* a tpyo\n* __b__', 'tpyo', 'typo', '* a typo\n* __b__'],
    ['markdown', 'tpyo  \r\nnext', 'tpyo', 'typo', 'typo  \r\nnext'],
    ['wiki', '- a {color:red}tpyo{color}\n- ^b^', 'tpyo', 'typo', '- a {color:red}typo{color}\n- ^b^'],
    ['textile', 'h2(x). A tpyo\n\np>. right', 'tpyo', 'typo', 'h2(x). A typo\n\np>. right'],
    ['html', '<div><b class="x">a</b> tpyo</div>', 'tpyo', 'typo', '<div><b class="x">a</b> typo</div>'],
    ['html', '<p>it&rsquo;s a tpyo</p>', 'tpyo', 'typo', '<p>it&rsquo;s a typo</p>'],
    ['plain', 'a tpyo\r\n\r\n\r\nend\r\n', 'tpyo', 'typo', 'a typo\r\n\r\n\r\nend\r\n'],
  ] as const)('keeps its own hand in %s: %j', (format, shown, from, to, wanted) => {
    expect(changed(format, shown, from, to)).toBe(wanted)
  })

  it('puts a new block at its place, with the bullets and line ends that are used there', () => {
    expect(changed('markdown', '* one\r\n\r\nlast', '- one', '- one\n- two')).toBe(
      '* one\r\n* two\r\n\r\nlast',
    )
  })

  it('says what it must, though it has to be written anew for that', () => {
    const shown = '<p>First<p>Second<b>bold'
    const tree = codecs.markdown.read('First\n\nSecond**bold**\n\nlast')
    expect(sameText(codecs.html.read(codecs.html.write(tree, shown)), tree)).toBe(true)
  })

  it('takes what is nothing like it as it is', () => {
    for (const format of ['markdown', 'textile', 'html', 'wiki', 'plain'] as const) {
      const tree = codecs.plain.read('something else')
      expect(sameText(codecs[format].read(codecs[format].write(tree, 'a *b* c\n\nd')), tree)).toBe(true)
      expect(codecs[format].write(tree, '')).toBe(codecs[format].write(tree))
    }
  })
})
