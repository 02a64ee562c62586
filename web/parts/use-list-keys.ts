import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../texts/texts.tsx'
import { type KeyAction, useKeys } from './use-keys.tsx'
import type { Selection } from './use-selection.ts'

/** J and K move through a list, Enter opens; X chooses, Shift and J or K choose on the way. The place is kept by key, so that news on top do not move it. */
export const useListKeys = <T extends { readonly key: string }>(
  items: readonly T[],
  open: (item: T) => void,
  selection?: Selection,
): { readonly cursor: string | null; readonly ref: (element: HTMLElement | null) => void } => {
  const texts = useTexts()
  const [cursor, setCursor] = useState<string | null>(null)
  const element = useRef<HTMLElement | null>(null)
  const at = items.findIndex(({ key }) => key === cursor)
  const moveTo = (index: number): void => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))]
    if (item !== undefined) setCursor(item.key)
  }
  const choosing = ({ toggle, add }: Selection): readonly KeyAction[] => {
    const chooseAndMove = (step: number): void => {
      const next = Math.max(0, Math.min(items.length - 1, at + step))
      add([items[at], items[next]].flatMap((item) => (item === undefined ? [] : [item.key])))
      moveTo(next)
    }
    const toggleHere = (): void => {
      if (cursor !== null && at >= 0) toggle(cursor)
    }
    return [
      { keys: 'x', label: texts.lists.toggle, run: toggleHere },
      { keys: ' ', label: texts.lists.toggle, run: toggleHere, hidden: true },
      { keys: 'shift+j', label: texts.lists.extend, run: () => chooseAndMove(1) },
      { keys: 'shift+k', label: texts.lists.extend, run: () => chooseAndMove(-1), hidden: true },
    ]
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
    ...(selection === undefined ? [] : choosing(selection)),
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
