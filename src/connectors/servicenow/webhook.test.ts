import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { readWebhook } from './webhook.ts'

const SECRET = 'a secret of ümlauts'
const NOW = new Date('2026-11-22T10:00:00Z')
const ID = '0123456789abcdef0123456789abcdef'
const settings = { url: 'https://acme.service-now.com', webhookSecret: SECRET }

const sound = {
  event: 'record.changed',
  instance: 'acme',
  table: 'incident',
  sys_id: ID,
  delivery: 'fedcba98fedcba98fedcba98fedcba98',
  sent_at: NOW.getTime(),
}

const sign = (bytes: Uint8Array): string =>
  `sha256=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`

const read = (body: unknown, now = NOW) => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  return readWebhook({ bytes, headers: { 'x-causeway-signature': sign(bytes) }, now }, settings)
}

describe('a webhook', () => {
  it('hints at the record and names the delivery', () => {
    expect(read(sound)).toEqual({
      outcome: 'hints',
      refs: [{ id: `incident:${ID}` }],
      deliveryId: sound.delivery,
    })
  })

  it('is too old by the time in its signed text, which a replay cannot change', () => {
    expect(read(sound, new Date(NOW.getTime() + 301_000))).toMatchObject({ outcome: 'rejected', status: 401 })
    expect(read({ ...sound, sent_at: undefined })).toMatchObject({ outcome: 'rejected' })
    expect(read({ ...sound, sent_at: 'now' })).toMatchObject({ outcome: 'rejected' })
  })

  it('of a clone of the instance is ignored, because the copy has our address and our secret', () => {
    expect(read({ ...sound, instance: 'acmetest' }).outcome).toBe('ignored')
    expect(read({ ...sound, instance: '' }).outcome).toBe('hints')
  })

  it('about a table that is not followed is ignored', () => {
    expect(read({ ...sound, table: 'sys_user' }).outcome).toBe('ignored')
  })

  it('that names no record is rejected', () => {
    for (const wrong of [{ sys_id: '1' }, { sys_id: 7 }, { table: '../x' }, { table: null }])
      expect(read({ ...sound, ...wrong })).toMatchObject({ outcome: 'rejected', status: 400 })
  })

  it('is refused while no secret is set', () => {
    const bytes = Buffer.from(JSON.stringify(sound))
    const headers = { 'x-causeway-signature': sign(bytes) }
    expect(readWebhook({ bytes, headers, now: NOW }, { url: settings.url })).toMatchObject({ status: 401 })
  })
})

describe('the business rule', () => {
  interface Sent {
    readonly headers: Record<string, string>
    readonly url: string
    readonly text: string
  }

  /** The classes of ServiceNow that the rule uses, as documented: base64 in, base64 out. */
  const run = (scope: 'global' | 'own', row: Readonly<Record<string, string>>): Sent => {
    const sent = { headers: {} as Record<string, string>, url: '', text: '' }
    class Mac {
      generateMac(key: string, algorithm: string, data: string): string {
        expect(algorithm).toBe('HmacSHA256')
        return createHmac('sha256', Buffer.from(key, 'base64')).update(data).digest('base64')
      }
    }
    class RESTMessageV2 {
      setEndpoint(url: string): void {
        sent.url = url
      }
      setHttpMethod(method: string): void {
        expect(method).toBe('POST')
      }
      setHttpTimeout(): void {}
      setRequestHeader(name: string, value: string): void {
        sent.headers[name.toLowerCase()] = value
      }
      setRequestBody(text: string): void {
        sent.text = text
      }
      execute() {
        return { getStatusCode: () => 202 }
      }
    }
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    const properties: Readonly<Record<string, string>> = {
      'causeway.webhook.url': 'https://causeway.example/hooks/1',
      'causeway.webhook.secret': SECRET,
      instance_name: 'acme',
    }
    const context = {
      current: {
        getTableName: () => row['table'],
        getUniqueValue: () => row['sys_id'],
        getValue: (name: string) => row[name],
      },
      gs: {
        getProperty: (name: string, otherwise: string) => properties[name] ?? otherwise,
        generateGUID: () => sound.delivery,
        base64Encode: base64,
        warn: (text: string) => expect.fail(text),
      },
      sn_ws: { RESTMessageV2 },
      GlideDateTime: class {
        getNumericValue = () => String(NOW.getTime())
      },
      ...(scope === 'global'
        ? { GlideCertificateEncryption: Mac, GlideStringUtil: { base64Encode: base64 } }
        : { CertificateEncryption: Mac }),
    }
    runInNewContext(readFileSync(join(import.meta.dirname, 'webhook-rule.js'), 'utf8'), context)
    return sent
  }

  it.each(['global', 'own'] as const)('signs what it sends so that it is believed, in scope: %s', (scope) => {
    const { headers, text, url } = run(scope, { table: 'incident', sys_id: ID })
    expect(url).toBe('https://causeway.example/hooks/1')
    expect(readWebhook({ bytes: Buffer.from(text), headers, now: NOW }, settings)).toEqual(read(sound))
  })

  it('speaks of the record when a file came', () => {
    const file = { table: 'sys_attachment', sys_id: 'f'.repeat(32), table_name: 'incident', table_sys_id: ID }
    const { headers, text } = run('global', file)
    expect(readWebhook({ bytes: Buffer.from(text), headers, now: NOW }, settings)).toEqual(read(sound))
  })
})
