import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../test/support/api.ts'
import { refuse } from '../domain/refusal.ts'
import { err, ok } from '../lib/result.ts'
import type { ApiDeps } from './deps.ts'
import { LINES } from './line-answer.ts'

const NOTHING = { pairs: [], unclear: [], read: { desk: 3, tracker: 4 }, joined: null }
let api: TestApi
let join: ApiDeps['joinConnections']
let token: string
beforeAll(async () => {
  api = await openTestApi({ joinConnections: (request, watch) => join(request, watch) })
  token = await api.tokenOf('integrator')
})
afterAll(() => api.close())

const ask = async (accept: string) => {
  const answer = await api.server.app.inject({
    method: 'POST',
    url: '/api/v1/connections/desk/match',
    headers: { authorization: `Bearer ${token}`, accept },
    payload: { by: 'title', apply: false },
  })
  return {
    type: answer.headers['content-type'],
    lines: answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }
}

it('answers whole to who asks for JSON, and in lines to who wants to see how far it is', async () => {
  join = async (_, watch) => {
    watch?.onProgress({ step: 'reading the desk', done: 25, total: null })
    return ok(NOTHING)
  }
  expect((await ask('application/json')).lines).toEqual([NOTHING])
  expect(await ask(`${LINES}, application/json;q=0.5`)).toEqual({
    type: LINES,
    lines: [{ progress: { step: 'reading the desk', done: 25, total: null } }, { answer: NOTHING }],
  })
})

it('ends with the problem as it would be answered, because the status was sent before it was known', async () => {
  join = async () => err(refuse('not-found', 'There is no such connection.', { field: '/connection' }))
  expect((await ask(LINES)).lines).toMatchObject([
    {
      problem: {
        type: '/problems/not-found',
        status: 404,
        detail: 'There is no such connection.',
        field: '/key',
      },
    },
  ])
})

it('tells nothing of a fault of ours but the id under which the log has it', async () => {
  join = async () => {
    throw new Error('password=hunter2')
  }
  const { lines } = await ask(LINES)
  expect(lines).toMatchObject([{ problem: { status: 500, code: 'internal' } }])
  expect(JSON.stringify(lines)).not.toContain('hunter2')
})
