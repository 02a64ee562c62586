import { describe, expect, it } from 'vitest'
import { RemoteFault } from '../sync/fault.ts'
import { isDatabaseLost } from './database-lost.ts'

const withCode = (code: string, more: object = {}): Error =>
  Object.assign(new Error('failed'), { code, ...more })

describe('isDatabaseLost', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a socket file that is not there', withCode('ENOENT', { syscall: 'connect' })],
    ['a server that shuts down', withCode('57P01')],
    ['too many connections', withCode('53300')],
    ['what the driver says without a code', new Error('Connection terminated unexpectedly')],
    ['one of several addresses refused', new AggregateError([withCode('ECONNREFUSED')])],
    ['the same as the cause of another', new Error('a query failed', { cause: withCode('ECONNRESET') })],
  ])('is so for %s', (_, thrown) => {
    expect(isDatabaseLost(thrown)).toBe(true)
  })

  it.each([
    ['a missing file', withCode('ENOENT', { syscall: 'open' })],
    ['a row that is there twice', withCode('23505')],
    ['no error at all', 'ECONNREFUSED'],
    [
      'a tool that refuses connections, or else an absent tool is never told of and its items are tried without a pause',
      new RemoteFault('down', 'the connection was refused', { cause: withCode('ECONNREFUSED') }),
    ],
  ])('is not so for %s', (_, thrown) => {
    expect(isDatabaseLost(thrown)).toBe(false)
  })
})
