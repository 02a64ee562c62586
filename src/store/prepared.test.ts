import type pg from 'pg'
import { expect, it } from 'vitest'
import { prepareOnce } from './prepared.ts'

interface Asked {
  readonly name?: string
  readonly text: string
}

/** A connection that notes what it is asked, and fails when told to. A query made beforehand brings its own callback. */
const openClient = () => {
  const asked: (string | Asked)[] = []
  const state = { fails: null as string | null, ended: false }
  const client = {
    query: async (what: string | (Asked & { callback: (error: Error | null) => void })) => {
      asked.push(what)
      const failure = state.fails === null ? null : Object.assign(new Error('no'), { code: state.fails })
      if (typeof what !== 'string') what.callback(failure)
      else if (failure !== null) throw failure
    },
    end: async () => {
      state.ended = true
    },
  } as unknown as pg.PoolClient
  prepareOnce(client)
  return { client, state, last: () => asked.at(-1) }
}

const nameOf = (asked: string | Asked | undefined): string =>
  typeof asked === 'object' ? (asked.name ?? '') : ''

it('names a statement from its second time on, because most that come once never come again', async () => {
  const { client, last } = openClient()
  await client.query('select $1::int as a', [1])
  expect(last()).toBe('select $1::int as a')
  await client.query('select $1::int as a', [2])
  expect(last()).toMatchObject({ name: expect.any(String), text: 'select $1::int as a', values: [2] })
  expect(Buffer.byteLength(nameOf(last()))).toBeLessThan(64)
})

it('gives one text one name on every connection, and another text another', async () => {
  const named = async (text: string): Promise<string> => {
    const { client, last } = openClient()
    await client.query(text, [1])
    await client.query(text, [1])
    return nameOf(last())
  }
  expect(await named('select $1::int as b')).toBe(await named('select $1::int as b'))
  expect(await named('select $1::int as b')).not.toBe(await named('select $1::int as c'))
})

it('leaves statements without values alone, so that begin and commit stay one message', async () => {
  const { client, last } = openClient()
  await client.query('begin', [])
  await client.query('begin', [])
  expect(last()).toBe('begin')
})

it('gives up a connection whose plans do not fit the schema any more, and no other', async () => {
  const { client, state } = openClient()
  state.fails = '23505'
  await expect(client.query('select $1::int as d', [1])).rejects.toThrow()
  await expect(client.query('select $1::int as d', [1])).rejects.toThrow()
  expect(state.ended).toBe(false)
  state.fails = '0A000'
  await expect(client.query('select $1::int as d', [1])).rejects.toThrow()
  expect(state.ended).toBe(true)
})
