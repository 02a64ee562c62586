import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react'
import { type KeyPlace, lookUp, SEQUENCE_MS } from '../keys.ts'
import { readPreference } from './preferences.ts'

/** One thing a key does here. With a reason it cannot be done now, and the palette and the key say why. */
export interface KeyAction {
  readonly keys: string
  readonly label: string
  readonly run: () => void
  readonly reason?: string | null
  /** Moves in lists are keys only; they would be noise in the palette. */
  readonly hidden?: boolean
}

export interface KeyGroup {
  readonly title: string
  readonly actions: readonly KeyAction[]
}

/** What all mounted screens and parts offer; the last one mounted wins a key that two of them want. */
class KeyRegistry {
  private groups: readonly { readonly id: symbol; readonly group: KeyGroup }[] = []
  private readonly listeners = new Set<() => void>()
  snapshot: readonly KeyGroup[] = []

  set(id: symbol, group: KeyGroup | null): void {
    const others = this.groups.filter((one) => one.id !== id)
    const at = this.groups.findIndex((one) => one.id === id)
    this.groups =
      group === null ? others : at < 0 ? [...others, { id, group }] : this.groups.with(at, { id, group })
    this.snapshot = this.groups.map((one) => one.group)
    for (const listener of this.listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Of all actions on this key, the one that counts. */
  find(keys: string): KeyAction | undefined {
    return this.snapshot.flatMap(({ actions }) => actions).findLast((action) => action.keys === keys)
  }

  offered(): readonly string[] {
    return this.snapshot.flatMap(({ actions }) => actions.map(({ keys }) => keys))
  }
}

const Registry = createContext<KeyRegistry | null>(null)

const useRegistry = (): KeyRegistry => {
  const registry = useContext(Registry)
  if (registry === null) throw new Error('keys are used outside of their provider')
  return registry
}

const TYPING =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=menu]'

const placeOf = (target: EventTarget | null): KeyPlace => {
  const element = target instanceof Element ? target : null
  return {
    isTyping: element?.closest(TYPING) != null,
    isInDialog: document.querySelector('[role=dialog][aria-modal=true], [role=menu]') !== null,
    isOnControl: element?.closest('button, a[href], summary') != null,
  }
}

/** Listens once for the whole app. `onRefused` is told why an action on a key cannot be done. */
export const KeysProvider = ({
  children,
  onRefused,
}: {
  readonly children: ReactNode
  readonly onRefused: (reason: string) => void
}) => {
  const registry = useMemo(() => new KeyRegistry(), [])
  const refused = useRef(onRefused)
  refused.current = onRefused
  useEffect(() => {
    let pending: string | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const options = { singleKeys: readPreference('singleKeys') !== 'off' }
      const { found, pending: next } = lookUp(
        event,
        placeOf(event.target),
        pending,
        registry.offered(),
        options,
      )
      pending = next
      clearTimeout(timer)
      if (pending !== null) timer = setTimeout(() => (pending = null), SEQUENCE_MS)
      const action = found === null ? undefined : registry.find(found)
      if (action === undefined) return
      event.preventDefault()
      if (action.reason != null) refused.current(action.reason)
      else action.run()
    }
    document.addEventListener('keydown', pressed)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('keydown', pressed)
    }
  }, [registry])
  return <Registry.Provider value={registry}>{children}</Registry.Provider>
}

/** Offers these keys while the caller is on the screen. */
export const useKeys = (title: string, actions: readonly KeyAction[]): void => {
  const registry = useRegistry()
  const id = useRef(Symbol('keys'))
  const latest = useRef(actions)
  latest.current = actions
  // what is drawn of an action; `run` is read when it is pressed
  const drawn = JSON.stringify(
    actions.map(({ keys, label, reason, hidden }) => [keys, label, reason, hidden]),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` stands for the actions
  useEffect(() => {
    const key = id.current
    const shown = latest.current.map((action) => ({
      ...action,
      run: () => latest.current.find((one) => one.keys === action.keys)?.run(),
    }))
    registry.set(key, { title, actions: shown })
  }, [registry, title, drawn])
  useEffect(() => {
    const key = id.current
    return () => registry.set(key, null)
  }, [registry])
}

/** Everything offered now, for the palette and the list of keys. */
export const useOfferedKeys = (): readonly KeyGroup[] => {
  const registry = useRegistry()
  return useSyncExternalStore(registry.subscribe, () => registry.snapshot)
}
