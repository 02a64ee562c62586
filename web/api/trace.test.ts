import { afterEach, expect, it, vi } from 'vitest'
import { differencesOf } from './trace.ts'

/** Answers lists by their address: with all of it, or page by page for ever. */
const serve = (lists: Readonly<Record<string, readonly string[]>>, isEndless = false): readonly string[] => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const name = /change=(\w+)/.exec(url)?.[1] ?? 'planned'
    const items = (lists[name] ?? []).map((key) =>
      name === 'planned'
        ? { id: key, key }
        : { key, workItem: key.startsWith('W-') ? { id: key, key } : null },
    )
    return Response.json({ items, next: isEndless && name === 'enters' ? 'more' : null })
  })
  return asked
}
const compared = async () => {
  const { missing, unplanned, isWhole } = await differencesOf('r', new AbortController().signal)
  return { missing: missing.map(({ key }) => key), unplanned: unplanned.map(({ key }) => key), isWhole }
}
afterEach(() => void vi.unstubAllGlobals())

it('names what is planned and not in the commits, and what is new in them and not planned', async () => {
  serve({ planned: ['W-1', 'W-2', 'W-3'], enters: ['W-1', 'W-4', 'SHOP-7'], stays: ['W-2'] })
  expect(await compared()).toEqual({ missing: ['W-3'], unplanned: ['W-4'], isWhole: true })
})

it('names nothing where nobody plans, since all would differ, and asks for no more than the plan', async () => {
  const asked = serve({ planned: [], enters: ['W-4'] })
  expect(await compared()).toEqual({ missing: [], unplanned: [], isWhole: true })
  expect(asked).toHaveLength(1)
})

it('does not ask for all that was in before when the plan is found among what is new', async () => {
  const asked = serve({ planned: ['W-1'], enters: ['W-1'] })
  await compared()
  expect(asked.some((url) => url.includes('stays'))).toBe(false)
})

it('calls nothing missing that may stand on a page beyond those it reads, and says that there are more', async () => {
  serve({ planned: ['W-1', 'W-9'], enters: ['W-1'] }, true)
  expect(await compared()).toEqual({ missing: [], unplanned: [], isWhole: false })
})
