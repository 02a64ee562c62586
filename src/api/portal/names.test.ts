import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestApi, type TestApi } from '../../../test/support/api.ts'
import { addComment } from '../../commands/add-comment.ts'
import { changeSettings } from '../../commands/change-settings.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { oursOf } from '../../sync/rich-text/index.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

it('says that it is our team, in the reader’s language, wherever public words name somebody who works here', async () => {
  const { contactId } = await api.customer('Acme')
  const mine = await api.tokenOf('customer', { contactId })
  const { id } = (
    await api.ask(mine, 'POST', 'portal/requests', { title: 'Mine', description: 'Words' })
  ).json<{
    id: string
  }>()
  const said = await runCommand(api.runner, SYSTEM, addComment, {
    record: { kind: 'ticket', ref: id },
    body: {
      type: 'root',
      children: [
        {
          type: 'paragraph',
          children: [
            { type: 'mention', name: 'Eve Engineer', id: oursOf('eve') },
            { type: 'text', value: ' looks at it' },
          ],
        },
      ],
    },
    audience: 'everyone',
  })
  expect(said.ok).toBe(true)
  const read = async (language?: string): Promise<string> =>
    (
      await api.server.app.inject({
        url: `/api/v1/portal/requests/${id}/timeline`,
        headers: {
          authorization: `Bearer ${mine}`,
          ...(language === undefined ? {} : { 'accept-language': language }),
        },
      })
    ).body
  expect(await read()).toContain('our team looks at it')
  expect(await read('de-AT,de;q=0.9')).toContain('unser Team looks at it')
  expect(await read()).not.toContain('Eve')
  await runCommand(api.runner, SYSTEM, changeSettings, { namesForCustomers: true })
  expect(await read()).toContain('@Eve Engineer looks at it')
})
