import type { RichFormat } from '../connector.ts'
import { ADF_SAMPLES } from './sample-adf.ts'

/**
 * Documents for the round-trip tests of this folder, in each format, as people and machines write them: tables, nested
 * lists, code, right-to-left text, naughty strings, and what only looks like markup. Test data; nothing imports it at
 * run time.
 */

export interface SampleDocument {
  readonly name: string
  readonly format: RichFormat
  readonly text: string
}

const lines = (...all: readonly string[]): string => all.join('\n')

const markdown: Readonly<Record<string, string>> = {
  'one sentence': 'The export hangs at 40 %.',
  'soft line ends': 'First line\nsecond line\nthird line',
  'hard line ends': 'First line\\\nsecond line  \nthird line',
  'all marks': 'Some *italic*, **bold**, ***both***, ~~gone~~, `code` and <ins>new</ins>.',
  headings: '# One\n\n## Two\n\n###### Six\n\nSetext\n======\n\nOther\n-----',
  'nested lists': '- a\n  - b\n    1. c\n    2. d\n- e\n\n  second paragraph of e',
  'ordered list from seven': '7. seven\n8. eight',
  tasks: '- [x] reproduced\n- [ ] fixed\n- [ ] released',
  table: '| Version | Result |\n|:--|--:|\n| 2.1 | `ok` |\n| 2.2 | **fails** \\| hangs |',
  'table with a break': '| a |\n|---|\n| one<br>two |',
  'quote in quote': '> outer\n>\n> > inner\n> > still inner\n>\n> outer again',
  'code with language': '```ts\nconst a = `x`\n\n\n  indented\n```',
  'code with fences inside': '````\n```\nnot the end\n```\n````',
  'indented code': '    at Foo.bar (foo.js:1:2)\n    at baz',
  links:
    '[text](https://a.example/x "title") <https://b.example> https://c.example/d_e?f=1&g=2. www.d.example',
  references: 'See [this][1] and [that].\n\n[1]: https://a.example\n[that]: /relative "t"',
  images: '![a shot](shot.png) ![](https://a.example/b.png "title")',
  'linked image': '[![build](https://a.example/badge.svg)](https://a.example)',
  footnotes: 'Text[^1].\n\n[^1]: The note.',
  alert: '> [!WARNING]\n> Do **not** restart.\n>\n> - at all',
  mentions: '@jane and @org/team, not jane@example.com; cc @joe.',
  emoji: ':tada: done :+1: at 10:30:45',
  details: '<details>\n<summary>Log</summary>\n\n```\nline\n```\n\n</details>',
  'template comment': '<!-- Describe the problem -->\n\nIt **fails**.',
  'hostile html': '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <b onclick="x()">b</b>',
  'hostile links':
    '[a](javascript:alert(1)) ![b](data:text/html;base64,xx) [c](vbscript:x) <javascript:alert(1)>',
  escapes: '\\*not\\* \\_it\\_ \\`code\\` \\# \\[x\\](y) 1\\. \\> &amp; &lt; &copy;',
  'snake case and sums': 'snake_case_name 2*3*4 = 24 and a_b_ _c',
  'right to left': 'مرحبا **بالعالم** — שלום `code` עולם',
  'thematic breaks': 'a\n\n---\n\nb\n\n***\n\nc',
  'loose list': '- one\n\n- two\n\n- three',
  'list beside list': '- a\n- b\n\n* c\n* d',
  'marks inside words': 'un*frigging*believable **a**b',
  zalgo: 'Z̷̢̛a̶l̵g̷o̴ **t̴e̸x̷t̶**',
}

const textile: Readonly<Record<string, string>> = {
  'all marks': 'Some _italic_, *bold*, -gone-, +new+ and @code@.',
  headings: 'h1. One\n\nh2. Two\n\nh3(class). Three',
  lists: lines('* a', '** b', '*# c', '*# d', '* e', '', '# one', '## deeper', '# two'),
  'tasks as text': '* [x] reproduced\n* [ ] fixed',
  table: '|_. Version|_>. Result|\n|2.1|>. @ok@|\n|2.2|>. *fails*|',
  'table without a head': '|a|b|\n|c|d|',
  'row headers': '|_. a|_. b|\n|_. c|d|',
  quotes: 'bq. One line\n\n> two\n> lines\n> > deeper',
  code: '<pre><code class="ruby">\nputs "<b>"\n\n  puts 2\n</code></pre>',
  pre: '<pre>\n*not bold* | h1. not a heading\n</pre>',
  links: '"text":https://a.example/x "titled(the title)":/rel https://b.example/c_d. mailto is x@y.example',
  images: '!shot.png! !>right.png(alt text)! !https://a.example/b.png!:https://a.example',
  'redmine references': '#123 r42 [[Wiki page]] {{toc}} attachment:a.png commit:abc',
  mentions: 'user:jane and @joe please, @code@ is code',
  notextile: 'a <notextile>*b*</notextile> c',
  entities: 'a &lt;b&gt; &amp;amp; &#42;c&#42;',
  'dashes and stars': '2*3*4, a-b-c, - x, --flag, snake_case_name, 5 * 3 * 2, C++ and C++11',
  lines: 'one\ntwo\nthree',
  hostile: '<script>alert(1)</script> "x":javascript:alert(1) !javascript:alert(1)!',
  'list after text': 'Steps:\n* open\n* click',
  'code in a list': '* step\n<pre>\ncode\n</pre>\n* next',
  rule: 'a\n\n---\n\nb',
  'right to left': 'مرحبا *بالعالم* שלום',
}

const wiki: Readonly<Record<string, string>> = {
  'all marks': 'Some _italic_, *bold*, -gone-, +new+ and {{code}} with ^up^ and ~down~.',
  headings: 'h1. One\n\nh2. Two\nand text',
  lists: lines(
    '* a',
    '** b',
    '*# c',
    '*# d',
    '* e',
    '',
    '# one',
    '## deeper',
    '# two',
    '',
    '- dash',
    '- dash two',
  ),
  'code in a list': lines('* step {code:sql}', 'select 1', '{code}', '* next'),
  table: '||Version||Result||\n|2.1|{{ok}}|\n|2.2|*fails* \\\\ twice|',
  'table without a head': '|a|b|\n|c| |',
  'row headers': '||a||b||\n||c|d|',
  'bars in cells': '||a||\n|[text|https://a.example]|\n|x \\| y|\n|!shot.png|alt=s!|',
  quotes: lines('bq. One line', '', '{quote}', 'two', '', '* lines', '{quote}'),
  panel: lines('{panel:title=Warning|borderStyle=solid}', 'Do *not* restart.', '', '* at all', '{panel}'),
  'panel with a title': lines('{panel:title=What we saw}', 'It hangs.', '{panel}'),
  code: lines('{code:java|title=Foo.java}', 'if (a[0] == "*x*") {', '', '  b();', '}', '{code}'),
  noformat: lines('{noformat}', 'h1. not a heading | *x*', '{noformat}'),
  'code on one line': 'before {code}x = 1{code} after',
  links:
    '[text|https://a.example/x] [https://b.example] https://c.example/d_e. [mail|mailto:x@y.example] [#anchor]',
  images: '!shot.png! !right.png|thumbnail,alt=alt text! !https://a.example/b.png|width=300!',
  'attachments and issues': '[^log.txt] ENG-123 {anchor:x} {toc}',
  mentions: '[~jane] and [~accountid:5b10ac8d82e05b22cc7d4ef5] please, not jane@example.com',
  smileys: 'done (/) failed (x) :) ;) (y) and a:b (c) 10:30:45',
  colours: '{color:red}red{color} and {color:#00ff00}*green*{color}',
  escapes: '\\*not bold\\* \\{code\\} \\[x\\] &#92; C:\\dir\\file.txt',
  'line ends': 'one\ntwo\\\\three',
  'dashes and stars': '2*3*4, a-b-c, - x, --flag, snake_case_name, 5 * 3 * 2, C++ a -- b --- c',
  rule: 'a\n\n----\n\nb',
  hostile: '<script>alert(1)</script> [x|javascript:alert(1)] !javascript:alert(1)!',
  'not closed': '{quote}\nnever closed\n{code}\nnor this {{nor this',
  'right to left': 'مرحبا *بالعالم* שלום',
}

const html: Readonly<Record<string, string>> = {
  'one paragraph': '<p>The export hangs.</p>',
  'bare text': 'The export hangs &amp; stops.',
  'mail with breaks': '<div>Hello,<br><br>it fails.<br>Jane</div>',
  'all marks':
    '<p><b>bold</b> <i>it</i> <s>gone</s> <u>under</u> <ins>new</ins> <code>x</code> <kbd>k</kbd></p>',
  lists: '<ul><li>a<ol start="3"><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul>',
  table:
    '<table><thead><tr><th align="right">a</th></tr></thead><tbody><tr><td align="right">1<br>2</td></tr></tbody></table>',
  'table without a head': '<table><tr><td>a</td><td>b</td></tr></table>',
  code: '<pre><code class="language-sql">SELECT 1\n  FROM x;</code></pre>',
  'mail with style':
    '<html><head><style>p{color:red}</style><title>t</title></head><body><p>Hi</p></body></html>',
  outlook: '<p class="MsoNormal"><span style="font-size:11pt">Hello<o:p></o:p></span></p><p>&nbsp;</p>',
  quote: '<blockquote type="cite"><p>earlier</p></blockquote><p>answer</p>',
  hostile:
    '<script>alert(1)</script><img src=x onerror=alert(1)><a href="java&#10;script:x">y</a><svg onload=x><p>ok</p>',
  images:
    '<p><img src="https://a.example/x.png" alt="shot" width="10"><img src="data:image/png;base64,xx" alt="inline"></p>',
  'not closed': '<p>a<p>b<ul><li>c<li>d',
  crossed: '<b>a<i>b</b>c</i>',
}

const plain: Readonly<Record<string, string>> = {
  'one line': 'It fails.',
  paragraphs: 'Hello,\n\nit fails\nsince Monday.\n\n\n\nJane\n-- \nACME',
  'looks like markup': '*not bold* _not it_ # not a heading\n- not a list\n> not a quote\n| not | a table |',
  'stack trace': 'Error: x\n    at foo (a.js:1:2)\n    at bar',
  naughty: "undefined NULL ' OR 1=1-- {{7*7}} <%= 7 %> %s%n \u200b\ufeff\u202e 田中さん 👩‍👩‍👧 ﷽",
  'quoted mail': '> earlier\n>> still earlier\n\nanswer',
  address: 'https://a.example/x?y=1&z=2, jane@example.com',
  'only blanks': '  \n\t\n ',
}

const named = (format: RichFormat, samples: Readonly<Record<string, string>>): readonly SampleDocument[] =>
  Object.entries(samples).map(([name, text]) => ({ name, format, text }))

export const SAMPLE_DOCUMENTS: readonly SampleDocument[] = [
  ...named('markdown', markdown),
  ...named('textile', textile),
  ...named('wiki', wiki),
  ...named('html', html),
  ...named('adf', ADF_SAMPLES),
  ...named('plain', plain),
]
