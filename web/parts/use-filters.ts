import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useGo, useQueryOfAddress } from './go.tsx'

const TYPED_MS = 250
/** Back leads past what was typed, not through each pause of it. */
const TYPED: readonly string[] = ['text', 'q', 'version']

/**
 * The filters of a list, kept in its address: what one sees can be sent to a colleague, and Back takes a filter back.
 * Only words that the list knows are read; anything else in an address is nobody's filter.
 */
export const useFilters = <K extends string>(
  known: Readonly<Record<K, readonly string[] | 'any'>>,
  addressOf: (filters: Partial<Record<K, string>>) => string,
) => {
  const query = useQueryOfAddress()
  const go = useGo()
  const filters: Partial<Record<K, string>> = {}
  for (const name of Object.keys(known) as K[]) {
    const value = query[name]
    const words = known[name]
    if (value !== undefined && (words === 'any' || words.includes(value))) filters[name] = value
  }
  const set = (name: K, value: string | null): void => {
    // a query takes the place of the older `text`, which links may still hold
    const drops = (one: string): boolean => one === name || (name === 'q' && one === 'text')
    const others = Object.fromEntries(Object.entries(filters).filter(([one]) => !drops(one)))
    const next = { ...others, ...(value === null || value === '' ? {} : { [name]: value }) }
    go(addressOf(next as Partial<Record<K, string>>), { replace: TYPED.includes(name) })
  }
  const setAll = (next: Partial<Record<K, string | undefined>>): void =>
    go(addressOf(next as Partial<Record<K, string>>))
  return { filters, set, setAll, isFiltered: Object.keys(filters).length > 0, clear: () => setAll({}) }
}

/** A field that asks when the typing pauses. */
export const useTypedFilter = (value: string, set: (value: string) => void) => {
  const [typed, setTyped] = useState(value)
  const [last, setLast] = useState(value)
  const later = useDebouncedCallback(set, TYPED_MS)
  // the address changed by itself: Back, or a link
  if (value !== last) {
    setLast(value)
    if (value !== typed.trim()) setTyped(value)
  }
  return {
    value: typed,
    type: (text: string) => {
      setTyped(text)
      later(text.trim())
    },
  }
}
