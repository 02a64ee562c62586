import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../texts/texts.tsx'
import { useKeys } from './use-keys.tsx'

/** J and K move through a list, Enter opens. The place is kept by key, so that news on top do not move it. */
export const useListKeys = <T extends { readonly key: string }>(
  items: readonly T[],
  open: (item: T) => void,
): { readonly cursor: string | null; readonly ref: (element: HTMLElement | null) => void } => {
  const texts = useTexts()
  const [cursor, setCursor] = useState<string | null>(null)
  const element = useRef<HTMLElement | null>(null)
  const at = items.findIndex(({ key }) => key === cursor)
  const moveTo = (index: number): void => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))]
    if (item !== undefined) setCursor(item.key)
  }
  useKeys(texts.shell.inLists, [
    { keys: 'j', label: texts.shell.next, run: () => moveTo(at + 1), hidden: true },
    { keys: 'k', label: texts.shell.previous, run: () => moveTo(at < 0 ? 0 : at - 1), hidden: true },
    {
      keys: 'Enter',
      label: texts.shell.open,
      run: () => {
        const item = items[at]
        if (item !== undefined) open(item)
      },
      hidden: true,
    },
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place was chosen
  useEffect(() => {
    element.current?.scrollIntoView({ block: 'nearest' })
  }, [cursor])
  return {
    cursor,
    ref: (found) => {
      if (found !== null) element.current = found
    },
  }
}
