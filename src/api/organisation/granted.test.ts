import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
let admin = ''
let ownerId = ''
let agentId = ''
beforeAll(async () => {
  api = await openTestApi()
  const owner = await api.tokenOf('owner')
  const person = async (name: string, roles: readonly string[]): Promise<string> =>
    (await ask(owner, 'POST', 'people', { name, email: `${name.toLowerCase()}@desk.example`, roles })).json<{
      id: string
    }>().id
  ownerId = await person('Olga', ['owner'])
  agentId = await person('Adam', ['agent'])
  admin = await api.tokenOf('admin', { personId: await person('Anna', ['admin']) })
})
afterAll(() => api.close())

const ask = async (token: string, method: 'POST' | 'PATCH', path: string, payload: object) =>
  api.ask(token, method, path, payload)
const codeOf = async (...asked: Parameters<typeof ask>): Promise<number> => (await ask(...asked)).statusCode

describe('an admin', () => {
  it('takes people in and changes what they may do', async () => {
    const body = { name: 'Bea', email: 'bea@desk.example', roles: ['agent', 'engineer'] }
    expect(await codeOf(admin, 'POST', 'people', body)).toBe(201)
    expect(await codeOf(admin, 'PATCH', 'people/bea@desk.example', { roles: ['lead'] })).toBe(200)
  })

  it('makes no owner and changes none, not even the address that one signs in with', async () => {
    const body = { name: 'Carl', email: 'carl@desk.example', roles: ['owner'] }
    expect(await codeOf(admin, 'POST', 'people', body)).toBe(403)
    expect(await codeOf(admin, 'PATCH', 'people/adam@desk.example', { roles: ['owner'] })).toBe(403)
    expect(await codeOf(admin, 'PATCH', `people/${ownerId}`, { email: 'anna2@desk.example' })).toBe(403)
    expect(await codeOf(admin, 'PATCH', `people/${ownerId}`, { archived: true })).toBe(403)
  })

  it('gives themselves nothing', async () => {
    expect(await codeOf(admin, 'PATCH', 'people/anna@desk.example', { roles: ['admin', 'agent'] })).toBe(403)
    expect(await codeOf(admin, 'PATCH', 'people/anna@desk.example', { name: 'Anna B.' })).toBe(200)
  })

  it('makes tokens that may no more than whom they stand for, and none for an owner', async () => {
    const token = { name: 'n', oneTime: true }
    expect(await codeOf(admin, 'POST', 'tokens', { ...token, roles: ['agent'], personId: agentId })).toBe(201)
    expect(await codeOf(admin, 'POST', 'tokens', { ...token, roles: ['lead'], personId: agentId })).toBe(403)
    expect(await codeOf(admin, 'POST', 'tokens', { ...token, roles: ['owner'], personId: ownerId })).toBe(403)
    expect(await codeOf(admin, 'POST', 'tokens', { ...token, roles: ['agent'] })).toBe(403)
    expect(await codeOf(admin, 'POST', 'tokens', { ...token, roles: ['admin'] })).toBe(201)
  })
})

describe('an integrator', () => {
  it('connects tools by a file, and decides about nobody’s roles with it', async () => {
    const integrator = await api.tokenOf('integrator')
    const apply = (people: string) =>
      codeOf(integrator, 'POST', 'configuration', {
        yaml: `organisation: { people: { ${people} } }`,
      })
    expect(await apply('adam@desk.example: { name: Adam, role: agent }')).toBe(200)
    expect(await apply('adam@desk.example: { name: Adam, role: owner }')).toBe(403)
    expect(await apply('eve@desk.example: { name: Eve, role: agent }')).toBe(403)
  })
})
