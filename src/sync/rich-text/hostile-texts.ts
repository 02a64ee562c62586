/** Texts that break readers, for the tests of this folder. */

/** What attackers and fuzzers send, when no larger corpus is at hand. */
export const HOSTILE_TEXTS: readonly string[] = [
  '',
  '\0',
  '\ud800 lone \udfff',
  '\u001b[31mred\u0007',
  '<script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '<img src="x" onerror="alert(1)">',
  '<a href="jav\tascript:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<form action="javascript:alert(1)"><input type=submit></form>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt&colon;alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '![x](x"onerror="alert(1))',
  '<javascript:alert(1)>',
  '"x":javascript:alert(1)',
  '!javascript:alert(1).png!',
  '"x\n":http://a.example',
  '`<script>`',
  '</pre><script>alert(1)</script>',
  '<pre></pre><script>alert(1)</script>',
  '<notextile><script>alert(1)</script></notextile>',
  '<!--><script>alert(1)</script>-->',
  '<![CDATA[<script>]]>',
  '<details open ontoggle=alert(1)>',
  '<a href="https://a.example" style="position:fixed">x</a>',
  '__proto__ constructor [toString](hasOwnProperty)',
  '[__proto__]\n\n[__proto__]: https://a.example',
  '|'.repeat(300),
  '> '.repeat(300),
]

/** Large inputs that are slow where a reader is not linear. Made when asked for: together 10 MB. */
export const hugeTexts = (): Readonly<Record<string, string>> => {
  const many = 100_000
  return {
    'nested brackets': '['.repeat(many) + ']'.repeat(many),
    'opening brackets': '['.repeat(many),
    'a run of stars': `${'*'.repeat(many)}a${'*'.repeat(many)}`,
    'opening stars': '*a '.repeat(many),
    'closing stars': 'a* '.repeat(many),
    'nested quotes': '>'.repeat(many),
    'nested divs': '<div>'.repeat(many),
    'open marks in many blocks':
      Array.from({ length: 2_000 }, (_, index) => `<b i=${index}>`).join('') + '<p>x'.repeat(2_000),
    'comments never closed': '<!--'.repeat(many),
    'tags never closed': '<a '.repeat(many),
    'addresses never given': '"a":'.repeat(many),
    'images never closed': '!x.'.repeat(many),
    'literals never closed': '<notextile>'.repeat(many / 5),
    'line ends': '\n'.repeat(900_000),
    'short lines': 'a\n'.repeat(400_000),
    blanks: `${' '.repeat(many)}x`,
    entities: '&amp;'.repeat(many),
    bars: '|'.repeat(many),
  }
}
