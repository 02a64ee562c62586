import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const LOOK = `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((found) =>
  JSON.stringify(found.violations.map(({ id, nodes }) =>
    id + ': ' + nodes.slice(0, 3).map(({ html, any }) => html.slice(0, 160) + ' ' + (any[0]?.message ?? '')).join(' ;; '))))`

/** What the checker of accessibility finds on this page as it stands: nothing, one hopes. */
export const findBarriers = async (page: Page): Promise<readonly string[]> => {
  // beside the page's own policy, which lets no foreign script in
  const inspector = await page.context().newCDPSession(page)
  await inspector.send('Runtime.evaluate', { expression: source })
  const { result, exceptionDetails } = await inspector.send('Runtime.evaluate', {
    expression: LOOK,
    awaitPromise: true,
    returnByValue: true,
  })
  await inspector.detach()
  if (exceptionDetails !== undefined) throw new Error(`axe failed: ${JSON.stringify(exceptionDetails)}`)
  return JSON.parse(String(result.value)) as readonly string[]
}
