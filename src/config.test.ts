import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

it('needs no variable at all, so that a newcomer can just start it', () => {
  const read = readConfig({})
  expect(read).toMatchObject({
    ok: true,
    value: {
      databaseUrl: null,
      dataDir: './data',
      host: '127.0.0.1',
      port: 4600,
      health: null,
      roles: ['web', 'worker'],
      logLevel: 'warn',
      demo: false,
    },
  })
  expect(read.ok && Object.isFrozen(read.value)).toBe(true)
})

it('names every wrong variable at once, and never repeats a password', () => {
  const read = readConfig(
    {
      DATABASE_URL: 'mysql://u:hunter2@h/db',
      CAUSEWAY_PORT: '70000',
      CAUSEWAY_ROLES: 'web,wroker',
      CAUSEWAY_PUBLIC_URL: 'ftp://x',
      CAUSEWAY_KEY: 'c2hvcnQ=',
      CAUSEWAY_LOG: 'loud',
      CAUSEWAY_ALLOW_HOSTS: '10.0.0.0/8,rt.internal:443',
      CAUSEWAY_TRUSTED_PROXIES: '10.0.0.0/8,proxy.internal,::1/129',
    },
    ['--dmeo'],
  )
  const problems = read.ok ? [] : read.error
  const named = problems.map((problem) => problem.split(' ')[0])
  expect(named).toEqual([
    'Unknown',
    'DATABASE_URL',
    'CAUSEWAY_PORT',
    'CAUSEWAY_ROLES',
    'CAUSEWAY_PUBLIC_URL',
    'CAUSEWAY_KEY',
    'CAUSEWAY_LOG',
    'CAUSEWAY_ALLOW_HOSTS',
    'CAUSEWAY_TRUSTED_PROXIES',
    'CAUSEWAY_TRUSTED_PROXIES',
  ])
  expect(problems.join()).not.toContain('hunter2')
})

it('takes the public address without its last slash, because paths are put behind it', () => {
  const read = readConfig({ CAUSEWAY_PUBLIC_URL: 'https://help.example.com/road/' })
  expect(read.ok && read.value.publicUrl).toBe('https://help.example.com/road')
})

it('needs the public address of a worker without the web role, because it writes addresses into tools', () => {
  const refused = readConfig({ CAUSEWAY_ROLES: 'worker' })
  expect(refused.ok ? [] : refused.error).toEqual([expect.stringContaining('CAUSEWAY_PUBLIC_URL is missing')])
  expect(
    readConfig({ CAUSEWAY_ROLES: 'worker', CAUSEWAY_PUBLIC_URL: 'https://causeway.example.org' }).ok,
  ).toBe(true)
})

it('opens no second port unless told to, and then on this machine only, because figures are not for everybody', () => {
  const read = (env: Record<string, string>) => readConfig(env)
  const given = read({ CAUSEWAY_HEALTH_PORT: '4601' })
  expect(given.ok && given.value.health).toEqual({ host: '127.0.0.1', port: 4601 })
  const named = read({ CAUSEWAY_HEALTH_PORT: '0', CAUSEWAY_HEALTH_HOST: '0.0.0.0' })
  expect(named.ok && named.value.health).toEqual({ host: '0.0.0.0', port: 0 })
  const half = read({ CAUSEWAY_HEALTH_HOST: '0.0.0.0' })
  expect(half.ok ? [] : half.error).toEqual([expect.stringContaining('set CAUSEWAY_HEALTH_PORT')])
})

it.each(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8', '127.0.0.1, ::1'])(
  'believes the proxies %s',
  (value) => {
    const read = readConfig({ CAUSEWAY_TRUSTED_PROXIES: value })
    expect(read.ok && read.value.trustedProxies).toEqual(value.split(', '))
  },
)

it.each([
  '10.0.0/8',
  '10.0.0.0/33',
  '256.1.1.1',
  'proxy.internal',
  '*',
  '0x7f.1',
  '::1/129',
  '10.0.0.0/8/8',
  '',
])('believes no proxy called “%s”, because a mistyped network may be everybody', (value) => {
  const read = readConfig({ CAUSEWAY_TRUSTED_PROXIES: `127.0.0.1,${value}` })
  expect(read.ok).toBe(false)
})
