import { pino } from 'pino'
import { expect, it } from 'vitest'
import { logOptions } from './log.ts'

const logged = (data: object): Readonly<Record<string, unknown>> => {
  const lines: string[] = []
  pino(logOptions('info'), { write: (line: string) => lines.push(line) }).info(data, 'told')
  return JSON.parse(lines.join(''))
}

it('says which record or connection a line is about, because a log without keys helps nobody', () => {
  const line = logged({ key: 'T-7', connection: { key: 'desk' }, mirror: { item: { key: 'ENG-3' } } })
  expect(line).toMatchObject({
    key: 'T-7',
    connection: { key: 'desk' },
    mirror: { item: { key: 'ENG-3' } },
  })
})

it('never says a secret, on any of the levels that are logged', () => {
  const secrets = {
    token: 'hunter2',
    apiKey: 'hunter2',
    secret: 'hunter2',
    webhookSecret: 'hunter2',
    password: 'hunter2',
    authorization: 'Bearer hunter2',
    'x-redmine-api-key': 'hunter2',
    'set-cookie': 'session=hunter2',
    connectionString: 'postgresql://u:hunter2@db/x',
  }
  const line = logged({ ...secrets, headers: secrets, connection: { settings: secrets } })
  expect(JSON.stringify(line)).not.toContain('hunter2')
  expect(line['headers']).toEqual(Object.fromEntries(Object.keys(secrets).map((name) => [name, '[secret]'])))
})
