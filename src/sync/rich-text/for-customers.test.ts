import fc from 'fast-check'
import { expect, it } from 'vitest'
import { namingOf } from '../../domain/naming.ts'
import { DEFAULT_SETTINGS } from '../../domain/settings.ts'
import type { RichFormat } from '../connector.ts'
import { writeText } from './call-nobody.ts'
import { codecs } from './codecs.ts'
import { type Directory, oursOf } from './directory.ts'
import { customersDirectory, forCustomers, withoutPictures } from './for-customers.ts'
import { asRichText, type TreeNode } from './tree.ts'

const words = fc.record({
  kind: fc.constantFrom('paragraph', 'strong', 'link', 'blockquote', 'list'),
  id: fc.constantFrom(
    oursOf('p-eve'),
    'accountid:5b10',
    'jira-user:eve',
    'vss:d291b0c4-a05c-4ea6-8df1-4b41d5f39eff',
  ),
})
const holding = (kind: string, children: readonly TreeNode[]): TreeNode => {
  const paragraph = { type: 'paragraph', children }
  if (kind === 'strong') return { type: 'paragraph', children: [{ type: 'strong', children }] }
  if (kind === 'link')
    return { type: 'paragraph', children: [{ type: 'link', url: 'https://a.example/', children }] }
  if (kind === 'blockquote') return { type: 'blockquote', children: [paragraph] }
  return kind === 'list'
    ? {
        type: 'list',
        ordered: false,
        spread: false,
        children: [{ type: 'listItem', spread: false, children: [paragraph] }],
      }
    : paragraph
}
const EVE: Directory = {
  ours: () => ({ id: 'p-eve', name: 'Eve Engineer' }),
  theirs: () => ({ address: 'accountid:5b10', name: 'Eve Engineer' }),
}
const FORMATS: readonly RichFormat[] = ['markdown', 'textile', 'html', 'adf', 'wiki', 'plain']

it('never names who is told by an address, wherever they stand, because nobody has said that customers may know', () => {
  const naming = namingOf(DEFAULT_SETTINGS)
  fc.assert(
    fc.property(
      fc.array(words, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...FORMATS),
      (all, format) => {
        const tree = asRichText(
          all.map(({ kind, id }) =>
            holding(kind, [
              { type: 'text', value: 'ask ' },
              { type: 'mention', name: 'Eve Engineer', id },
            ]),
          ),
        )
        for (const text of [
          codecs[format].write(forCustomers(tree, naming)),
          writeText(tree, format, undefined, customersDirectory(EVE, naming)),
        ]) {
          expect(text).not.toMatch(/Eve|5b10|d291b0c4|p-eve/)
          expect(text).toContain('our team')
        }
      },
    ),
    { numRuns: 120 },
  )
})

it('says it in the reader’s language, else the organisation’s', () => {
  expect(namingOf(DEFAULT_SETTINGS, 'de').instead).toBe('unser Team')
  expect(namingOf({ ...DEFAULT_SETTINGS, language: 'de' }).instead).toBe('unser Team')
  expect(namingOf({ ...DEFAULT_SETTINGS, language: 'de' }, 'en').instead).toBe('our team')
})

it('leaves what somebody typed as plain words, which are theirs', () => {
  const tree = codecs.markdown.read('Eve and @angular/core say so')
  expect(forCustomers(tree, namingOf(DEFAULT_SETTINGS))).toEqual(tree)
})

it('makes links of pictures that lie elsewhere, and keeps those that were sent along', () => {
  const tree = codecs.markdown.read(
    '![Eve](https://faces.example/eve.png) [![](http://a.example/b.png)](https://c.example/)',
  )
  const shown = codecs.html.write(withoutPictures(tree))
  expect(shown).toContain('<a href="https://faces.example/eve.png">Eve</a>')
  expect(shown).not.toContain('<img')
  const enclosed = asRichText([
    { type: 'paragraph', children: [{ type: 'image', url: 'cid:1', alt: 'log' }] },
  ])
  expect(withoutPictures(enclosed)).toEqual(enclosed)
})
