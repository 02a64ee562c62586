import { describe, expect, it } from 'vitest'
import { graphqlBeside, graphqlSchema } from './graphql.ts'
import { vendorSchema } from './openapi.ts'

const SDL = `
  scalar DateTime
  scalar Anything
  enum Level { LOW HIGH }
  interface Node { id: ID! }
  type Item implements Node { id: ID!, title: String!, due: DateTime, level: Level, tags: [String!]!, parent: Item, extra: Anything }
  type Person implements Node { id: ID!, name: String!, size: Float }
  union Found = Item | Person
  input Change { title: String, level: Level, due: DateTime, parent: Change }
  type Query { item(id: ID!): Item, found(count: Int): [Found!]!, node: Node }
  type Mutation { change(id: ID!, input: Change!): Item! }
`
const { check } = graphqlSchema(SDL, { path: '/graphql' })
const QUERY =
  'query One($id: ID!) { item(id: $id) { ...Short due level tags extra } } fragment Short on Item { id title }'
const ITEM = {
  id: '1',
  title: 'a',
  due: '2026-01-01T00:00:00Z',
  level: 'LOW',
  tags: ['x'],
  extra: { any: 1 },
}

const asked = (query: string, variables: unknown, data: unknown) => ({
  method: 'POST',
  path: '/graphql',
  query: {},
  body: { query, variables },
  status: 200,
  answer: { data } as unknown,
})
const one = (item: unknown) => asked(QUERY, { id: '1' }, { item })
const FOUND =
  'query Some { found { __typename ... on Node { id } ... on Item { title } ... on Person { name size } } }'
const CHANGE = 'mutation Change($input: Change!) { change(id: "1", input: $input) { id } }'
const changing = (input: unknown) => asked(CHANGE, { input }, { change: { id: '1' } })

describe('a vendor’s GraphQL schema', () => {
  it('has nothing to say of what fits', () => {
    expect(check(one(ITEM))).toEqual([])
    expect(check(one({ ...ITEM, due: null, level: null, extra: null }))).toEqual([])
    expect(check(one(null))).toEqual([])
    expect(check(changing({ title: 'x', due: '2026-01-01T00:00:00Z', parent: { level: 'HIGH' } }))).toEqual(
      [],
    )
    const found = [
      { __typename: 'Item', id: '1', title: 'a' },
      { __typename: 'Person', id: '2', name: 'b', size: null },
    ]
    expect(check(asked(FOUND, undefined, { found }))).toEqual([])
  })

  it('takes an answer without a type’s name for whichever type fits', () => {
    const query = '{ node { id ... on Person { name } } }'
    expect(check(asked(query, {}, { node: { id: '1' } }))).toEqual([])
    expect(check(asked(query, {}, { node: { id: '1', name: 'b' } }))).toEqual([])
    expect(check(asked(query, {}, { node: { id: '1', name: 7 } }))).not.toEqual([])
  })

  it('heeds what a variable leaves out, and other names of a field', () => {
    const query =
      'query A($all: Boolean!) { a: item(id: "1") { id title @include(if: $all) due @skip(if: $all) } }'
    expect(check(asked(query, { all: true }, { a: { id: '1', title: 'a' } }))).toEqual([])
    expect(check(asked(query, { all: false }, { a: { id: '1', due: null } }))).toEqual([])
    expect(check(asked(query, { all: false }, { a: { id: '1', title: 'a', due: null } })).join()).toContain(
      'data.a.title was not asked for',
    )
  })

  it('lets an answer hold errors alone, with any status', () => {
    const refused = { errors: [{ message: 'no', extensions: { code: 'RATELIMITED' } }] }
    expect(check({ ...one(null), answer: refused })).toEqual([])
    expect(check({ ...one(null), answer: { ...refused, data: null }, status: 400 })).toEqual([])
    expect(check({ ...one(null), answer: undefined, status: 502 })).toEqual([])
  })

  it.each([
    ['a document that is none', asked('query {', {}, {}), 'Syntax Error'],
    ['a field that is not there', asked('{ item(id: "1") { titel } }', {}, {}), 'Cannot query field "titel"'],
    ['an argument that is missing', asked('{ item { id } }', {}, {}), 'argument "id"'],
    ['a variable that is missing', asked(QUERY, {}, {}), '"$id" of required type'],
    ['a variable that no operation declares', asked(QUERY, { id: '1', x: 1 }, {}), '$x is not declared'],
    ['a member of ours that is not there', changing({ tilte: 'x' }), '"tilte" is not defined'],
    ['such a member deep inside', changing({ parent: { sise: 1 } }), '"sise" is not defined'],
    ['a value of another type', changing({ title: 7 }), 'String cannot represent'],
    [
      'a value that a scalar of the vendor’s cannot hold',
      changing({ due: 7 }),
      'DateTime cannot represent 7',
    ],
    ['a value that is not in an enum', changing({ level: 'MIDDLE' }), '"MIDDLE" does not exist'],
    [
      'a body with more than a query',
      { ...one(ITEM), body: { query: QUERY, variables: { id: '1' }, x: 1 } },
      'body.x',
    ],
    ['another method', { ...one(ITEM), method: 'GET' }, 'not a POST'],
    ['another address', { ...one(ITEM), path: '/graphq' }, 'no such address'],
    [
      'an answer without what was asked for',
      one({ ...ITEM, title: undefined }),
      'data.item.title is missing',
    ],
    ['an answer with more than that', one({ ...ITEM, parent: null }), 'data.item.parent was not asked for'],
    ['nothing where something must be', one({ ...ITEM, title: null }), 'data.item.title must not be null'],
    [
      'nothing in a list that holds something',
      one({ ...ITEM, tags: [null] }),
      'data.item.tags[0] must not be null',
    ],
    ['another type', one({ ...ITEM, id: 7 }), 'data.item.id is no ID'],
    ['another kind of a scalar of the vendor’s', one({ ...ITEM, due: 7 }), 'data.item.due is no DateTime'],
    ['a value that the enum has not', one({ ...ITEM, level: 'low' }), 'Level has no value "low"'],
    ['one where there are many', one({ ...ITEM, tags: 'x' }), 'data.item.tags is not a list'],
    [
      'what belongs to another type of a union',
      asked(FOUND, {}, { found: [{ __typename: 'Person', id: '1', title: 'a' }] }),
      'data.found[0].title was not asked for of a Person',
    ],
    [
      'a type that the union has not',
      asked(FOUND, {}, { found: [{ __typename: 'X', id: '1' }] }),
      '__typename',
    ],
    ['an answer that holds nothing', { ...one(ITEM), answer: {} }, 'holds no data'],
    ['an answer that is none', { ...one(ITEM), answer: undefined }, 'not an object'],
    ['errors that say nothing', { ...one(ITEM), answer: { errors: [] } }, 'not a list of errors'],
  ])('names %s', (_, exchange, words) => {
    expect(check(exchange).join('\n')).toContain(words)
  })

  it('says of which operation it speaks', () => {
    expect(check(one({ ...ITEM, title: null }))).toEqual([
      'POST /graphql One: data.item.title must not be null',
    ])
  })

  it('stands beside the schema of the same vendor’s other calls', () => {
    const rest = vendorSchema({ openapi: '3.0.3', paths: { '/items': { get: { responses: { 200: {} } } } } })
    const both = graphqlBeside('/graphql', graphqlSchema(SDL, { path: '/graphql' }), rest)
    const get = { method: 'GET', path: '/items', query: {}, body: undefined, status: 200, answer: undefined }
    expect(both.check(get)).toEqual([])
    expect(both.check({ ...get, path: '/itms' }).join()).toContain('knows no such operation')
    expect(both.check(one(ITEM))).toEqual([])
    expect(both.check(one({ ...ITEM, id: 7 })).join()).toContain('is no ID')
  })
})
