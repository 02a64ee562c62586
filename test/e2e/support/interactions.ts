import type { Page } from 'playwright-core'

/** One key or press, and how long until the picture that answered it. */
export interface Interaction {
  readonly name: string
  readonly ms: number
  /** Of them in our script. */
  readonly work: number
}

/** The browser's own measure (Event Timing); what takes less than 16 ms is not told. Again after each load of a page. */
export const watchInteractions = async (page: Page): Promise<void> => {
  await page.evaluate(WATCH)
}

/** Those since the last time, after the picture that answers the last of them. */
export const interactionsOf = (page: Page): Promise<readonly Interaction[]> =>
  page.evaluate<readonly Interaction[]>(TELL)

const WATCH = `(() => {
  const list = []
  const note = (entries) => {
    for (const one of entries) if (one.interactionId > 0) list.push({
      name: one.name + ' on ' + (one.target?.getAttribute?.('aria-label') ?? one.target?.nodeName ?? 'what is gone'),
      ms: Math.round(one.duration),
      work: Math.round(one.processingEnd - one.processingStart),
    })
  }
  const observer = new PerformanceObserver((found) => note(found.getEntries()))
  observer.observe({ type: 'event', durationThreshold: 16 })
  globalThis.watched = { take: () => { note(observer.takeRecords()); return list.splice(0) } }
})()`

const TELL = `new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(() =>
  setTimeout(() => told(watched.take()), 50))))`
