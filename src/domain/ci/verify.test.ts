import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CiKind } from './ci-kind.ts'
import { verifyCi } from './ci-kinds.ts'

const NOW = new Date('2026-03-02T09:00:00Z')
const SECRET = 'a secret of some length'
const BODY = Buffer.from('{"environment":"uat"}')
const hmac = (text: string | Buffer, key: string | Buffer = SECRET) => createHmac('sha256', key).update(text)
const seconds = (minutes = 0): string => String(NOW.getTime() / 1000 + minutes * 60)
const wrong = (kind: CiKind, headers: Record<string, string>, secret = SECRET): string | null =>
  verifyCi(kind, { bytes: BODY, headers, now: NOW }, secret)

const ours = (at: string, key = SECRET) => ({
  'x-causeway-timestamp': at,
  'x-causeway-signature': `sha256=${hmac(`${at}.${BODY}`, key).digest('hex')}`,
})

describe('what is signed in our own way', () => {
  it('is believed within five minutes of now', () => {
    expect(wrong('signed', ours(seconds()))).toBeNull()
    expect(wrong('signed', ours(seconds(-4)))).toBeNull()
    expect(wrong('signed', ours(seconds(-6)))).toContain('replayed')
    expect(wrong('signed', ours(seconds(6)))).toContain('clock')
  })

  it('is not believed with another secret, another time, or none', () => {
    expect(wrong('signed', ours(seconds(), 'guessed'))).toBe('the signature is wrong')
    expect(wrong('signed', { ...ours(seconds()), 'x-causeway-timestamp': seconds(1) })).toBe(
      'the signature is wrong',
    )
    expect(wrong('signed', { 'x-causeway-timestamp': seconds() })).toBe('the signature is missing')
    expect(wrong('signed', { ...ours(seconds()), 'x-causeway-signature': 'sha256=12' })).toContain(
      '64 hex digits',
    )
    expect(wrong('signed', {})).toContain('X-Causeway-Timestamp')
  })
})

it('GitHub signs the body alone', () => {
  expect(wrong('github', { 'x-hub-signature-256': `sha256=${hmac(BODY).digest('hex')}` })).toBeNull()
  expect(wrong('github', { 'x-hub-signature-256': `sha256=${hmac('{}').digest('hex')}` })).toBe(
    'the signature is wrong',
  )
  expect(wrong('github', {})).toBe('the signature is missing')
})

describe('GitLab', () => {
  it('sends a secret token along', () => {
    expect(wrong('gitlab', { 'x-gitlab-token': SECRET })).toBeNull()
    expect(wrong('gitlab', { 'x-gitlab-token': 'guessed' })).toBe('the secret token is wrong')
    expect(wrong('gitlab', {})).toBe('the secret token is missing')
  })

  it('signs with a signing token, and then nothing unsigned is believed', () => {
    const key = Buffer.alloc(32, 7)
    const token = `whsec_${key.toString('base64')}`
    const signed = (at: string) => ({
      'webhook-id': 'm1',
      'webhook-timestamp': at,
      'webhook-signature': `v1,${hmac(`m1.${at}.${BODY}`, key).digest('base64')}`,
    })
    expect(wrong('gitlab', signed(seconds()), token)).toBeNull()
    expect(wrong('gitlab', signed(seconds(-6)), token)).toContain('replayed')
    expect(wrong('gitlab', { ...signed(seconds()), 'webhook-id': 'm2' }, token)).toBe(
      'the signature is wrong',
    )
    expect(wrong('gitlab', { 'x-gitlab-token': token }, token)).toContain('missing')
  })
})

it('Argo CD cannot sign, and sends the secret along', () => {
  expect(
    wrong('argo cd', { authorization: `Bearer ${SECRET.replaceAll(' ', '-')}` }, SECRET.replaceAll(' ', '-')),
  ).toBeNull()
  expect(wrong('argo cd', { authorization: 'Bearer guessed' })).toBe('the secret is wrong')
  expect(wrong('argo cd', { authorization: `Basic ${SECRET}` })).toContain('missing')
})
