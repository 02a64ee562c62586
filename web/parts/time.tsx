import { useSyncExternalStore } from 'react'
import { useLocale } from '../texts/texts.tsx'
import { dateFormat, numberFormat, relativeFormat } from './formatters.ts'
import { usePreference } from './preferences.ts'
import { lastingParts, relativeParts } from './relative-parts.ts'

const TICK_MS = 30_000

/** One clock for all times on the screen; it stands still while nobody looks. */
const clock = (() => {
  let now = Date.now()
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | null = null
  const tick = (): void => {
    now = Date.now()
    for (const listener of listeners) listener()
  }
  return {
    now: () => now,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      timer ??= setInterval(tick, TICK_MS)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0 || timer === null) return
        clearInterval(timer)
        timer = null
      }
    },
  }
})()

/** "3 hours ago", with the exact moment, its zone included, on hover. */
export const Time = ({ at, short = false }: { readonly at: string; readonly short?: boolean }) => {
  const locale = useLocale()
  const now = useSyncExternalStore(clock.subscribe, clock.now)
  const date = new Date(at)
  const { value, unit } = relativeParts(date.getTime() - now)
  const words = relativeFormat(locale, { numeric: 'auto', style: short ? 'narrow' : 'long' })
  const exact = useExact()
  return (
    <time dateTime={at} title={exact(date)}>
      {words.format(value, unit)}
    </time>
  )
}

/** "3 hr": how long it has lasted since then, with the exact moment on hover. */
export const Lasting = ({ since }: { readonly since: string }) => {
  const locale = useLocale()
  const now = useSyncExternalStore(clock.subscribe, clock.now)
  const date = new Date(since)
  const { value, unit, isLess } = lastingParts(now - date.getTime())
  const words = numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' })
  const exact = useExact()
  return (
    <time dateTime={since} title={exact(date)}>
      {isLess ? `< ${words.format(value)}` : words.format(value)}
    </time>
  )
}

const useExact = (): ((date: Date) => string) => {
  const locale = useLocale()
  const zone = useTimeZone()
  const words = dateFormat(locale, {
    ...{ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' },
    timeZoneName: 'short',
    ...(zone === null ? {} : { timeZone: zone }),
  } as const)
  return (date) => words.format(date)
}

/** As the reader chose it, in their profile; null: of the device. */
export const useTimeZone = (): string | null => usePreference('timeZone')

/** A day as the reader writes it; days have no zone. */
export const useDay = (): ((day: string) => string) => {
  const locale = useLocale()
  const words = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (day) => words.format(dateOf(day))
}

const dateOf = (day: string): Date => new Date(`${day.slice(0, 10)}T00:00:00Z`)

/** `10 – 18 Dec 2026`: what both days share is said once. Of one day only: that one; null: of neither. */
export const useDays = (): ((from: string | null, to: string | null) => string | null) => {
  const locale = useLocale()
  const words = dateFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  return (from, to) => {
    const [first, last] = [from ?? to, to ?? from]
    return first === null || last === null ? null : words.formatRange(dateOf(first), dateOf(last))
  }
}

/** `3 Mar, 14:00` and `3 Mar, 14:00 – 16:00`, in the reader's zone: for what is planned to the minute. */
export const useMoments = (): {
  readonly moment: (at: string) => string
  readonly range: (from: string, to: string) => string
} => {
  const locale = useLocale()
  const zone = useTimeZone()
  const words = dateFormat(locale, {
    ...{ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
    ...(zone === null ? {} : { timeZone: zone }),
  } as const)
  return {
    moment: (at) => words.format(new Date(at)),
    range: (from, to) => words.formatRange(new Date(from), new Date(to)),
  }
}

/** `Tuesday, 3 March`; days have no zone. */
export const useLongDay = (): ((day: string) => string) => {
  const locale = useLocale()
  const words = dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
  return (day) => words.format(dateOf(day))
}

/** `March 2026`. */
export const useMonth = (): ((day: string) => string) => {
  const locale = useLocale()
  const words = dateFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  return (day) => words.format(dateOf(day))
}
