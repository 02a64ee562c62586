import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { Member } from './cast.ts'
import { launch } from './launch.ts'
import { LEFT_BEHIND } from './left-behind.ts'
import type { Program } from './program.ts'

/** How long people look for something before they call it missing. */
const PATIENCE_MS = 15_000

export interface Browsers {
  /** A browser of its own (cookies, storage) at a path, signed in as this member; null: as nobody. */
  open(program: Program, who: Member | null, path: string, options?: OpenOptions): Promise<Page>
}

export interface OpenOptions extends BrowserContextOptions {
  /** Refusals that this page provokes on purpose: status and path, as the console tells them. */
  readonly expected?: readonly RegExp[]
}

/** Chromium tells each refused request as an error. That nobody is signed in yet is asked, not broken. */
const EXPECTED: readonly RegExp[] = [/status of 401 .*\/api\/v1\/self$/]

const BROKE_OFF = 'The story broke off earlier'

/** Chapters of one story: after one that failed, the next say so at once instead of waiting for what cannot come. */
export const useStory = (): void => {
  let failed: string | null = null
  beforeEach(() => {
    if (failed !== null) throw new Error(`${BROKE_OFF}: ${failed}`)
  })
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') failed ??= task.name
  })
}

/**
 * Browsers for the tests of one file. Whatever a browser's console calls an error, whatever throws in a page and whatever
 * breaks the content security policy fails the test in which it happened.
 */
export const useBrowsers = (): Browsers => {
  let browser: Browser | null = null
  let problems: string[] = []
  const told: string[] = []
  beforeAll(async () => {
    browser = await launch()
  })
  afterEach(async ({ task }) => {
    const found = problems
    problems = []
    const brokeOff = task.result?.errors?.[0]?.message.startsWith(BROKE_OFF) === true
    if (found.length > 0 || (task.result?.state === 'fail' && !brokeOff)) await keep(browser, task.name, told)
    expect(found, 'what browsers called an error').toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
  })
  return {
    open: async (program, who, path, { expected = [], ...options } = {}) => {
      if (browser === null) throw new Error('the browser is not started yet')
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        colorScheme: 'light',
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
        ...options,
      })
      context.setDefaultTimeout(PATIENCE_MS)
      if (who !== null) await context.addCookies([{ ...who.cookie, url: program.url }])
      const page = await context.newPage()
      const name = who?.name ?? 'nobody'
      page.on('console', (message) => {
        const { url } = message.location()
        const line = `${name}: ${message.type()}: ${message.text()} ${url}`
        told.push(line)
        if (!['error', 'warning'].includes(message.type())) return
        if (![...EXPECTED, ...expected].some((pattern) => pattern.test(`${message.text()} ${url}`)))
          problems.push(line)
      })
      page.on('pageerror', (error) => problems.push(`${name}: thrown: ${error.message}`))
      await page.addInitScript(TELL_VIOLATIONS)
      await page.goto(`${program.url}${path}`)
      return page
    },
  }
}

const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('content security policy: ' + event.violatedDirective + ' ' + event.blockedURI))`

const keep = async (browser: Browser | null, test: string, told: readonly string[]): Promise<void> => {
  mkdirSync(LEFT_BEHIND, { recursive: true })
  const name = test.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)
  const pages = browser?.contexts().flatMap((context) => context.pages()) ?? []
  for (const [at, page] of pages.entries())
    await page.screenshot({ path: join(LEFT_BEHIND, `${name}-${at + 1}.png`) }).catch(() => undefined)
  writeFileSync(join(LEFT_BEHIND, `${name}.log`), told.join('\n'))
  process.stdout.write(`Kept what was on the screens: ${join(LEFT_BEHIND, name)}-*.png\n`)
}
