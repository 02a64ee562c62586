import { describe, expect, it } from 'vitest'
import type { Http, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import type { Settings } from './settings.ts'
import { headersOf, signInOf } from './sign-in.ts'

const NOW = () => new Date('2026-01-05T09:00:00.000Z')
const app: Settings = {
  url: 'https://dev.azure.com/fabrikam',
  projects: ['Fabrikam'],
  tenantId: 'tenant-1',
  clientId: 'client-1',
  clientSecret: 'secret & sign',
}

const answering = (status: number, json: unknown) => {
  const asked: HttpRequest[] = []
  const response: HttpResponse = {
    status,
    headers: {},
    bytes: Buffer.from(JSON.stringify(json)),
    json: () => json,
    text: () => JSON.stringify(json),
  }
  const http: Http = {
    request: async (request) => {
      asked.push(request)
      return response
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
  }
  return { http, asked }
}

describe('signing in', () => {
  it('with a personal access token needs no exchange: it is the password of an empty name', () => {
    const settings = { ...app, token: 'pat' }
    expect(signInOf(settings)).toBeNull()
    expect(headersOf(settings)).toEqual({ authorization: `Basic ${Buffer.from(':pat').toString('base64')}` })
  })

  it('with an app exchanges its secret for a token that counts as long as Entra says', async () => {
    const { http, asked } = answering(200, { token_type: 'Bearer', expires_in: 3599, access_token: 'jwt' })
    expect(headersOf(app)).toEqual({})
    expect(await signInOf(app)?.ask(http, NOW)).toEqual({
      headers: { authorization: 'Bearer jwt' },
      until: new Date('2026-01-05T09:59:59.000Z'),
    })
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/tenant-1/oauth2/v2.0/token' })
    const form = new URLSearchParams(Buffer.from(asked[0]?.body as Uint8Array).toString())
    expect(form.get('client_secret')).toBe('secret & sign')
    expect(form.get('scope')).toBe('499b84ac-1321-427f-aa17-267ca6975798/.default')
  })

  it('with an expired secret waits for a person', async () => {
    const { http } = answering(401, { error: 'invalid_client' })
    await expect(signInOf(app)?.ask(http, NOW)).rejects.toMatchObject({ kind: 'auth' })
  })

  it('with half of an app’s settings is nothing, and every call says so', () => {
    expect(signInOf({ ...app, clientSecret: '' })).toBeNull()
  })
})
