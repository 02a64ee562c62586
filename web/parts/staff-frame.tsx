import { Outlet } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useLiveEvents } from '../api/events.ts'
import type { Self } from '../api/session.ts'
import { useTexts } from '../texts/texts.tsx'
import { usePath } from './go.tsx'
import { HubNotice } from './hub-notice.tsx'
import { Icon } from './icons.tsx'
import { KeyList } from './key-list.tsx'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { useAppKeys } from './use-app-keys.ts'

/** What a colleague sees around each screen. */
export const StaffFrame = ({ self }: { readonly self: Self }) => {
  const texts = useTexts()
  const liveness = useLiveEvents()
  const [isRailOpen, setRailOpen] = useState(false)
  const [isKeysOpen, setKeysOpen] = useState(false)
  const path = usePath()
  // on a phone the rail lies over the screen it leads to
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path closes it
  useEffect(() => setRailOpen(false), [path])
  useAppKeys(self, () => setKeysOpen(true))
  return (
    <div className={styles.frame}>
      <a className="skip-link" href="#screen">
        {texts.shell.skip}
      </a>
      <header className={styles.top}>
        <button
          type="button"
          className={styles.burger}
          aria-expanded={isRailOpen}
          aria-controls="rail"
          aria-label={texts.shell.menu}
          onClick={() => setRailOpen((isOpen) => !isOpen)}
        >
          <Icon name={isRailOpen ? 'close' : 'menu'} size={18} />
        </button>
        <span className={styles.brand}>Causeway</span>
      </header>
      <Rail self={self} isOpen={isRailOpen} liveness={liveness} showKeys={() => setKeysOpen(true)} />
      <main id="screen" className={styles.screen} tabIndex={-1}>
        <HubNotice self={self} />
        <Outlet />
      </main>
      <Palette />
      <KeyList isOpen={isKeysOpen} close={() => setKeysOpen(false)} />
    </div>
  )
}
