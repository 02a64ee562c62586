import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RichFormat } from '../connector.ts'
import { readText, writeText } from './call-nobody.ts'
import { codecs } from './codecs.ts'
import { addressOf, type Directory, loginAddress, NOBODY, oursOf, personOf } from './directory.ts'
import { mergeText } from './merge-text.ts'
import { patch } from './patch.ts'
import { sameText } from './same-text.ts'
import { asRichText, childrenOf, type RichText, type TreeNode } from './tree.ts'

/** As it stands there for a person: the joiner is not seen. */
const seen = (text: string): string => text.replaceAll('\u2060', '')
/** Names that the tool would call. */
const calls = (text: string): readonly string[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}_])@([a-z][\w-]*)/giu)].map(([, name]) => name ?? '')

describe('words from elsewhere', () => {
  const words = codecs.html.read('<p>Please ask @john or @Jane-Doe, not anna@acme.example.</p>')

  it.each(['markdown', 'textile'] as const)('call nobody in %s, and look as they did', (format) => {
    const there = writeText(words, format)
    expect(calls(there)).toEqual([])
    expect(seen(there)).toBe(codecs[format].write(words))
  })

  it('are the same here when they come back, because only the tool is kept from calling', () => {
    const tree = codecs.html.read('<p>Please ask @john.</p>')
    expect(readText(writeText(tree, 'markdown'), 'markdown')).toEqual(tree)
  })

  it('leave code alone, where nobody is called', () => {
    const code = codecs.markdown.read('`@Override` and\n\n```java\n@Test void a() {}\n```')
    expect(writeText(code, 'markdown')).toBe(codecs.markdown.write(code))
  })

  it('leave an address of mail and a link alone', () => {
    const text = 'Write to [anna@acme.example](mailto:anna@acme.example) or <https://a.example/@john>.'
    const tree = codecs.markdown.read(text)
    expect(writeText(tree, 'markdown')).toBe(codecs.markdown.write(tree))
  })

  it('go as they are where a name calls nobody by itself', () => {
    for (const format of ['html', 'plain', 'adf', 'wiki'] as const)
      expect(writeText(words, format)).toBe(codecs[format].write(words))
  })
})

describe('words of the tool itself', () => {
  it('go on calling whom they called, because somebody there wrote so', () => {
    const shown = 'Thanks @octocat, it hangs. cc @mona'
    const tree = codecs.markdown.read('Thanks @octocat, it stops. cc @mona and @john')
    expect(calls(writeText(tree, 'markdown', shown))).toEqual(['octocat', 'mona'])
  })

  it('that are edited there change here by the edit and by nothing else', () => {
    const tree = codecs.html.read('<p>Please ask @john about it.</p>')
    const shown = writeText(tree, 'markdown')
    const now = shown.replace('Please', 'Do')
    expect(patch({ tree, shown }, now, 'markdown')).toEqual(codecs.html.read('<p>Do ask @john about it.</p>'))
  })
})

const FORMATS: readonly RichFormat[] = ['markdown', 'textile', 'html', 'adf', 'wiki', 'plain']
const GUID = 'd291b0c4-a05c-4ea6-8df1-4b41d5f39eff'
/** How a text of each tool calls Anna; null: no text there calls anybody. */
const ANNAS: Readonly<Record<RichFormat, string | null>> = {
  markdown: loginAddress('anna-a'),
  textile: loginAddress('anna-a'),
  html: `vss:${GUID}`,
  adf: 'accountid:5b10ac8d82e05b22cc7d4ef5',
  wiki: 'jira-user:anna',
  plain: null,
}
const ANNA = { id: '0190f0c2-0000-7000-8000-0000000000aa', name: 'Anna Agent' }
const knowing = (format: RichFormat): Directory => ({
  ours: (address) => (address === ANNAS[format] ? ANNA : null),
  theirs: (id) => {
    const address = ANNAS[format]
    return id === ANNA.id && address !== null ? { address, name: 'A. Agent' } : null
  },
})
const says = (...words: readonly TreeNode[]): RichText => asRichText([{ type: 'paragraph', children: words }])
const called = (text: string, format: RichFormat): readonly string[] => {
  const found: string[] = []
  const visit = (node: TreeNode): void => {
    const address = addressOf(node, format)
    if (address !== null) found.push(address)
    childrenOf(node).forEach(visit)
  }
  visit(codecs[format].read(text))
  return found
}
const text = (value: string): TreeNode => ({ type: 'text', value })
const mention = (name: string, id?: string): TreeNode => ({
  type: 'mention',
  name,
  ...(id === undefined ? {} : { id }),
})

describe('a mention', () => {
  const foreign = fc.record({
    name: fc.constantFrom('Jane Doe', 'jane', 'Übel', 'john.smith', 'a'),
    id: fc.constantFrom(
      'accountid:5b10ac8d82e05b22cc7d4ef5',
      'jira-user:jane',
      'user:jane',
      `vss:${GUID}`,
      oursOf(ANNA.id),
    ),
  })
  it.each(FORMATS)(
    'never carries an address of another tool into %s, where it would be somebody else’s',
    (format) => {
      fc.assert(
        fc.property(fc.array(foreign, { minLength: 1, maxLength: 4 }), (mentions) => {
          const tree = says(
            ...mentions.flatMap(({ name, id }) => [text('ask '), mention(name, id), text(' now ')]),
          )
          const there = writeText(tree, format)
          expect(called(there, format)).toEqual([])
          for (const { name } of mentions)
            expect(seen(codecs.plain.write(codecs[format].read(there)))).toContain(`@${name}`)
        }),
        { numRuns: 60 },
      )
    },
  )

  const speaking = FORMATS.filter((format) => ANNAS[format] !== null)
  it.each(speaking)(
    'of one of ours becomes a real one in %s, and is one of ours again when it comes back',
    (format) => {
      const tree = says(text('Please ask '), mention(ANNA.name, oursOf(ANNA.id)), text(' about it.'))
      const there = writeText(tree, format, undefined, knowing(format))
      expect(called(there, format)).toEqual([ANNAS[format]])
      expect(sameText(readText(there, format, knowing(format)), tree)).toBe(true)
    },
  )

  it.each(speaking)('that stands in %s stays to the letter, however we call them', (format) => {
    const there = codecs[format].write(
      says(
        text('Ask '),
        mention('anna-a', ANNAS[format] ?? ''),
        text(' or '),
        mention('bert', bertIn(format)),
        text(' today.'),
      ),
    )
    const here = readText(there, format, knowing(format))
    expect(personOf(childrenOf(childrenOf(here)[0] ?? text(''))[1] ?? text(''))).toBe(ANNA.id)
    expect(writeText(here, format, there, knowing(format))).toBe(there)
    const edited = patch(
      { tree: here, shown: there },
      there.replace('today', 'tomorrow'),
      format,
      knowing(format),
    )
    expect(called(writeText(edited, format, there, knowing(format)), format)).toEqual(called(there, format))
    expect(writeText(edited, format, there, knowing(format))).toBe(there.replace('today', 'tomorrow'))
  })

  it.each(speaking)('that somebody adds in %s is one here too, though only words around it are', (format) => {
    const before = codecs[format].write(says(text('Please look at the log.')))
    const after = codecs[format].write(
      says(text('Please look at the log, '), mention('anna-a', ANNAS[format] ?? ''), text('.')),
    )
    const here = patch(
      { tree: says(text('Please look at the log.')), shown: before },
      after,
      format,
      knowing(format),
    )
    expect(JSON.stringify(here)).toContain(oursOf(ANNA.id))
  })

  it('of one person is the same on both sides of a merge, whatever each side calls them', () => {
    const [base, ours, theirs] = ['Anna', 'Anna Agent', 'anna-a'].map((name) =>
      says(mention(name, oursOf(ANNA.id))),
    )
    expect(mergeText(base ?? says(), ours ?? says(), theirs ?? says())).toEqual({ merged: ours })
  })

  it('in a tool that knows them later is found by the address it came with', () => {
    const there = codecs.adf.write(says(mention('Anna', ANNAS.adf ?? ''), text(' knows.')))
    const stranger = readText(there, 'adf', NOBODY)
    expect(writeText(stranger, 'adf', there, knowing('adf'))).toBe(there)
  })
})

const bertIn = (format: RichFormat): string =>
  (ANNAS[format] ?? '').replace(/[^:]*$/, (anna) => anna.replace(/a|5|d/, 'e'))
