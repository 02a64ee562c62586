import { describe, expect, it } from 'vitest'
import type { RemoteFault } from '../sync/fault.ts'
import { type Effect, statusFault } from './http-fault.ts'

const NOW = new Date('2026-01-02T03:04:05.000Z')
const BASE = new URL('https://tool.example/api')
const TOKEN = 'tok-0123456789abcdef'

const meaning = (
  effect: Effect,
  status: number,
  body = '',
  headers: Readonly<Record<string, string>> = {},
): RemoteFault =>
  statusFault(
    { method: effect === 'read' ? 'GET' : 'PATCH', path: '/items/1', effect, secrets: () => [TOKEN] },
    { status, headers, bytes: Buffer.from(body) },
    BASE,
    NOW,
  )

describe('statusFault', () => {
  const cases = [
    [400, 'invalid', 'invalid'],
    [401, 'auth', 'auth'],
    [403, 'auth', 'auth'],
    [404, 'gone', 'gone'],
    [408, 'down', 'unknown'],
    [409, 'conflict', 'conflict'],
    [410, 'gone', 'gone'],
    [412, 'conflict', 'conflict'],
    [413, 'invalid', 'invalid'],
    [422, 'invalid', 'invalid'],
    [425, 'down', 'down'],
    [429, 'rate', 'rate'],
    [500, 'down', 'unknown'],
    [502, 'down', 'unknown'],
    [503, 'down', 'unknown'],
    [504, 'down', 'unknown'],
  ] as const
  for (const [status, read, write] of cases) {
    it(`takes ${status} for ${read} on a read and ${write} on a write`, () => {
      expect(meaning('read', status).kind).toBe(read)
      expect(meaning('write', status).kind).toBe(write)
    })
  }

  it('reads Retry-After in seconds and as a date, on 429 and 503, and never waits more than a day', () => {
    const inSeconds = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000)
    expect(meaning('write', 429, '', { 'retry-after': '120' }).retryAt).toEqual(inSeconds(120))
    expect(meaning('write', 503, '', { 'retry-after': 'Fri, 02 Jan 2026 03:09:05 GMT' })).toMatchObject({
      kind: 'rate',
      retryAt: inSeconds(300),
    })
    expect(meaning('read', 429, '', { 'retry-after': '999999999' }).retryAt).toEqual(inSeconds(86_400))
    expect(meaning('read', 429, '', { 'retry-after': 'soon' }).retryAt).toEqual(inSeconds(60))
  })

  it('treats 403 with an exhausted budget as rate, because waiting helps there', () => {
    const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' }
    expect(meaning('read', 403, '', spent)).toMatchObject({
      kind: 'rate',
      retryAt: new Date(NOW.getTime() + 60_000),
    })
    expect(meaning('read', 403, '', { 'x-ratelimit-remaining': '5' }).kind).toBe('auth')
  })

  it('hears a limit that is said in words only, and waits a minute rather than for a budget that is left', () => {
    const body = '{"message":"You have exceeded a secondary rate limit. Please wait a few minutes."}'
    expect(
      meaning('write', 403, body, { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '3600' }),
    ).toMatchObject({ kind: 'rate', retryAt: new Date(NOW.getTime() + 60_000) })
  })

  it('passes on what the tool says, shortened and without the secrets it echoes', () => {
    const body = JSON.stringify({ errors: { title: ['is too long'], owner: [`bad ${TOKEN}`] } })
    expect(meaning('write', 422, body).detail).toBe(
      'PATCH /items/1 answered 422: title: is too long; owner: bad [secret]',
    )
    expect(meaning('write', 400, '{"error":{"message":"No"}}').detail).toBe('PATCH /items/1 answered 400: No')
    expect(meaning('write', 400, '<h1>Bad</h1> <script>x()</script> request').detail).toBe(
      'PATCH /items/1 answered 400: Bad request',
    )
    expect(meaning('write', 400, 'y'.repeat(5_000)).detail.length).toBeLessThan(400)
    expect(meaning('write', 400, `${'y'.repeat(280)}${TOKEN}`).detail).not.toContain('tok-')
  })

  it('puts what a hostile tool says on one line', () => {
    expect(meaning('write', 400, 'a\r\nlog: forged\u001b[31m\u2028b').detail).toBe(
      'PATCH /items/1 answered 400: a log: forged [31m b',
    )
  })

  it('takes a redirect to a login page for missing rights', () => {
    expect(meaning('write', 302, '', { location: '/login?back=1' }).kind).toBe('auth')
    expect(meaning('read', 302, '', { location: 'https://sso.example/saml/start' }).kind).toBe('auth')
  })

  it('leaves a write in doubt after 301 to 303, because some tools redirect to what they made', () => {
    expect(meaning('read', 302, '', { location: '/items/2' })).toMatchObject({
      kind: 'down',
      detail: expect.stringContaining('correct the address'),
    })
    expect(meaning('write', 303, '', { location: '/items/2' }).kind).toBe('unknown')
    expect(meaning('write', 308, '', { location: 'https://new.example/items' }).kind).toBe('down')
    expect(meaning('write', 302).kind).toBe('unknown')
  })
})
