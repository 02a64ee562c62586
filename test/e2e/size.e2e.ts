import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useBrowsers } from './support/browsers.ts'
import { makeCompany, makeMember } from './support/cast.ts'
import { type Program, startProgram } from './support/program.ts'
import { makeStory } from './support/sample.ts'
import { settled } from './support/screens.ts'

const BUILT = fileURLToPath(new URL('../../build/web/', import.meta.url))
const KB = 1024

/** What a browser fetches of script before the first screen stands, as it goes over the wire. */
describe('the first load', () => {
  const browsers = useBrowsers()
  let program: Program

  beforeAll(async () => {
    program = await startProgram()
    await makeCompany(program)
  })
  afterAll(async () => {
    await program?.stop()
  })

  it.each([
    ['customer', '/requests', 250],
    ['agent', '/my-move', 450],
  ] as const)('of a %s is at most so many KB', async (role, path, limit) => {
    const who = await makeMember(program, role)
    if (role === 'customer') await makeStory(program)
    const page = await browsers.open(program, who, '/nowhere')
    await page.getByRole('heading').first().waitFor()
    const scripts = await scriptsOf(page, `${program.url}${path}`)
    const bytes = [...scripts].reduce(
      (sum, name) => sum + gzipSync(readFileSync(join(BUILT, name)), { level: 9 }).length,
      0,
    )
    process.stdout.write(
      `  ${role}: ${Math.round(bytes / KB)} KB of compressed script in ${scripts.size} files\n`,
    )
    expect(bytes / KB).toBeLessThanOrEqual(limit)
    await page.context().close()
  })
})

/** The names of the scripts that this address fetches in a browser that has none. */
const scriptsOf = async (page: Page, url: string): Promise<ReadonlySet<string>> => {
  const names = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) names.add(pathname.slice(1))
  })
  await page.goto(url)
  await settled(page)
  return names
}
