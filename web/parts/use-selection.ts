import { useState } from 'react'

/** Which rows of a list are chosen, by their keys. What no longer is in the list may still be chosen: it was seen. */
export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly toggle: (key: string) => void
  /** Chooses these besides. */
  readonly add: (keys: readonly string[]) => void
  /** Chooses these and no others. */
  readonly only: (keys: readonly string[]) => void
  readonly clear: () => void
}

export const useSelection = (): Selection => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  return {
    chosen,
    toggle: (key) =>
      setChosen((before) => {
        const next = new Set(before)
        if (!next.delete(key)) next.add(key)
        return next
      }),
    add: (keys) => setChosen((before) => new Set([...before, ...keys])),
    only: (keys) => setChosen(new Set(keys)),
    clear: () => setChosen(new Set()),
  }
}
