import type { WorkSignal } from './run-command.ts'

/** Tells everyone in this process who waits that something was committed. */
export interface HeardSignal extends WorkSignal {
  /** Returns how to stop listening. */
  listen(heard: () => void): () => void
}

export const makeSignal = (): HeardSignal => {
  const listeners = new Set<() => void>()
  return {
    notify: () => {
      for (const heard of listeners) heard()
    },
    listen: (heard) => {
      listeners.add(heard)
      return () => {
        listeners.delete(heard)
      }
    },
  }
}
