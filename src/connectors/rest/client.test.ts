import { describe, expect, it } from 'vitest'
import type { Http, HttpRequest } from '../../sync/connector.ts'
import { nextLink, restClient } from './client.ts'
import { compileDeclaration } from './declaration.ts'
import { fakeDeclaration } from './fake-declaration.ts'

const good = fakeDeclaration('https://issues.example.com/api', 'FAKE')

/** A client whose calls are recorded and answered in order. */
const clientOf = (
  changes: object,
  answers: readonly { readonly json: unknown; readonly link?: string }[],
  secret = 's3cret-key',
) => {
  const compiled = compileDeclaration({ ...good, ...changes })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  const asked: HttpRequest[] = []
  const http: Http = {
    request: async (request) => {
      const answer = answers[asked.length] ?? { json: null }
      asked.push(request)
      const headers: Record<string, string> = answer.link === undefined ? {} : { link: answer.link }
      return { status: 200, headers, bytes: new Uint8Array(), json: () => answer.json, text: () => '' }
    },
    download: async () => {
      throw new Error('not asked for')
    },
  }
  const client = restClient(compiled.value, { declaration: {}, secret }, http)
  return { client, asked, list: compiled.value.list }
}

describe('paging', () => {
  it('follows cursors until the tool names none', async () => {
    const page = { type: 'cursor', query: 'after', next: 'meta.next' }
    const { client, asked, list } = clientOf({ list: { path: '/i', items: 'rows', page } }, [
      { json: { rows: [1], meta: { next: 'abc' } } },
      { json: { rows: [2], meta: { next: null } } },
    ])
    const first = await client.list(list, {}, {}, null)
    const second = await client.list(list, {}, {}, first.next)
    expect([first.next, second.next]).toEqual(['abc', null])
    expect(asked.map((each) => each.query)).toEqual([{}, { after: 'abc' }])
  })

  it('follows links as they are, without adding the query again', async () => {
    const { client, asked, list } = clientOf(
      { list: { path: '/i', query: { sort: 'x' }, page: { type: 'link' } } },
      [
        {
          json: [1],
          link: '<https://issues.example.com/api/i?page=2>; rel="next", <https://issues.example.com/api/i?page=9>; rel="last"',
        },
        { json: [2] },
      ],
    )
    const first = await client.list(list, {}, { since: 'y' }, null)
    await client.list(list, {}, { since: 'y' }, first.next)
    expect(asked.map((each) => [each.path, each.query])).toEqual([
      ['/i', { sort: 'x', since: 'y' }],
      ['https://issues.example.com/api/i?page=2', {}],
    ])
  })

  it('counts offsets, and ends at a page that is not full', async () => {
    const page = { type: 'offset', query: 'offset', sizeQuery: 'limit', size: 2 }
    const { client, asked, list } = clientOf({ list: { path: '/i', page } }, [
      { json: [1, 2] },
      { json: [3] },
    ])
    const first = await client.list(list, {}, {}, null)
    const second = await client.list(list, {}, {}, first.next)
    expect([first.next, second.next]).toEqual(['2', null])
    expect(asked.map((each) => each.query)).toEqual([
      { offset: '0', limit: '2' },
      { offset: '2', limit: '2' },
    ])
  })

  it('says where it looked when there is no list', async () => {
    const { client, list } = clientOf({ list: { path: '/i', items: 'rows' } }, [{ json: { data: [] } }])
    await expect(client.list(list, {}, {}, null)).rejects.toMatchObject({
      kind: 'down',
      detail: expect.stringContaining('"rows"'),
    })
  })
})

describe('nextLink', () => {
  it('finds rel="next" among others, and nothing in what is no link header', () => {
    expect(nextLink('<https://a/1>; rel="prev", <https://a/3>; rel=next')).toBe('https://a/3')
    for (const odd of [
      undefined,
      '',
      'x',
      '<https://a/3>',
      '<https://a/3>; rel="nextish"',
      '<'.repeat(10_000),
    ])
      expect(nextLink(odd)).toBe(null)
  })
})

describe('addresses and credentials', () => {
  it('encode names that come from the tool', async () => {
    const { client, asked } = clientOf({}, [])
    await client.get('/issues/{id}', { expand: 'a', note: '{id}' }, { id: 'a/b?c#d' })
    expect(asked[0]).toMatchObject({ path: '/issues/a%2Fb%3Fc%23d', query: { expand: 'a', note: 'a/b?c#d' } })
  })

  it('go into the query where the declaration says so, in every call', async () => {
    const { client, asked, list } = clientOf({ auth: { type: 'query', name: 'api_key' } }, [
      { json: {} },
      { json: { issues: [] } },
      { json: {} },
    ])
    await client.get('/x', undefined, {})
    await client.list(list, {}, {}, null)
    await client.write({ path: '/x' }, 'PATCH', {}, { a: 1 }, {})
    expect(asked.map((each) => each.query?.['api_key'])).toEqual(['s3cret-key', 's3cret-key', 's3cret-key'])
  })

  it('wrap the body and add what the declaration adds', async () => {
    const { client, asked } = clientOf({ patch: { path: '/x', wrap: 'issue', extra: { notify: false } } }, [
      { json: {} },
    ])
    await client.write({ path: '/x', wrap: 'issue', extra: { notify: false } }, 'PATCH', {}, { a: 1 }, {})
    expect(asked[0]?.json).toEqual({ notify: false, issue: { a: 1 } })
  })
})
