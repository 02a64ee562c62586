import type { ReactNode } from 'react'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ScreenHead } from './screen.tsx'
import { NoRights } from './states.tsx'
import { Tabs } from './tabs.tsx'

/** What the screens about deployments have in common. */
export const DeploymentFrame = ({
  about,
  mayRead,
  action,
  children,
}: {
  readonly about: string
  readonly mayRead: boolean
  readonly action?: ReactNode
  readonly children: ReactNode
}) => {
  const { deployments } = useTexts()
  const maySeeSources = useMay('connections.read')
  const places = [
    { to: paths.deployments(), label: deployments.title },
    { to: paths.waitingDeployments(), label: deployments.waiting.title },
    ...(maySeeSources ? [{ to: paths.ciSources(), label: deployments.sources.title }] : []),
  ]
  return (
    <>
      <ScreenHead title={deployments.title} about={about}>
        {mayRead ? action : null}
      </ScreenHead>
      <Tabs label={deployments.tabs} places={places} />
      {mayRead ? children : <NoRights />}
    </>
  )
}
