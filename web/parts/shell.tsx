import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useLiveEvents } from '../api/events.ts'
import { type Self, SelfProvider, selfQuery, setupQuery } from '../api/session.ts'
import { paths, placeFor } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { useGo, usePath } from './go.tsx'
import { Icon } from './icons.tsx'
import { KeyList } from './key-list.tsx'
import { Palette } from './palette.tsx'
import { PortalFrame } from './portal-frame.tsx'
import { Rail } from './rail.tsx'
import { isCustomer } from './roles.ts'
import styles from './shell.module.css'
import { Failed } from './states.tsx'
import { useAppKeys } from './use-app-keys.ts'

/** Every screen behind the sign-in: who is not signed in is led there, and comes back to where they wanted to go. */
export const Shell = () => {
  const self = useQuery(selfQuery)
  const setup = useQuery({ ...setupQuery, enabled: self.data === null, retry: false })
  const go = useGo()
  const isNobody = self.data === null
  // a server that cannot say whether it is set up can still be signed in to
  const isKnown = setup.isSuccess || setup.isError
  const needsSetup = setup.data?.needed === true
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is made anew each time and does the same
  useEffect(() => {
    if (!isNobody || !isKnown) return
    // read now and not followed: this screen stays until the next one's file is here, and must not lead on from there
    const wanted = `${location.pathname}${location.search}`
    go(needsSetup ? paths.welcome() : paths.signIn(wanted), { replace: true })
  }, [isNobody, isKnown, needsSetup])
  if (self.isError) return <Failed isScreen error={self.error} retry={() => void self.refetch()} />
  if (self.data == null) return <Waiting />
  return (
    <SelfProvider value={self.data}>
      <Framed self={self.data} />
    </SelfProvider>
  )
}

/** Customers see the portal, colleagues the desk; an address of the other's leads to where the same is shown. */
const Framed = ({ self }: { readonly self: Self }) => {
  const go = useGo()
  const path = usePath()
  const elsewhere = placeFor(isCustomer(self) ? 'customer' : 'colleague', path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is made anew each time and does the same
  useEffect(() => {
    if (elsewhere !== null) go(elsewhere, { replace: true })
  }, [elsewhere])
  if (elsewhere !== null) return <Waiting />
  return isCustomer(self) ? <PortalFrame self={self} /> : <Frame self={self} />
}

const Waiting = () => {
  const texts = useTexts()
  return (
    <div className={styles.waiting} role="status">
      <span className="visually-hidden">{texts.states.loading}</span>
    </div>
  )
}

const Frame = ({ self }: { readonly self: Self }) => {
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
        <Outlet />
      </main>
      <Palette />
      <KeyList isOpen={isKeysOpen} close={() => setKeysOpen(false)} />
    </div>
  )
}
