import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { ruleOf } from './access.ts'
import { operationId } from './operation-id.ts'

interface Operation {
  readonly operationId?: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly requestBody?: unknown
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly responses: Readonly<Record<string, unknown>>
}
interface Description {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

let api: TestApi
let description: Description
let text: string
beforeAll(async () => {
  api = await openTestApi()
  const answer = await api.server.app.inject({ url: '/api/openapi.json' })
  text = answer.body
  description = answer.json<Description>()
})
afterAll(() => api.close())

/** Pages are for people, and no part of the API: the routes that are left out, by name. */
const PAGES = ['/*', '/told/:mark']
const routes = () => api.server.routes.filter(({ url }) => !PAGES.includes(url))

const operationOf = (method: string, url: string): Operation | undefined =>
  description.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]

it('is OpenAPI 3.1 and describes every route there is', () => {
  expect(description.openapi).toBe('3.1.0')
  const missing = routes().filter((route) => operationOf(route.method, route.url) === undefined)
  expect(missing).toEqual([])
})

it('says of every operation what it does, which noun it belongs to, and what it takes and answers', () => {
  for (const route of routes()) {
    const operation = operationOf(route.method, route.url)
    const where = `${route.method} ${route.url}`
    expect([where, typeof operation?.summary]).toEqual([where, 'string'])
    expect([where, operation?.tags?.length]).toEqual([where, 1])
    const inPath = [...route.url.matchAll(/:(\w+)/g)].map((match) => match[1])
    const described = operation?.parameters?.filter((one) => one.in === 'path').map((one) => one.name) ?? []
    expect([where, described]).toEqual([where, inPath])
    expect([where, Object.keys(operation?.responses ?? {}).length > 0]).toEqual([where, true])
  }
})

it('gives every operation a name of its own, which generated programs call it by', () => {
  const names = routes().map(
    (route) => operationOf(route.method, route.url)?.operationId ?? `none: ${route.method} ${route.url}`,
  )
  expect(names.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

it('derives that name from method and address alone, so that it stays while they do', () => {
  expect(operationId('GET', '/api/v1/tickets/:ref')).toBe('getTicketsByRef')
  expect(operationId('POST', '/api/v1/work-items/:ref/duplicate')).toBe('postWorkItemsByRefDuplicate')
  expect(operationId('GET', '/api/openapi.json')).toBe('getOpenapiJson')
  expect(operationOf('POST', '/api/v1/sync/:key')?.operationId).toBe('postSyncByKey')
})

it('speaks of nouns with the article they take', () => {
  const summaries = routes().map((route) => operationOf(route.method, route.url)?.summary ?? '')
  const made = summaries.filter((summary) => /^(Make|Change) an? \w+(,|$)/.test(summary))
  expect(made).toContain('Make an installation')
  expect(made.filter((summary) => / a [aeiou]| an [^aeiou]/.test(summary.split(',')[0] ?? ''))).toEqual([])
})

it('asks for a token exactly where the access table does', () => {
  for (const route of routes()) {
    const open = operationOf(route.method, route.url)?.security?.length === 0
    expect([route.url, open]).toEqual([route.url, ruleOf(route.access).allows === 'anyone'])
  }
})

it('has no reference that leads nowhere', () => {
  const whole: unknown = JSON.parse(text)
  for (const [, pointer = ''] of text.matchAll(/"\$ref":"#([^"]+)"/g)) {
    const found = pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (at, key) =>
          typeof at === 'object' && at !== null ? Reflect.get(at, decodeURIComponent(key)) : undefined,
        whole,
      )
    expect([pointer, found === undefined]).toEqual([pointer, false])
  }
})

it('describes refusals as problem details on every operation', () => {
  for (const route of routes()) {
    if (!route.url.startsWith('/api/v1/')) continue
    expect([route.url, operationOf(route.method, route.url)?.responses['default'] !== undefined]).toEqual([
      route.url,
      true,
    ])
  }
})
