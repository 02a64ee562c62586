import type { Locator } from 'playwright-core'
import { expect } from 'vitest'

/** How long a change in one browser takes to be seen in another; from the press of the button, command and all. */
export const timesSeen: { readonly what: string; readonly ms: number }[] = []

/** Acts in one browser, and waits for what another one then shows without being touched. */
export const seenElsewhere = async (
  what: string,
  act: () => Promise<unknown>,
  seen: Locator,
): Promise<void> => {
  const begun = performance.now()
  const appeared = seen.waitFor()
  await Promise.all([act(), appeared])
  timesSeen.push({ what, ms: Math.round(performance.now() - begun) })
}

/** A slow machine may be late once; that people wait is when it is the rule. */
export const expectWithinASecond = (): void => {
  for (const { what, ms } of timesSeen) process.stdout.write(`  ${String(ms).padStart(5)} ms  ${what}\n`)
  const sorted = timesSeen.map(({ ms }) => ms).sort((a, b) => a - b)
  expect(sorted.length).toBeGreaterThan(4)
  expect(sorted[Math.floor(sorted.length / 2)], 'median from a press to what others see').toBeLessThan(1_000)
  expect(sorted.at(-1), 'the slowest').toBeLessThan(5_000)
}
