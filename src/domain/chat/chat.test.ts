import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { ChatDelivery } from './chat-kind.ts'
import { questionIn, readQuestion } from './read-question.ts'
import { type SaidVerdict, sayVerdict } from './say-verdict.ts'
import { verifyChat } from './verify.ts'

const NOW = new Date('2026-03-02T09:00:00Z')
const delivery = (body: string, headers: Readonly<Record<string, string>> = {}): ChatDelivery => ({
  ...{ bytes: Buffer.from(body), headers, now: NOW },
})
const signed = (body: string, at: number, secret = 'shhh') =>
  delivery(body, {
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  })
const seconds = NOW.getTime() / 1000

describe('a message of a chat tool', () => {
  it('is believed with the signature that Slack documents, for five minutes', () => {
    // https://api.slack.com/authentication/verifying-requests-from-slack, with its own figures
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const documented = {
      ...delivery(body, {
        'x-slack-request-timestamp': '1531420618',
        'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      }),
      now: new Date(1531420618_000),
    }
    expect(verifyChat('slack', documented, '8f742231b10e8888abcd99yyyzzz85a5')).toBeNull()
    expect(verifyChat('slack', signed('text=x', seconds), 'shhh')).toBeNull()
    expect(verifyChat('slack', signed('text=x', seconds - 301), 'shhh')).toContain('5 minutes')
    expect(verifyChat('slack', signed('text=x', seconds), 'other')).toContain('wrong')
    expect(
      verifyChat('slack', { ...signed('text=x', seconds), bytes: Buffer.from('text=y') }, 'shhh'),
    ).toContain('wrong')
    expect(verifyChat('slack', delivery('text=x'), 'shhh')).toContain('missing')
  })

  it('is believed with the token of Mattermost, and with what Teams signs with the decoded token', () => {
    expect(verifyChat('mattermost', delivery('', { authorization: 'Token abc' }), 'abc')).toBeNull()
    expect(verifyChat('mattermost', delivery('', { authorization: 'Bearer abc' }), 'abc')).toContain('wrong')
    const token = Buffer.from('a key of many bytes').toString('base64')
    const mac = createHmac('sha256', 'a key of many bytes').update('{"text":"x"}').digest('base64')
    expect(verifyChat('teams', delivery('{"text":"x"}', { authorization: `HMAC ${mac}` }), token)).toBeNull()
    expect(verifyChat('teams', delivery('{"text":"y"}', { authorization: `HMAC ${mac}` }), token)).toContain(
      'wrong',
    )
  })

  it('is read as the caller’s words with product and version, whatever stands around them', () => {
    expect(questionIn('printing takes two pages product:atlas version:"4.3 LTS"')).toEqual({
      ...{ text: 'printing takes two pages', product: 'atlas', version: '4.3 LTS' },
    })
    expect(questionIn('  help ')).toEqual({ text: '', product: null, version: null })
    const form = new URLSearchParams({ text: 'an ä & version:4', command: '/causeway' })
    expect(readQuestion('slack', delivery(String(form)))).toMatchObject({
      value: { text: 'an ä &', version: '4' },
    })
    const html = '<at>Causeway</at>&nbsp;the <b>export</b> stops &amp; product:atlas\n'
    expect(readQuestion('teams', delivery(JSON.stringify({ type: 'message', text: html })))).toMatchObject({
      value: { text: 'the export stops &', product: 'atlas' },
    })
    expect(readQuestion('mattermost', delivery('command=x')).ok).toBe(false)
    for (const body of ['', '[]', 'null', '{"text":1}'])
      expect(readQuestion('teams', delivery(body)).ok).toBe(false)
  })

  it('is read in linear time, however it is made', () => {
    const hostile = `${'<at>'.repeat(20_000)}${'&#'.repeat(20_000)}${'product:'.repeat(20_000)}`
    const begun = performance.now()
    readQuestion('teams', delivery(JSON.stringify({ text: hostile })))
    questionIn(hostile)
    expect(performance.now() - begun).toBeLessThan(2_000)
  })
})

describe('the answer', () => {
  const verdict = (title: string): SaidVerdict => ({
    question: { text: title, product: null, version: '9' },
    ...{ verdict: 'known defect', release: null, openUrl: 'https://x.example/box?text=a' },
    evidence: [
      {
        ...{ reading: 'known defect', name: 'W-1', title, url: 'https://x.example/work-items/W-1' },
        ...{ behaviour: null, say: null, workaround: title, declined: null, firstIn: null },
        planned: { name: '4.4', from: '2026-03-10', to: '2026-03-12' },
      },
    ],
  })

  it('has the verdict, the workaround, the planned release, and says where a version is not known', () => {
    const text = sayVerdict('slack', 'en', verdict('Export stops'))
    expect(text).toContain('*Known defect* · “Export stops”')
    expect(text).toContain('<https://x.example/work-items/W-1|W-1 Export stops>: a known defect')
    expect(text).toContain('Workaround: Export stops')
    expect(text).toContain('Planned for: 4.4 (2026-03-10 – 2026-03-12)')
    expect(text).toContain('No release is called 9')
    expect(sayVerdict('teams', 'de', verdict('Export stops'))).toContain('**Bekannter Fehler**')
  })

  it('marks nothing and calls nobody with what records say', () => {
    const hostile = '<!channel> *b* [x](https://evil.example) `c` @all <https://evil.example|click>'
    const slack = sayVerdict('slack', 'en', verdict(hostile))
    expect(slack).not.toContain('<!channel>')
    expect(slack).not.toContain('<https://evil')
    const markdown = sayVerdict('mattermost', 'en', verdict(hostile))
    expect(markdown).not.toMatch(/@all/)
    expect(markdown).not.toContain('[x](')
  })

  it('is short, whatever was written', () => {
    expect(sayVerdict('slack', 'en', verdict('long '.repeat(20_000))).length).toBeLessThan(5_000)
  })
})
