import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { buildRoad, type Road } from '../../test/support/road.ts'
import type { NewAttempt } from '../store/attempts.ts'
import type { Operation, Receipt } from '../sync/connector.ts'
import { RemoteFault } from '../sync/fault.ts'
import { runCalls } from './run-calls.ts'

let test: TestDatabase
let road: Road
beforeAll(async () => {
  test = await openTestDatabase()
})
afterEach(() => road.close())
afterAll(() => test.close())

const write = (tool: string) => ({ pair: `${tool}~${tool}`, tool, hub: 'ours', sent: 'ours', before: null })
const attempt: NewAttempt = {
  id: '00000000-0000-7000-8000-0000000000aa',
  planned: {
    operation: {
      op: 'update',
      ref: { id: '7' },
      fields: { title: 'ours', 'cf:Version': 'ours', due: 'ours' },
      version: '1',
    },
    fields: [write('title'), write('cf:Version'), write('due')],
    status: null,
    element: null,
    link: null,
  },
}

/** A tool that refuses the whole call without saying why, and takes single fields as `answer` says. */
const callWith = async (answer: (field: string) => Receipt) => {
  road = await buildRoad({ db: test.db, seed: 31 })
  const connection = await road.worker.open('tracker')
  if (connection === null) throw new Error('the tracker is not open')
  const push = async (operation: Operation): Promise<Receipt> => {
    const [field = '', ...more] = operation.op === 'update' ? Object.keys(operation.fields) : []
    if (more.length > 0) throw new RemoteFault('invalid', 'no')
    return answer(field)
  }
  const session = { ...connection.session, push }
  return runCalls(road.deps, { ...connection, session }, [attempt], async () => true)
}

const took = (field: string): Receipt => ({
  ref: null,
  elementId: null,
  snapshot: null,
  overwrote: { [field]: 'theirs' },
})

describe('fields that are tried one by one, because the tool refused them together', () => {
  it('tell every edit that each of them replaced', async () => {
    const { done, holds } = await callWith((field) => {
      if (field === 'due') throw new RemoteFault('invalid', 'no such day')
      return took(field)
    })
    expect(Object.keys(done[0]?.receipt.overwrote ?? {})).toEqual(['title', 'cf:Version'])
    expect(holds).toMatchObject([{ field: 'due~due', code: 'refused-by-tool' }])
  })

  it('tell what was replaced before the tool went away halfway, and plan the rest anew', async () => {
    const { done, ends, fault } = await callWith((field) => {
      if (field === 'cf:Version') throw new RemoteFault('down', 'not sent')
      return took(field)
    })
    expect(Object.keys(done[0]?.receipt.overwrote ?? {})).toEqual(['title'])
    expect(done[0]?.planned.fields.map((one) => one.tool)).toEqual(['title'])
    expect([ends[0]?.state, fault?.kind]).toEqual(['done', 'down'])
  })

  it('are all found out together where the answer to one was lost, for the tool’s history tells of all', async () => {
    const { done, ends, fault } = await callWith((field) => {
      if (field === 'cf:Version') throw new RemoteFault('unknown', 'cut')
      return took(field)
    })
    expect([done, ends[0]?.state, fault?.kind]).toEqual([[], 'unknown', 'unknown'])
  })
})
