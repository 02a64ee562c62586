/** Documents of Jira Cloud, as its editor makes them: part of the corpus. */

type Node = object

const t = (text: string, ...marks: readonly string[]): Node => ({
  type: 'text',
  text,
  ...(marks.length === 0 ? {} : { marks: marks.map((type) => ({ type })) }),
})
const marked = (text: string, type: string, attrs: object): Node => ({
  type: 'text',
  text,
  marks: [{ type, attrs }],
})
const linked = (text: string, href: string): Node => marked(text, 'link', { href })
const br: Node = { type: 'hardBreak' }
const n = (type: string, content: readonly Node[], attrs?: object): Node => ({
  type,
  ...(attrs === undefined ? {} : { attrs }),
  content,
})
const p = (...content: readonly Node[]): Node => n('paragraph', content)
const h = (level: number, text: string): Node => n('heading', [t(text)], { level })
const li = (...content: readonly Node[]): Node => n('listItem', content)
const ul = (...items: readonly (string | Node)[]): Node =>
  n(
    'bulletList',
    items.map((one) => (typeof one === 'string' ? li(p(t(one))) : one)),
  )
const ol = (...items: readonly (string | Node)[]): Node =>
  n(
    'orderedList',
    items.map((one) => (typeof one === 'string' ? li(p(t(one))) : one)),
    { order: 1 },
  )
const code = (text: string, language?: string): Node =>
  n('codeBlock', text === '' ? [] : [t(text)], language === undefined ? {} : { language })
const panel = (panelType: string, ...content: readonly Node[]): Node => n('panel', content, { panelType })
const person = (id: string, name: string): Node => ({
  type: 'mention',
  attrs: { id, text: `@${name}`, accessLevel: '' },
})
const emoji = (shortName: string, text: string, id: string): Node => ({
  type: 'emoji',
  attrs: { shortName, id, text },
})
const cell = (type: string, ...content: readonly Node[]): Node => n(type, content, {})
const row = (type: string, ...texts: readonly string[]): Node =>
  n(
    'tableRow',
    texts.map((text) => cell(type, text === '' ? p() : p(t(text)))),
  )
const table = (...rows: readonly Node[]): Node =>
  n('table', rows, { isNumberColumnEnabled: false, layout: 'align-start', localId: 'f3b1' })
const task = (state: 'TODO' | 'DONE', id: string, ...content: readonly Node[]): Node =>
  n('taskItem', content, { localId: id, state })
const file = (id: string, alt: string): Node =>
  n(
    'mediaSingle',
    [{ type: 'media', attrs: { type: 'file', id, collection: '', alt, width: 800, height: 401 } }],
    {
      layout: 'align-start',
    },
  )

export const ADF_DOCUMENTS: Readonly<Record<string, readonly Node[]>> = {
  'one sentence': [p(t('The export hangs at 40 %.'))],
  'steps, expected, actual': [
    h(3, 'Steps to reproduce'),
    ol('Open the report', 'Press Export', 'Wait'),
    h(3, 'Expected'),
    p(t('A file.')),
    h(3, 'Actual'),
    p(t('Nothing '), t('at all', 'strong'), t('.')),
  ],
  'comment with mention and emoji': [
    p(
      person('5b10ac8d82e05b22cc7d4ef5', 'Jane Doe'),
      t(' could you have a look? '),
      emoji(':pray:', '🙏', '1f64f'),
    ),
  ],
  'mentions of a team': [
    p(
      t('cc '),
      person('70121:aa-bb', 'Li Wei'),
      t(', '),
      person('70121:cc-dd', 'Ana Lima'),
      t(' and @somebody'),
    ),
  ],
  'info panel': [panel('info', p(t('Only EU is affected.')))],
  'panels of every colour': [
    panel('note', p(t('A note'))),
    panel('success', p(t('It works'))),
    panel('warning', p(t('Careful'))),
    panel('error', p(t('Broken'))),
  ],
  'custom panel with emoji': [
    n('panel', [p(t('Launch is on Monday'))], {
      panelType: 'custom',
      panelIcon: ':rocket:',
      panelIconText: '🚀',
      panelColor: '#E6FCFF',
    }),
  ],
  'panel with steps and code': [
    panel('note', p(t('Before you start:')), ol('stop', 'copy'), code('systemctl stop acme', 'bash')),
  ],
  'stack trace': [
    p(t('Since the upgrade:')),
    code(
      'java.lang.NullPointerException\n\tat com.acme.Export.run(Export.java:42)\n\tat java.lang.Thread.run(Thread.java:750)',
      'java',
    ),
  ],
  'code without a language': [code('[2026-03-02] *** <main> |pool| {noformat}')],
  'JSON payload': [code('{\n  "id": 4711,\n  "text": "a `b` c"\n}', 'json')],
  'inline code in a sentence': [p(t('Set '), t('timeout', 'code'), t(' to '), t('30000', 'code'), t('.'))],
  'table of results': [
    table(
      row('tableHeader', 'Version', 'Result'),
      row('tableCell', '4.11', 'works'),
      row('tableCell', '4.12', 'fails'),
    ),
  ],
  'table without a head': [table(row('tableCell', 'a', 'b'), row('tableCell', 'c', ''))],
  'table with coloured cells and widths': [
    table(
      n('tableRow', [
        n('tableHeader', [p(t('Service'))], { colwidth: [120] }),
        n('tableHeader', [p(t('State'))], { colwidth: [240], background: '#f4f5f7' }),
      ]),
      n('tableRow', [
        n('tableCell', [p(t('Mail'))], { colwidth: [120] }),
        n('tableCell', [p(marked('down', 'textColor', { color: '#bf2600' }))], {
          colwidth: [240],
          background: '#ffebe6',
        }),
      ]),
    ),
  ],
  'table with a list in a cell': [
    table(
      row('tableHeader', 'Step', 'Detail'),
      n('tableRow', [cell('tableCell', p(t('one'))), cell('tableCell', ul('open', 'press'))]),
    ),
  ],
  'table with a status and a link': [
    table(
      row('tableHeader', 'Job', 'Log'),
      n('tableRow', [
        cell('tableCell', p({ type: 'status', attrs: { text: 'FAILED', color: 'red', localId: 's1' } })),
        cell('tableCell', p(linked('console', 'https://ci.example.com/1'))),
      ]),
    ),
  ],
  'table with merged cells': [
    table(
      n('tableRow', [n('tableHeader', [p(t('Both'))], { colspan: 2 })]),
      row('tableCell', 'left', 'right'),
    ),
  ],
  'nested bullets': [
    ul(li(p(t('Server')), ul(li(p(t('Linux')), ul('Debian', 'Alpine')), 'Windows')), 'Client'),
  ],
  'numbers with remarks': [
    ol(li(p(t('Open')), ul('in Chrome')), li(p(t('Close')), p(t('and wait a minute')))),
  ],
  'list that starts at four': [n('orderedList', [li(p(t('four'))), li(p(t('five')))], { order: 4 })],
  'list with code in it': [ul(li(p(t('Run')), code('npm ci', 'bash')), 'Wait')],
  'action items': [
    n(
      'taskList',
      [
        task('DONE', 'a1', t('Reproduce')),
        task('TODO', 'a2', t('Fix with '), person('5b10', 'Bo')),
        task('TODO', 'a3', t('Release '), { type: 'date', attrs: { timestamp: '1772409600000' } }),
      ],
      { localId: 'a0' },
    ),
  ],
  'decisions of a meeting': [
    n('decisionList', [n('decisionItem', [t('We ship on Monday.')], { localId: 'd1', state: 'DECIDED' })], {
      localId: 'd0',
    }),
  ],
  'quote and answer': [n('blockquote', [p(t('It is still broken.'))]), p(t('Looking into it.'))],
  'quote with a list': [n('blockquote', [p(t('Customer says:')), ul('no print', 'no export')])],
  'screenshot between sentences': [
    p(t('The button is cut off:')),
    file('6e7c7f2c-dd7a-499c-bceb-6f32bfbf30b5', 'screenshot.png'),
    p(t('After zooming it is fine.')),
  ],
  'screenshot with caption': [
    n(
      'mediaSingle',
      [
        { type: 'media', attrs: { type: 'file', id: '0a1b-2c3d', collection: '', alt: 'graph.png' } },
        n('caption', [t('The spike at noon')]),
      ],
      { layout: 'center', width: 66 },
    ),
  ],
  'picture from outside': [
    n('mediaSingle', [{ type: 'media', attrs: { type: 'external', url: 'https://img.example.com/x.png' } }], {
      layout: 'center',
    }),
  ],
  'two files dropped': [
    n('mediaGroup', [
      { type: 'media', attrs: { type: 'file', id: 'f1', collection: '' } },
      { type: 'media', attrs: { type: 'file', id: 'f2', collection: '' } },
    ]),
    p(t('Logs attached.')),
  ],
  'file amid text': [
    p(
      t('See '),
      { type: 'mediaInline', attrs: { id: 'f3', collection: '', type: 'file' } },
      t(' for details'),
    ),
  ],
  'all marks': [
    p(
      t('bold', 'strong'),
      t(' '),
      t('italic', 'em'),
      t(' '),
      t('both', 'strong', 'em'),
      t(' '),
      t('gone', 'strike'),
      t(' '),
      t('new', 'underline'),
      t(' '),
      t('mono', 'code'),
    ),
  ],
  'colours, sub and sup': [
    p(
      marked('red', 'textColor', { color: '#ff5630' }),
      t(' H'),
      marked('2', 'subsup', { type: 'sub' }),
      t('O x'),
      marked('2', 'subsup', { type: 'sup' }),
      t(' '),
      marked('marked', 'backgroundColor', { color: '#f8e6a0' }),
    ),
  ],
  'links and cards': [
    p(t('See '), linked('the guide', 'https://docs.example.com/guide'), t(' and '), {
      type: 'inlineCard',
      attrs: { url: 'https://acme.atlassian.net/browse/ENG-1042' },
    }),
    { type: 'blockCard', attrs: { url: 'https://acme.atlassian.net/wiki/spaces/ENG/pages/1' } },
  ],
  'bare address': [p(linked('https://status.example.com', 'https://status.example.com'), t(' is green'))],
  'bold link': [
    p({
      type: 'text',
      text: 'Read this first',
      marks: [{ type: 'link', attrs: { href: 'https://docs.example.com' } }, { type: 'strong' }],
    }),
  ],
  'expand with a log': [n('expand', [code('line one\nline two'), p(t('end'))], { title: 'Full log' })],
  'expand without a title': [n('expand', [p(t('hidden words'))], { title: '' })],
  'status and date': [
    p(
      { type: 'status', attrs: { text: 'In progress', color: 'blue', localId: 'x', style: '' } },
      t(' until '),
      { type: 'date', attrs: { timestamp: '1772409600000' } },
    ),
  ],
  'line ends in a paragraph': [p(t('Kind regards'), br, t('Ingrid'), br, t('Support'))],
  'empty paragraphs as room': [p(t('first')), p(), p(t('second')), p(), p(), p(t('third'))],
  'rule between parts': [p(t('above')), { type: 'rule' }, p(t('below'))],
  'headings of an incident': [h(1, 'Incident'), h(2, 'Timeline'), h(4, 'Morning'), p(t('08:00 alert'))],
  'two columns': [
    n('layoutSection', [
      n('layoutColumn', [h(3, 'Left'), p(t('one'))], { width: 50 }),
      n('layoutColumn', [h(3, 'Right'), p(t('two'))], { width: 50 }),
    ]),
  ],
  'macro of an app': [
    {
      type: 'extension',
      attrs: {
        extensionType: 'com.atlassian.ecosystem',
        extensionKey: 'poll',
        parameters: { question: 'When?', options: [1, 2] },
        localId: 'e1',
      },
    },
    p(t('Please vote.')),
  ],
  'aligned and indented paragraphs': [
    { ...n('paragraph', [t('centred')]), marks: [{ type: 'alignment', attrs: { align: 'center' } }] },
    { ...n('paragraph', [t('indented')]), marks: [{ type: 'indentation', attrs: { level: 1 } }] },
  ],
  'annotation of a comment': [
    p(
      t('This '),
      marked('sentence', 'annotation', { id: 'c1', annotationType: 'inlineComment' }),
      t(' is discussed.'),
    ),
  ],
  'right to left': [p(t('لا يعمل '), t('التصدير', 'strong'), t(' بعد التحديث')), p(t('שלום עולם'))],
  'Chinese and Japanese': [
    p(t('导出在'), t('40%', 'strong'), t('时停止。')),
    ul('ブラウザー：Chrome', 'OS：Windows'),
  ],
  'emoji of all kinds': [
    p(emoji(':rocket:', '🚀', '1f680'), t(' 🇪🇺 👩‍👩‍👧 '), {
      type: 'emoji',
      attrs: { shortName: ':acme-logo:', id: 'c0ffee', text: ':acme-logo:' },
    }),
  ],
  'what is invisible': [p(t('in\u200bvisible 10\u00a0000 \u202ereversed\u202c sof\u00adt'))],
  zalgo: [p(t('Z\u0337\u0322a\u0336l\u0335g\u0337o\u0334 '), t('t\u0334e\u0338x\u0337t', 'em'))],
  'looks like markup': [
    p(
      t(
        '*not bold* _not it_ `no code` # no heading [x](y) {code} h1. || a || "l":http://x.y <b>tag</b> &amp;',
      ),
    ),
  ],
  'naughty strings': [
    p(
      t(
        "undefined null NaN '; DROP TABLE students;-- {{7*7}} ${7*7} <script>alert(1)</script> ../../etc/passwd",
      ),
    ),
  ],
  'windows paths': [p(t('C:\\temp\\new and \\\\server\\share$, '), t('C:\\a|b', 'code'))],
  'list of key values': [
    ul(li(p(t('Impact:', 'strong'), t(' three customers'))), li(p(t('Since:', 'strong'), t(' 2026-03-01')))),
  ],
  'comment of automation': [
    p(
      t('Build '),
      linked('#4711', 'https://ci.example.com/4711'),
      t(' failed', 'strong'),
      t(' after 12 min.'),
    ),
  ],
  'customer mail': [
    p(t('Hello,')),
    p(t('it hangs again.')),
    p(t('Regards'), br, t('Jane')),
    p(t('From: Support <support@example.com>'), br, t('Sent: Monday')),
  ],
}
