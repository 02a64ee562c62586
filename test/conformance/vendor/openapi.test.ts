import { describe, expect, it } from 'vitest'
import { vendorSchema } from './openapi.ts'

const DOCUMENT = {
  openapi: '3.0.3',
  paths: {
    '/items/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: {
        parameters: [
          { name: 'fields', in: 'query', schema: { type: 'string' } },
          { name: 'site', in: 'query', required: true, schema: { type: 'string' } },
        ],
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } },
        },
      },
      put: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Change' } } } },
        responses: { 204: { description: 'done' } },
      },
    },
    '/items/search': { get: { responses: { 200: { description: 'found' } } } },
  },
  components: {
    schemas: {
      Item: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string' },
          parent: { $ref: '#/components/schemas/Item' },
          due: { type: 'string', nullable: true },
          size: { type: 'number', minimum: 0, exclusiveMinimum: true },
        },
      },
      Change: {
        allOf: [
          { type: 'object', properties: { title: { type: 'string' } } },
          { type: 'object', properties: { item: { $ref: '#/components/schemas/Item' } } },
        ],
      },
    },
  },
}

const { check } = vendorSchema(DOCUMENT, '/rest')
const get = {
  method: 'GET',
  path: '/rest/items/7',
  query: { site: 'a' },
  body: undefined,
  status: 200,
  answer: { id: '7' },
}
const put = {
  method: 'PUT',
  path: '/rest/items/7',
  query: {},
  body: { title: 'x' },
  status: 204,
  answer: undefined,
}

describe('a vendor’s schema', () => {
  it('has nothing to say of what fits', () => {
    expect(check(get)).toEqual([])
    expect(check({ ...get, answer: { id: '7', due: null, parent: { id: '1' } } })).toEqual([])
    expect(check(put)).toEqual([])
    expect(check({ ...put, body: { title: 'x', item: { id: '1' } } })).toEqual([])
  })

  it('takes the more literal of two paths that fit', () => {
    expect(check({ ...get, path: '/rest/items/search', query: {} })).toEqual([])
  })

  it.each([
    ['an operation that is not there', { ...get, method: 'DELETE' }, 'knows no such operation'],
    ['a path below another base', { ...get, path: '/items/7' }, 'knows no such operation'],
    [
      'a query parameter that would be ignored',
      { ...get, query: { site: 'a', feilds: 'x' } },
      'feilds is not known',
    ],
    ['a query parameter that is missing', { ...get, query: {} }, 'site is required'],
    ['an answer without what is required', { ...get, answer: {} }, "must have required property 'id'"],
    [
      'an answer of another type, deep inside',
      { ...get, answer: { id: '7', parent: { id: 7 } } },
      '/parent/id must be string',
    ],
    ['a status that is not among the answers', { ...get, status: 202 }, 'status 202'],
    [
      'a member of ours that would be dropped',
      { ...put, body: { tilte: 'x' } },
      'our body.tilte is not in the schema',
    ],
    ['such a member deep inside', { ...put, body: { item: { id: '1', sise: 1 } } }, 'our body.item.sise'],
    ['a body of another type', { ...put, body: { title: 7 } }, '/title must be string'],
  ])('names %s', (_, exchange, words) => {
    expect(check(exchange).join('\n')).toContain(words)
  })

  it('leaves answers alone that tell of a mistake and are not described', () => {
    expect(check({ ...get, status: 500, answer: 'oops' })).toEqual([])
  })
})
