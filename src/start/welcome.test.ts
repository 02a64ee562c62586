import { expect, it } from 'vitest'
import { welcome } from './welcome.ts'

const config = { roles: ['web', 'worker'], dataDir: './data', demo: false, publicUrl: null } as const
const running = {
  url: 'http://127.0.0.1:4600',
  healthUrl: null,
  signInToken: 'cw_once',
  engine: 'embedded',
} as const

it('names the next command, because a newcomer sees a running server and nothing to do', () => {
  const text = welcome(config, running).join('\n')
  expect(text).toContain('npx causeway apply FILE ')
  expect(text).toContain('npx causeway --help')
  expect(text).toContain('docs/README.md')
  expect(text).toContain('npx causeway sign-in TOKEN --url http://127.0.0.1:4600')
  expect(welcome({ ...config, demo: true }, running).join('\n')).toContain('npx causeway status ')
})

it('begins with the address to open, whole and on a line of its own, so that a terminal makes a link of it', () => {
  const lines = welcome(config, running)
  const opened = lines.findIndex((line) => line.trim() === 'http://127.0.0.1:4600/welcome#token=cw_once')
  expect(opened).toBeGreaterThan(0)
  expect(opened).toBeLessThan(lines.findIndex((line) => line.includes('npx causeway')))
  expect(welcome({ ...config, publicUrl: 'https://causeway.example' }, running).join('\n')).toContain(
    'https://causeway.example/welcome#token=cw_once',
  )
})

it('names the data folder where it is not the usual one, or the command would find no server', () => {
  const elsewhere = welcome({ ...config, dataDir: '/srv/causeway' }, running).join('\n')
  expect(elsewhere).toContain('npx causeway apply FILE --data /srv/causeway')
})

it('repeats no token once somebody signed in', () => {
  expect(welcome(config, { ...running, signInToken: null }).join('\n')).not.toMatch(/sign.in/i)
})

it('says of a worker where its health is, or how to see it', () => {
  const worker = { ...running, url: null, signInToken: null, engine: 'postgres' } as const
  const roles = ['worker'] as const
  expect(welcome({ ...config, roles }, worker)).toEqual([
    'Causeway works (worker).',
    expect.stringContaining('set CAUSEWAY_HEALTH_PORT'),
  ])
  expect(welcome({ ...config, roles }, { ...worker, healthUrl: 'http://127.0.0.1:4601' })[1]).toContain(
    'http://127.0.0.1:4601 (/healthz, /readyz, /metrics)',
  )
})
