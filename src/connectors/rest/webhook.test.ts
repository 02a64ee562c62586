import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WebhookReading } from '../../sync/connector.ts'
import { fakeDeclaration } from './fake-declaration.ts'
import { signedHook } from './fake-hooks.ts'
import { rest } from './index.ts'

const SECRET = 'hook-secret'
const NOW = new Date('2026-01-02T03:04:05.000Z')
const declaration = fakeDeclaration('https://issues.example.com/api', 'FAKE')
const settings = { declaration, secret: 's', webhookSecret: SECRET }

const read = (
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
  given: object = settings,
): WebhookReading => {
  const reading = rest.webhook?.({ bytes: Buffer.from(body), headers, now: NOW }, given as typeof settings)
  if (reading === undefined) throw new Error('no webhook')
  return reading
}
const hook = (at = NOW, secret = SECRET) => signedHook(secret, 'issue.updated', '1001', 'd-1', at)

describe('webhook', () => {
  it('turns a signed delivery into a hint', () => {
    const { body, headers } = hook()
    expect(read(body, headers)).toEqual({ outcome: 'hints', refs: [{ id: '1001' }], deliveryId: 'd-1' })
  })

  it('rejects what is not signed with our secret over these very bytes', () => {
    const { body, headers } = hook()
    const signature = headers['x-fake-signature'] ?? ''
    const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      [body, { ...headers, 'x-fake-signature': '' }],
      [body, { 'content-type': 'application/json' }],
      [body.replace('1001', '1002'), headers],
      [body.replace(':', ': '), headers],
      [body, { ...headers, 'x-fake-timestamp': String(Number(headers['x-fake-timestamp']) + 1) }],
      [body, { ...headers, 'x-fake-signature': signature.slice(0, -1) }],
      [body, { ...headers, 'x-fake-signature': `${signature}0` }],
      [body, { ...headers, 'x-fake-signature': signature.replace('sha256=', 'sha1=') }],
      [body, { ...headers, 'x-fake-signature': `sha256=${'é'.repeat(64)}` }],
      [hook(NOW, 'another').body, hook(NOW, 'another').headers],
    ]
    for (const [bytes, given] of cases)
      expect(read(bytes, given)).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(read(body, headers, { declaration, webhookSecret: '' })).toMatchObject({
      outcome: 'rejected',
      status: 401,
    })
  })

  it('rejects what was sent outside the window, early or late, though the signature fits', () => {
    for (const seconds of [-301, 301, -1e9]) {
      const { body, headers } = hook(new Date(NOW.getTime() + seconds * 1000))
      expect(read(body, headers)).toMatchObject({ outcome: 'rejected', status: 401 })
    }
    const inside = hook(new Date(NOW.getTime() - 299_000))
    expect(read(inside.body, inside.headers).outcome).toBe('hints')
  })

  it('rejects other content types and bodies that are not JSON', () => {
    const { body, headers } = hook()
    expect(read(body, { ...headers, 'content-type': 'multipart/form-data' })).toMatchObject({
      outcome: 'rejected',
      status: 400,
    })
    expect(
      read(body, { ...headers, 'content-type': 'application/vnd.acme+json; charset=utf-8' }).outcome,
    ).toBe('hints')
    const stamp = String(NOW.getTime() / 1000 - 0.0).split('.')[0] ?? ''
    const signed = (text: string) => ({
      ...headers,
      'x-fake-timestamp': stamp,
      'x-fake-signature': `sha256=${createHmac('sha256', SECRET).update(`${stamp}.${text}`).digest('hex')}`,
    })
    for (const text of ['{', '['.repeat(5_000), ''])
      expect(read(text, signed(text))).toMatchObject({ outcome: 'rejected', status: 400 })
    expect(read('{"ping":true}', signed('{"ping":true}'))).toMatchObject({ outcome: 'ignored' })
  })

  it('rejects a body above 1 MiB before it computes anything over it', () => {
    expect(read(Buffer.alloc(1024 * 1024 + 1), hook().headers)).toMatchObject({
      outcome: 'rejected',
      reason: 'the body is larger than 1 MiB',
    })
  })

  it('takes base64 signatures, plain tokens, arrays of ids and ids of deliveries in the body', () => {
    const shape = {
      scheme: 'hmac-sha256',
      header: 'X-Sig',
      encoding: 'base64',
      ids: ['items', 'issue.id'],
      deliveryPath: 'delivery',
    }
    const body = '{"items":[1,2,2],"issue":{"id":"3"},"delivery":"abc"}'
    const sign = createHmac('sha256', SECRET).update(body).digest('base64')
    const json = { 'content-type': 'application/json' }
    const hmac = { declaration: { ...declaration, webhook: shape }, webhookSecret: SECRET }
    expect(read(body, { ...json, 'x-sig': sign }, hmac)).toEqual({
      outcome: 'hints',
      refs: [{ id: '1' }, { id: '2' }, { id: '3' }],
      deliveryId: 'abc',
    })
    const token = {
      declaration: { ...declaration, webhook: { scheme: 'token', header: 'X-Token', ids: ['issue.id'] } },
      webhookSecret: SECRET,
    }
    expect(read(body, { ...json, 'x-token': SECRET }, token)).toMatchObject({
      outcome: 'hints',
      deliveryId: null,
    })
    for (const wrong of ['', 'hook-secre', 'hook-secretx', 'hook-secreT'])
      expect(read(body, { ...json, 'x-token': wrong }, token)).toMatchObject({
        outcome: 'rejected',
        status: 401,
      })
  })

  it('never throws and never accepts, whatever comes unsigned', () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.dictionary(
          fc.constantFrom('content-type', 'x-fake-signature', 'x-fake-timestamp', 'x-fake-delivery'),
          fc.string(),
        ),
        (bytes, headers) => {
          expect(read(bytes, headers).outcome).toBe('rejected')
        },
      ),
    )
  })
})
