import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { type TabbedPart, TabbedScreen } from './tabbed-screen.tsx'

/** What the screens about deployments have in common. */
export const DeploymentFrame = (part: TabbedPart) => {
  const { title, waiting, sources } = useTexts().deployments
  const maySeeSources = useMay('connections.read')
  const places = [
    { to: paths.deployments(), label: title },
    { to: paths.waitingDeployments(), label: waiting.title },
    ...(maySeeSources ? [{ to: paths.ciSources(), label: sources.title }] : []),
  ]
  return <TabbedScreen {...part} title={title} places={places} />
}
