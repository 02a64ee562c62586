import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const figures = async (): Promise<string> =>
  (
    await api.server.app.inject({
      url: '/metrics',
      headers: { host: 'localhost:4600' },
      remoteAddress: '127.0.0.1',
    })
  ).payload

it('tells of now in the very first answer, so that no alarm rings for a full disk after each start', async () => {
  const first = await figures()
  expect(first).toMatch(/^causeway_database_up 1$/m)
  expect(first).toMatch(/^causeway_disk_free_bytes [1-9]/m)
})
