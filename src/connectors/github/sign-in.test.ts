import { createVerify, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Http, HttpRequest } from '../../sync/connector.ts'
import { github } from './index.ts'
import type { Settings } from './settings.ts'
import { graphqlPath, webOrigin } from './settings.ts'
import { appToken } from './sign-in.ts'

const NOW = new Date('2026-01-05T09:00:00.000Z')
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
})

const claimsOf = (token: string): unknown =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))

/** Answers one installation, and notes what it was asked. */
const answering = (asked: HttpRequest[], status = 200): Http => ({
  request: async (request) => {
    asked.push(request)
    const json = request.path.endsWith('/installation')
      ? { id: 100 }
      : { token: 'ghs_of_the_installation', expires_at: '2026-01-05T10:00:00Z' }
    const bytes = Buffer.from(JSON.stringify(json))
    return { status, headers: {}, bytes, json: () => json, text: () => bytes.toString() }
  },
  download: async () => {
    throw new Error('nothing is downloaded')
  },
})

const settings: Settings = {
  url: 'https://api.github.com',
  repositories: ['acme/road', 'acme/bridge'],
  appId: '12345',
  appPrivateKey: privateKey,
}

describe('the token of an App', () => {
  it('is signed with its key, begins a minute ago because clocks differ, and ends within ten minutes', () => {
    const token = appToken('12345', privateKey, NOW)
    const [head = '', claims = '', signature = ''] = token.split('.')
    const isSigned = createVerify('RSA-SHA256')
      .update(`${head}.${claims}`)
      .verify(publicKey, Buffer.from(signature, 'base64url'))
    const seconds = NOW.getTime() / 1000
    expect(isSigned).toBe(true)
    expect(claimsOf(token)).toEqual({ iss: '12345', iat: seconds - 60, exp: seconds + 540 })
  })

  it('is made of a key whose line ends were lost on the way through a form', () => {
    expect(appToken('1', privateKey.replaceAll('\n', '\\n'), NOW).split('.')).toHaveLength(3)
  })

  it('cannot be made of a key that is none, and the fault does not tell it', () => {
    expect(() => appToken('1', 'not a key', NOW)).toThrow(/private key of the GitHub App cannot be read/)
  })
})

describe('signing in', () => {
  it('changes it for the token of the installation that holds the first repository', async () => {
    const asked: HttpRequest[] = []
    const signed = await github.signIn?.(settings)?.ask(answering(asked), () => NOW)
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /repos/acme/road/installation',
      'POST /app/installations/100/access_tokens',
    ])
    expect(signed).toEqual({
      headers: { authorization: 'Bearer ghs_of_the_installation' },
      until: new Date('2026-01-05T10:00:00Z'),
    })
  })

  it('asks for no installation where one is given', async () => {
    const asked: HttpRequest[] = []
    await github.signIn?.({ ...settings, installationId: '7' })?.ask(answering(asked), () => NOW)
    expect(asked.map(({ path }) => path)).toEqual(['/app/installations/7/access_tokens'])
  })

  it('waits for a person where the App is not installed', async () => {
    const work = github.signIn?.(settings)?.ask(answering([], 404), () => NOW)
    await expect(work).rejects.toMatchObject({ kind: 'auth', detail: expect.stringContaining('acme/road') })
  })

  it('is no exchange with a token', () => {
    const { appId: _, appPrivateKey: __, ...rest } = settings
    expect(github.signIn?.({ ...rest, token: 't' })).toBeNull()
    expect(github.headers({ ...rest, token: 't' })['authorization']).toBe('Bearer t')
  })
})

it('knows where people look, and where GraphQL is, on each kind of GitHub', () => {
  const of = (url: string) => [webOrigin(url), graphqlPath(url)]
  expect(of('https://api.github.com')).toEqual(['https://github.com', '/graphql'])
  expect(of('https://api.acme.ghe.com/')).toEqual(['https://acme.ghe.com', '/graphql'])
  expect(of('https://github.acme.example/api/v3')).toEqual([
    'https://github.acme.example',
    'https://github.acme.example/api/graphql',
  ])
})
