import { describe, expect, it } from 'vitest'
import { codecs, type RichText } from './index.ts'

const { read, write } = codecs.textile
const inMarkdown = (textile: string): string => codecs.markdown.write(read(textile))
const fromMarkdown = (markdown: string): string => write(codecs.markdown.read(markdown))

describe('the Textile reader', () => {
  it.each([
    ['*b* _i_ -d- @c@', '**b** _i_ ~~d~~ `c`'],
    ['+new+', '<ins>new</ins>'],
    ['_*both*_', '_**both**_'],
    ['h2. Title\nand text', '## Title\n\nand text'],
    ['Steps:\n* open\n** click\n*# first\n* close', 'Steps:\n\n- open\n  - click\n  1. first\n- close'],
    ['|_. A|_>. B|\n|1|2|', '| A | B |\n| - | -: |\n| 1 | 2 |'],
    ['bq. said', '> said'],
    ['> a\n> > b', '> a\n>\n> > b'],
    ['<pre><code class="ruby">\nputs 1\n</code></pre>', '```ruby\nputs 1\n```'],
    ['"text":https://a.example/x. Then', '[text](https://a.example/x). Then'],
    ['"text (title)":/x', '[text](/x "title")'],
    ['!a.png! !>b.png(alt)!', '![](a.png) ![alt](b.png)'],
    ['a\n\n---\n\nb', 'a\n\n---\n\nb'],
    ['<notextile>*b*</notextile>', '\\*b\\*'],
    ['user:jane, @joe', '@jane, @joe'],
    ['* [x] done', '- [x] done'],
  ])('understands %j', (textile, markdown) => {
    expect(inMarkdown(textile)).toBe(markdown)
  })

  it.each([
    'snake_case_name and 2*3*4',
    'a - b - c',
    '--flag, C++ and C++',
    '#123 r42 commit:abc attachment:a.png',
    '[[Wiki page]] {{toc}}',
    'jane@example.com',
    '"quoted" words: "more"',
    'Wow! Really!',
    '<b>not a tag</b>',
  ])('leaves %j alone, which only looks like markup', (text) => {
    expect(read(text)).toEqual({
      type: 'root',
      children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }],
    })
    expect(write(read(text))).toBe(text)
  })

  it('keeps who was linked apart from who was mentioned, because a mention notifies', () => {
    expect(write(read('user:jane @joe'))).toBe('user:jane @joe')
  })
})

describe('the Textile writer', () => {
  it.each([
    ['**b** _i_ ~~d~~ `c`', '*b* _i_ -d- @c@'],
    ['- a\n  1. b\n- c', '* a\n*# b\n* c'],
    ['| a | b |\n|---|--:|\n| `x` | 2 |', '|_. a|_>. b|\n|@x@|>. 2|'],
    ['> q\n>\n> - l', '> q\n>\n> * l'],
    ['```js\n<b>\n```', '<pre><code class="js">\n<b>\n</code></pre>'],
    ['\\*not bold\\*', '<notextile>*not bold*</notextile>'],
    ['\\# not a list', '<notextile>#</notextile> not a list'],
    ['h1. not a heading', '<notextile>h1.</notextile> not a heading'],
    ['| a |\n|---|\n| x \\| y |', '|_. a|\n|x <notextile>|</notextile> y|'],
    ['un*believ*able', 'unbelievable'],
  ])('writes %j', (markdown, textile) => {
    expect(fromMarkdown(markdown)).toBe(textile)
  })

  it('cannot be left from inside preformatted text or a literal', () => {
    const value = 'a </pre> b </notextile> c'
    const tree: RichText = {
      type: 'root',
      children: [
        { type: 'code', value },
        { type: 'paragraph', children: [{ type: 'text', value: `*x* ${value}` }] },
      ],
    }
    expect(read(write(tree))).toEqual(tree)
  })
})
