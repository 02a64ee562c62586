/** Documents of Jira Cloud as its editor makes them, for the round-trip tests of this folder. */

const t = (text: string, ...marks: readonly string[]): object => ({
  type: 'text',
  text,
  ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
})
const linked = (text: string, href: string, ...marks: readonly string[]): object => ({
  type: 'text',
  text,
  marks: [{ type: 'link', attrs: { href } }, ...marks.map((type) => ({ type }))],
})
const node = (type: string, content: readonly object[], attrs?: object): object => ({
  type,
  ...(attrs === undefined ? {} : { attrs }),
  content,
})
const p = (...content: readonly object[]): object => node('paragraph', content)
const media = (attrs: object, ...rest: readonly object[]): object =>
  node('mediaSingle', [{ type: 'media', attrs }, ...rest], { layout: 'center' })

const adfBlocks: Readonly<Record<string, readonly object[]>> = {
  'one sentence': [p(t('The export hangs at 40 %.'))],
  'all marks': [
    p(
      t('bold', 'strong'),
      t(' and '),
      t('it', 'em'),
      t('both', 'em', 'strong'),
      t('gone', 'strike'),
      t('new', 'underline'),
      t('code', 'code'),
      { type: 'text', text: 'red', marks: [{ type: 'textColor', attrs: { color: '#ff0000' } }] },
    ),
  ],
  'marks that overlap': [
    p(t('a', 'strong'), t('b', 'strong', 'em'), t('c', 'em'), linked('d', 'https://a.example', 'em')),
  ],
  'linked code': [
    p(
      linked('npm i', 'https://a.example/x', 'code'),
      t(' and '),
      linked('more', 'https://a.example/y', 'strong'),
    ),
  ],
  headings: [node('heading', [t('One')], { level: 1 }), node('heading', [t('Six')], { level: 6 })],
  'nested lists': [
    node('bulletList', [
      node('listItem', [
        p(t('a')),
        node('orderedList', [node('listItem', [p(t('b'))]), node('listItem', [p(t('c')), p(t('d'))])], {
          order: 3,
        }),
      ]),
      node('listItem', [p(t('e')), node('codeBlock', [t('x\n  y')], { language: 'js' })]),
    ]),
  ],
  tasks: [
    node(
      'taskList',
      [
        node('taskItem', [t('reproduced')], { localId: '1', state: 'DONE' }),
        node('taskList', [node('taskItem', [t('on Windows')], { localId: '3', state: 'TODO' })], {
          localId: '2',
        }),
        node('taskItem', [], { localId: '4', state: 'TODO' }),
      ],
      { localId: '0' },
    ),
  ],
  decision: [
    node('decisionList', [node('decisionItem', [t('We wait.')], { localId: '1', state: 'DECIDED' })], {
      localId: '0',
    }),
  ],
  panels: [
    node(
      'panel',
      [p(t('Do not '), t('restart', 'strong')), node('bulletList', [node('listItem', [p(t('at all'))])])],
      {
        panelType: 'warning',
      },
    ),
    node('panel', [node('heading', [t('Custom')], { level: 3 })], {
      panelType: 'custom',
      panelColor: '#fff',
    }),
  ],
  'table with lists': [
    node('table', [
      node('tableRow', [
        node('tableHeader', [p(t('Version'))], {}),
        node('tableHeader', [p(t('Result'))], {}),
      ]),
      node('tableRow', [
        node('tableCell', [p(t('2.1'))], {}),
        node(
          'tableCell',
          [
            p(t('steps')),
            node('orderedList', [
              node('listItem', [p(t('open')), p(t('wait'))]),
              node('listItem', [p(t('press'))]),
            ]),
          ],
          {},
        ),
      ]),
      node('tableRow', [node('tableCell', [p(t('both'))], { colspan: 2 })]),
    ]),
  ],
  'table with a head column': [
    node('table', [
      node('tableRow', [node('tableHeader', [p(t('a'))], {}), node('tableCell', [p(t('1'))], {})]),
      node('tableRow', [node('tableHeader', [p(t('b'))], {}), node('tableCell', [p()], {})]),
    ]),
  ],
  'code without language': [node('codeBlock', [t('a\n\n  b *not bold*')])],
  'empty code': [node('codeBlock', [])],
  quote: [node('blockquote', [p(t('outer')), node('bulletList', [node('listItem', [p(t('item'))])])])],
  images: [
    media({ type: 'file', id: '6e7c7f2c-dd7a-499c-bceb-6f32bfbf30b5', collection: '', alt: 'shot.png' }),
    media({ type: 'external', url: 'https://a.example/x.png' }, node('caption', [t('The error')])),
    node('mediaGroup', [
      { type: 'media', attrs: { type: 'file', id: 'a1', collection: '' } },
      { type: 'media', attrs: { type: 'file', id: 'b2', collection: '' } },
    ]),
  ],
  'a file amid text': [
    p(t('see '), { type: 'mediaInline', attrs: { id: 'c3', collection: '', type: 'file' } }, t(' there')),
  ],
  'mention, emoji, date, status': [
    p(
      { type: 'mention', attrs: { id: '5b10ac8d82e05b22cc7d4ef5', text: '@Jane Doe' } },
      t(' please by '),
      { type: 'date', attrs: { timestamp: '1767225600000' } },
      t(' '),
      { type: 'emoji', attrs: { shortName: ':warning:', text: '\u26a0' } },
      t(' '),
      { type: 'status', attrs: { text: 'In progress', color: 'blue' } },
    ),
  ],
  cards: [
    p(t('See '), { type: 'inlineCard', attrs: { url: 'https://a.example/browse/ENG-1' } }),
    { type: 'blockCard', attrs: { url: 'https://a.example/page' } },
  ],
  expand: [
    node('expand', [p(t('line one'), { type: 'hardBreak' }, t('line two'))], { title: 'Log of the run' }),
  ],
  layout: [
    node('layoutSection', [
      node('layoutColumn', [p(t('left'))], { width: 50 }),
      node('layoutColumn', [p(t('right'))], { width: 50 }),
    ]),
  ],
  extension: [
    {
      type: 'extension',
      attrs: { extensionType: 'com.atlassian.confluence.macro.core', extensionKey: 'toc' },
    },
    node('bodiedExtension', [p(t('inside'))], { extensionType: 'x', extensionKey: 'excerpt' }),
  ],
  rule: [p(t('a')), { type: 'rule' }, p(t('b'))],
  'what nobody knows yet': [{ type: 'hologram', attrs: { depth: 3 } }, node('newBlock', [p(t('its words'))])],
  hostile: [
    p(linked('x', 'javascript:alert(1)'), t('<script>alert(1)</script>')),
    media({ type: 'external', url: 'javascript:alert(1)' }),
    { type: 'extension', attrs: { extensionType: 'x', extensionKey: '"><img src=x>' } },
  ],
  'looks like markup': [p(t('*not bold* _not it_ h1. | a | {panel} [x] #1 - a > b `c`'))],
  'right to left': [p(t('مرحبا '), t('بالعالم', 'strong'), t(' שלום'))],
}

/** By name, each one text of JSON. */
export const ADF_SAMPLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(adfBlocks).map(([name, content]) => [
    name,
    JSON.stringify({ version: 1, type: 'doc', content }),
  ]),
)
