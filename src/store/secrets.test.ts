import { inspect } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { makeSecret } from '../lib/secret.ts'
import {
  forgetSecretsOfOtherOrigins,
  masterKeyFrom,
  openSecret,
  openSecrets,
  saveSecret,
  sealSecret,
} from './secrets.ts'

const master = masterKeyFrom(new Uint8Array(32).fill(7))
const place = {
  connectionId: '0190c0de-0000-7000-8000-000000000001',
  field: 'token',
  origin: 'https://desk.example',
}

describe('a secret value', () => {
  it('prints as [secret] however it is printed, because logs are read by more people than settings', () => {
    const secret = makeSecret('hunter2')
    const shown = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    ]
    for (const text of shown) expect(text).toContain('[secret]')
    for (const text of shown) expect(text).not.toContain('hunter2')
    expect(secret.reveal()).toBe('hunter2')
  })
})

describe('sealing', () => {
  it('opens to the same text for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const opened = openSecret(master, place, sealSecret(master, place, text))
        expect(opened.ok && opened.value.reveal()).toBe(text)
      }),
    )
  })

  it('never gives the same sealed text twice, so that equal tokens cannot be spotted', () => {
    expect(sealSecret(master, place, 'same')).not.toBe(sealSecret(master, place, 'same'))
  })

  it('does not open in another place: connection, field and origin are part of the seal', () => {
    const sealed = sealSecret(master, place, 'text')
    for (const elsewhere of [
      { ...place, connectionId: '0190c0de-0000-7000-8000-000000000002' },
      { ...place, field: 'webhook secret' },
      { ...place, origin: 'https://evil.example' },
    ])
      expect(openSecret(master, elsewhere, sealed)).toEqual({ ok: false, error: 'damaged' })
  })

  it('tells a wrong key file from damage, because what a person must do differs', () => {
    const sealed = sealSecret(master, place, 'text')
    const other = masterKeyFrom(new Uint8Array(32).fill(8))
    expect(openSecret(other, place, sealed)).toEqual({ ok: false, error: 'other key' })
    const last = sealed.at(-3) === 'A' ? 'B' : 'A'
    const damaged = sealed.slice(0, -3) + last + sealed.slice(-2)
    expect(openSecret(master, place, damaged)).toEqual({ ok: false, error: 'damaged' })
    expect(openSecret(master, place, 'v9.x')).toEqual({ ok: false, error: 'damaged' })
  })
})

describe('stored secrets', () => {
  let test: TestDatabase
  beforeAll(async () => {
    test = await openTestDatabase()
    const now = new Date('2026-01-01T00:00:00Z')
    await test.db
      .insertInto('connection')
      .values({
        id: place.connectionId,
        key: 'desk',
        kind: 'demo',
        party: 'desk',
        title: 'Desk',
        state: 'active',
        settings: '{}',
        poll_every_s: 60,
        sweep_every_s: 3600,
        created_at: now,
        updated_at: now,
      })
      .execute()
  })
  afterAll(() => test.close())

  it('are given to their origin only, and emptied when the host changes', async () => {
    await test.db.transaction().execute(async (tx) => {
      await saveSecret(tx, master, place, 'first', new Date())
      await saveSecret(tx, master, place, 'second', new Date())
      const here = await openSecrets(tx, master, place.connectionId, place.origin)
      expect(here.secrets['token']?.reveal()).toBe('second')
      const there = await openSecrets(tx, master, place.connectionId, 'https://evil.example')
      expect(there).toEqual({ secrets: {}, closed: { token: 'other origin' } })
      expect(await forgetSecretsOfOtherOrigins(tx, place.connectionId, 'https://new.example')).toEqual([
        'token',
      ])
      expect(await openSecrets(tx, master, place.connectionId, place.origin)).toEqual({
        secrets: {},
        closed: {},
      })
    })
  })
})
