import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const main = new URL('../main.ts', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'causeway-start-'))

interface Started {
  readonly child: ChildProcess
  /** Both streams, as far as they came. */
  text(): string
  /** Resolves when a line with this was written. */
  says(words: string): Promise<void>
  readonly ended: Promise<number | null>
}

const run = (data: string, env: Record<string, string> = {}): Started => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { PATH: process.env['PATH'] ?? '', CAUSEWAY_DATA: data, CAUSEWAY_PORT: '0', ...env },
  })
  let text = ''
  const heard = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      for (const listener of heard) listener()
    })
  return {
    child,
    text: () => text,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (text.includes(words)) resolve()
        }
        heard.add(look)
        child.once('exit', () => reject(new Error(`it ended: ${text}`)))
        look()
      }),
    ended: once(child, 'exit').then(([code]) => code as number | null),
  }
}

/** The last of the first words: they come line by line, and only after it is all of it there. */
const LAST_WORDS = 'From another machine'

let first: Started
beforeAll(async () => {
  first = run(folder)
  await first.says(LAST_WORDS)
})
afterAll(async () => {
  first.child.kill('SIGKILL')
  await first.ended
  rmSync(folder, { recursive: true, force: true })
})

it('says where it is, that the embedded engine is for small use, and how to sign in', () => {
  expect(first.text()).toMatch(/Causeway is at http:\/\/127\.0\.0\.1:\d+/)
  expect(first.text()).toContain('Single node, not power-loss safe; for trying out and small use')
  expect(first.text()).toMatch(/cw_[\w-]{43}/)
})

it('keeps its key and the local token for our user alone', () => {
  for (const name of ['key', 'local.json']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
  const local = JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')) as { pid: number; url: string }
  expect(local.pid).toBe(first.child.pid)
})

it('refuses a second start on the same folder, naming the first, and leaves it unharmed', async () => {
  const second = run(folder)
  expect(await second.ended).toBe(1)
  expect(second.text()).toContain(`process id ${first.child.pid}`)
  const { url } = JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')) as { url: string }
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})

it('says which port is taken, and which database cannot be reached, without its password', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address !== null ? String(address.port) : ''
  const blocked = run(join(folder, 'other'), { CAUSEWAY_PORT: port })
  expect(await blocked.ended).toBe(1)
  expect(blocked.text()).toContain(`127.0.0.1:${port} is taken`)
  taken.close()
  await once(taken, 'close')
  const away = run(join(folder, 'third'), { DATABASE_URL: `postgresql://u:hunter2@127.0.0.1:${port}/x` })
  expect(await away.ended).toBe(1)
  expect(away.text()).toContain(`127.0.0.1:${port} cannot be reached`)
  expect(away.text()).not.toContain('hunter2')
})

it('stops in good order when asked, and starts again on the same folder with everything kept', async () => {
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8'))).toMatchObject({ pid: null })
  const local = readFileSync(join(folder, 'local.json'), 'utf8')
  first = run(folder)
  await first.says(LAST_WORDS)
  const { url, token } = JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')) as {
    url: string
    token: string
  }
  expect(local).toContain(token)
  const self = await fetch(`${url}/api/v1/self`, { headers: { authorization: `Bearer ${token}` } })
  expect(self.status).toBe(200)
})

it('shows the health and figures of a worker without the web role, and nothing else, where it was told to', async () => {
  const worker = run(join(folder, 'worker'), {
    CAUSEWAY_ROLES: 'worker',
    CAUSEWAY_PUBLIC_URL: 'https://causeway.example.org',
    CAUSEWAY_HEALTH_PORT: '0',
  })
  await worker.says('Its health is at')
  const [, url] = /health is at (http:\/\/\S+)/.exec(worker.text()) ?? []
  const asked = async (path: string) => (await fetch(`${url}${path}`)).status
  expect(await Promise.all(['/healthz', '/readyz', '/metrics'].map(asked))).toEqual([200, 200, 200])
  expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^causeway_mirrors_dirty 0$/m)
  // figures are for this machine or a token, as on a process with the web role
  const proxied = await fetch(`${url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  expect(proxied.status).toBe(401)
  expect(await Promise.all(['/api/v1/self', '/hooks/desk', '/api/openapi.json'].map(asked))).toEqual([
    404, 404, 404,
  ])
  worker.child.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
})
