import { useRouter, useRouterState } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent } from 'react'

/** A link to an address of paths.ts. A plain click stays in the app; any other is the browser's. */
export const Go = ({
  to,
  onClick,
  ...rest
}: { readonly to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) => {
  const go = useGo()
  const clicked = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !isPlain) return
    event.preventDefault()
    go(to)
  }
  return <a href={to} onClick={clicked} {...rest} />
}

export const useGo = (): ((to: string, options?: { readonly replace?: boolean }) => void) => {
  const router = useRouter()
  return (to, options) => (options?.replace === true ? router.history.replace(to) : router.history.push(to))
}

/** The path now, without the query. */
export const usePath = (): string => useRouterState({ select: ({ location }) => location.pathname })

/** The path of the screen that is drawn: on the way to another one, still where one comes from. */
export const useDrawnPath = (): string =>
  useRouterState({ select: ({ matches, location }) => matches.at(-1)?.pathname ?? location.pathname })

/** What stands behind the `?`, by name. */
export const useQueryOfAddress = (): Readonly<Record<string, string | undefined>> =>
  useRouterState({ select: ({ location }) => location.search as Record<string, string | undefined> })

/** A part of the path by its name in router.tsx. */
export const useParam = (name: string): string =>
  useRouterState({
    select: ({ matches }) => (matches.at(-1)?.params as Record<string, string> | undefined)?.[name] ?? '',
  })

/** What stands behind the `#`. */
export const useHash = (): string => useRouterState({ select: ({ location }) => location.hash })
