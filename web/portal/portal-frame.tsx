import { spotlight } from '@mantine/spotlight'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useLiveEvents } from '../api/events.ts'
import type { Self } from '../api/session.ts'
import { Go, useGo, usePath } from '../parts/go.tsx'
import { KeyList } from '../parts/key-list.tsx'
import { SelfMenu } from '../parts/self-menu.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import styles from './portal.module.css'

// nobody presses a key before the screen is there
const PortalPalette = lazy(async () => ({ default: (await import('./portal-palette.tsx')).PortalPalette }))

/** What a customer sees around their requests: nothing of the desk. */
export const PortalFrame = ({ self }: { readonly self: Self }) => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const path = usePath()
  const [isKeysOpen, setKeysOpen] = useState(false)
  useLiveEvents()
  useKeys(texts.shell.everywhere, [
    { keys: 'mod+k', label: texts.shell.palette, run: () => spotlight.toggle(), hidden: true },
    { keys: '?', label: texts.shell.keys, run: () => setKeysOpen(true) },
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
          <SelfMenu self={self} showKeys={() => setKeysOpen(true)} about={self.email ?? undefined} />
        </div>
      </header>
      <main id="screen" className={styles.screen} tabIndex={-1}>
        <div className={styles.column}>
          <Outlet />
        </div>
      </main>
      <Suspense fallback={null}>
        <PortalPalette />
      </Suspense>
      <KeyList isOpen={isKeysOpen} close={() => setKeysOpen(false)} />
    </div>
  )
}
