import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { crowding } from './crowding.ts'

/** How long a change in one browser takes to be seen in another, from its leaving the first. */
export const timesSeen: { readonly what: string; readonly ms: number }[] = []

/**
 * Presses in one browser, and waits for what another one then shows without being touched. The time begins when the
 * change leaves the browser: that the button first has to come to rest is no one's waiting.
 */
export const seenElsewhere = async (what: string, pressed: Locator, seen: Locator): Promise<void> =>
  seenAfter(what, leaving(pressed.page()), () => pressed.click(), seen)

export const seenAfter = async (
  what: string,
  left: Promise<number>,
  act: () => Promise<unknown>,
  seen: Locator,
): Promise<void> => {
  const appeared = seen.waitFor().then(() => performance.now())
  const [begun, ended] = await Promise.all([left, appeared, act()])
  timesSeen.push({ what, ms: Math.round(ended - begun) })
}

const leaving = async (page: Page): Promise<number> => {
  await page.waitForRequest((request) => request.method() !== 'GET')
  return performance.now()
}

/** Within a second, on a machine that is not asked for more than it has. */
export const expectWithinASecond = (): void => {
  for (const { what, ms } of timesSeen) process.stdout.write(`  ${String(ms).padStart(5)} ms  ${what}\n`)
  const sorted = timesSeen.map(({ ms }) => ms).sort((a, b) => a - b)
  const limit = 1_000 * crowding()
  expect(sorted.length).toBeGreaterThan(4)
  expect(sorted[Math.floor(sorted.length / 2)], 'median until others see a change').toBeLessThan(limit)
  // one may come when the machine has something else to do
  expect(sorted.at(-1), 'the slowest').toBeLessThan(3 * limit)
}
