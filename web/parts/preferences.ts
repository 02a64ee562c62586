import { useSyncExternalStore } from 'react'

/** Small choices of one reader at one browser: language, single keys. Kept here, because nobody else needs them. */
const NAMES = {
  language: 'causeway.language',
  singleKeys: 'causeway.single-keys',
  timeZone: 'causeway.time-zone',
  editor: 'causeway.editor',
  railFolded: 'causeway.rail-folded',
} as const
export type PreferenceName = keyof typeof NAMES

const listeners = new Set<() => void>()

/** Null: never chosen, or the browser keeps nothing (private windows may throw). */
export const readPreference = (name: PreferenceName): string | null => {
  try {
    return localStorage.getItem(NAMES[name])
  } catch {
    return null
  }
}

/** Null: as if it was never chosen. */
export const writePreference = (name: PreferenceName, value: string | null): void => {
  if (readPreference(name) === value) return
  try {
    if (value === null) localStorage.removeItem(NAMES[name])
    else localStorage.setItem(NAMES[name], value)
  } catch {
    // it then holds until the page is loaded again: nothing to tell anybody
  }
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePreference = (name: PreferenceName): string | null =>
  useSyncExternalStore(subscribe, () => readPreference(name))

export const useSingleKeys = (): boolean => usePreference('singleKeys') !== 'off'

/** Who reads with other software, or likes it so, writes Markdown in a plain field. */
export const useRichEditor = (): boolean => usePreference('editor') !== 'plain'
