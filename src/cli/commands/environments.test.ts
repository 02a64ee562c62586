import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { runLine } from '../../../test/support/command-line.ts'
import { bookCommand } from './environments.ts'

let api: TestApi
let env: Readonly<Record<string, string>>
beforeAll(async () => {
  api = await openTestApi()
  const owner = await api.tokenOf('owner')
  await api.ask(owner, 'POST', 'products', { key: 'shop', name: 'Shop' })
  await api.ask(owner, 'POST', 'releases', { product: 'shop', name: '4.3' })
  await api.ask(owner, 'POST', 'environments', {
    ...{ key: 'uat', name: 'UAT', product: 'shop', purpose: 'Acceptance', isShareable: false },
  })
  const made = await api.ask(owner, 'POST', 'people', {
    name: 'Ada',
    email: 'ada@desk.test',
    roles: ['engineer'],
  })
  const token = await api.tokenOf('engineer', { personId: made.json<{ id: string }>().id })
  env = {
    CAUSEWAY_URL: await api.server.app.listen({ host: '127.0.0.1', port: 0 }),
    CAUSEWAY_TOKEN: token,
  }
})
afterAll(() => api.close())

/** As a shell has it. */
const words = (line: string): readonly string[] =>
  (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))

describe('environments book', () => {
  it('books by its own example, whose times have no seconds', async () => {
    expect(await runLine(words(bookCommand.examples[0] ?? ''), null, env)).toEqual({
      ...{ exit: 0, err: '' },
      out: 'uat is Ada’s from 2026-12-01T09:00:00.000Z to 2026-12-01T12:00:00.000Z.\n',
    })
  })

  it.each(['tomorrow', '2026', '2026-13-01T09:00Z'])(
    'says of %s that it is no time, and how to write one',
    async (time) => {
      const line = ['environments', 'book', 'uat', '--from', time, '--to', '2026-12-01T12:00Z', '--for', 'It']
      expect(await runLine(line, null, env)).toMatchObject({
        ...{ exit: 2, err: expect.stringContaining(`--from ${time} is no time.`) },
      })
    },
  )

  it('and the other commands with a time take it alike', async () => {
    const listed = await runLine(['deployments', '--since', '2026-12-01T09:00Z'], null, env)
    expect([listed.exit, listed.out]).toEqual([0, 'No deployments.\n'])
  })
})
