import { useDeployments } from '../api/deployments.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import styles from './change.module.css'
import { Go } from './go.tsx'
import { More } from './list.tsx'
import { Block } from './record.tsx'
import { Time } from './time.tsx'
import { DEPLOYMENT_TONES } from './tones.ts'

/** What was put where in carrying out a change. */
export const ChangeDeployments = ({ changeId }: { readonly changeId: string }) => {
  const { changes, deployments } = useTexts()
  const source = useDeployments({ change: changeId }, useMay('releases.read'))
  return (
    <Block title={changes.deployments.title}>
      {source.items.length === 0 ? <p className="quiet">{changes.deployments.none}</p> : null}
      <ul className={styles.keys}>
        {source.items.map(({ id, release, environment, installation, state, startedAt }) => (
          <li key={id}>
            <Badge tone={DEPLOYMENT_TONES[state]}>{deployments.states[state]}</Badge>
            <Go to={paths.release(release.id)}>
              {deployments.to(release.name, environment?.name ?? installation?.customer.name ?? '')}
            </Go>
            <Time at={startedAt} />
          </li>
        ))}
      </ul>
      <More source={source} />
    </Block>
  )
}
