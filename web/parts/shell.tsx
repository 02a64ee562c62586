import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { type Self, SelfProvider, selfQuery, setupQuery } from '../api/session.ts'
import { paths, placeFor } from '../paths.ts'
import { chosenLanguage, useTexts } from '../texts/texts.tsx'
import { useDrawnPath, useGo, usePath } from './go.tsx'
import { isCustomer } from './roles.ts'
import styles from './shell.module.css'
import { Failed } from './states.tsx'
import { useSelfPreferences } from './use-self-preferences.ts'

// a customer fetches nothing of the desk, and a colleague nothing of the portal
const Frame = lazy(async () => {
  const [{ StaffFrame }, { DeskTextsProvider, first }] = await Promise.all([
    import('./staff-frame.tsx'),
    import('../texts/desk-texts.tsx').then(async ({ DeskTextsProvider, loadDeskTexts }) => ({
      DeskTextsProvider,
      first: await loadDeskTexts(chosenLanguage()),
    })),
  ])
  return {
    default: ({ self }: { readonly self: Self }) => (
      <DeskTextsProvider first={first}>
        <StaffFrame self={self} />
      </DeskTextsProvider>
    ),
  }
})
/** Seldom needed, and it draws pictures. */
const FactorFirst = lazy(async () => ({ default: (await import('../pages/factor-first.tsx')).FactorFirst }))
const PortalFrame = lazy(async () => ({ default: (await import('../portal/portal-frame.tsx')).PortalFrame }))

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
  useSelfPreferences(self)
  const drawn = useDrawnPath()
  const who = isCustomer(self) ? 'customer' : 'colleague'
  const elsewhere = placeFor(who, path)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is made anew each time and does the same
  useEffect(() => {
    if (elsewhere !== null) go(elsewhere, { replace: true })
  }, [elsewhere])
  // the frame of one side holds no screen of the other, not even for the moment until the next one is here
  if (elsewhere !== null || placeFor(who, drawn) !== null) return <Waiting />
  return (
    <Suspense fallback={<Waiting />}>
      {self.mustAddFactor ? (
        <FactorFirst self={self} />
      ) : isCustomer(self) ? (
        <PortalFrame self={self} />
      ) : (
        <Frame self={self} />
      )}
    </Suspense>
  )
}

const Waiting = () => {
  const texts = useTexts()
  return (
    <div className={styles.waiting} role="status">
      <span className="visually-hidden">{texts.states.loading}</span>
    </div>
  )
}
