import { MarkdownManager } from '@tiptap/markdown'
import { describe, expect, it } from 'vitest'
import { isRichEnough } from '../parts/rich-enough.ts'
import { extensions } from './rich-markdown.ts'

const manager = new MarkdownManager({ extensions: extensions() })
const through = (markdown: string): string => manager.serialize(manager.parse(markdown))
const meaning = (markdown: string): unknown => manager.parse(markdown)

describe('Markdown that went through the editor', () => {
  it.each([
    ['marks', 'Hello **bold** *it* `c` ~~no~~ [a](https://x.test/a_b)'],
    ['lists', '- a\n- b\n  - c\n\n1. x\n2. y'],
    ['quotes and code', '> quote\n> more\n\n```js\nlet a = 1\n\nb\n```'],
    ['lines', 'one  \ntwo\n\nthree'],
    ['signs that mean nothing', '1 \\* 2 and snake\\_case, C:\\\\dir, 5 < 6 && x > y'],
    ['placeholders and names', 'Hello {contact.name}, @Anna\\_Berg'],
    ['headings', '## Steps\n\ntext'],
  ])('means the same: %s', (_name, markdown) => {
    expect(meaning(through(markdown))).toEqual(meaning(markdown))
  })

  it('is the same text when it goes through again, so that a draft does not grow', () => {
    const once = through('- a\n- b\n\n> q\n\n1 * 2 _x_ **b**')
    expect(through(once)).toBe(once)
  })

  it.each(['| a | b |\n|---|---|\n| 1 | 2 |', '![shot](https://x.test/a.png)', '- [ ] todo', '<b>x</b>'])(
    'is not put into it when it would be lost: %j',
    (markdown) => expect(isRichEnough(markdown)).toBe(false),
  )

  it.each(['plain', '- list', 'a | b', '---', '[x](y)', '5 < 6 and x > y'])(
    'is put into it: %j',
    (markdown) => expect(isRichEnough(markdown)).toBe(true),
  )
})
