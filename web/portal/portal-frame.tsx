import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useLiveEvents } from '../api/events.ts'
import type { Self } from '../api/session.ts'
import { Go, useGo, usePath } from '../parts/go.tsx'
import { openPalette } from '../parts/open-palette.ts'
import { SelfMenu } from '../parts/self-menu.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import styles from './portal.module.css'

// fetched when they are first asked for: many customers never do
const KeyList = lazy(async () => ({ default: (await import('../parts/key-list.tsx')).KeyList }))
const PortalPalette = lazy(async () => ({ default: (await import('./portal-palette.tsx')).PortalPalette }))

/** What a customer sees around their requests: nothing of the desk. */
export const PortalFrame = ({ self }: { readonly self: Self }) => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const path = usePath()
  const [isKeysOpen, setKeysOpen] = useState(false)
  const [wantsKeys, setWantsKeys] = useState(false)
  const [wantsPalette, setWantsPalette] = useState(false)
  const showKeys = (): void => {
    setWantsKeys(true)
    setKeysOpen(true)
  }
  const showPalette = (): void => {
    setWantsPalette(true)
    openPalette()
  }
  useLiveEvents()
  useKeys(texts.shell.everywhere, [
    { keys: 'mod+k', label: texts.shell.palette, run: showPalette, hidden: true },
    { keys: '?', label: texts.shell.keys, run: showKeys },
    { keys: 'g t', label: texts.shell.goTo(portal.mine), run: () => go(paths.requests()) },
    { keys: 'g i', label: texts.shell.goTo(texts.profile.title), run: () => go(paths.profile()) },
    { keys: 'c', label: portal.newRequest, run: () => go(paths.newRequest()) },
  ])
  const places = [
    { to: paths.requests(), label: self.roles.includes('customer admin') ? portal.theirs : portal.mine },
    { to: paths.newRequest(), label: portal.newRequest },
  ]
  return (
    <div className={styles.frame}>
      <a className="skip-link" href="#screen">
        {texts.shell.skip}
      </a>
      <header className={styles.top}>
        <Go to={paths.requests()} className={styles.brand}>
          <img src="/favicon.svg" alt="" width={22} height={22} />
          Causeway
        </Go>
        <nav className={styles.places} aria-label={portal.navigation}>
          {places.map(({ to, label }) => (
            <Go key={to} to={to} aria-current={path === to ? 'page' : undefined}>
              {label}
            </Go>
          ))}
        </nav>
        <div className={styles.me}>
          <SelfMenu self={self} showKeys={showKeys} about={self.email ?? undefined} />
        </div>
      </header>
      <main id="screen" className={styles.screen} tabIndex={-1}>
        <div className={styles.column}>
          <Outlet />
        </div>
      </main>
      <Suspense fallback={null}>
        {wantsPalette ? <PortalPalette /> : null}
        {wantsKeys ? <KeyList isOpen={isKeysOpen} close={() => setKeysOpen(false)} /> : null}
      </Suspense>
    </div>
  )
}
