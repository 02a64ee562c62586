import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ReleaseOfFix, type WorkTrace, workItemTraceQuery } from '../api/trace.ts'
import type { WorkItem } from '../api/work-items.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { CommitList } from './commit-list.tsx'
import { Go } from './go.tsx'
import { FactList, Facts } from './record.tsx'
import { FormProblem } from './states.tsx'
import { Time } from './time.tsx'
import { HAS_TONES, RELEASE_TONES } from './tones.ts'
import styles from './trace.module.css'
import { WhoHasIt } from './who-has-it.tsx'

/** As many as are told of one work item. */
const MOST_COMMITS = 50

/** Which releases have it, as their commits say, and who runs one of them. Nothing, where no commit names it. */
export const WorkItemReleases = ({ item }: { readonly item: Pick<WorkItem, 'id' | 'key'> }) => {
  const { trace: words } = useTexts()
  const trace = useQuery(workItemTraceQuery(item.id))
  if (trace.isError && trace.data === undefined)
    return (
      <Facts title={words.releases}>
        <FormProblem error={trace.error} />
      </Facts>
    )
  const { data } = trace
  if (data === undefined || data.commits.length + data.firstIn.length + data.leftIn.length === 0) return null
  return (
    <Facts title={words.releases}>
      <FactList
        facts={[
          [
            words.firstIn,
            data.firstIn.length === 0 ? (
              <span key="n" className="quiet">
                {words.inNone}
              </span>
            ) : (
              <Reached key="f" releases={data.firstIn} />
            ),
          ],
          ...(data.leftIn.length === 0
            ? []
            : [[words.leftIn, <Reached key="l" releases={data.leftIn} isLoss />] as const]),
          ...(data.firstIn.length === 0
            ? []
            : [[words.whoHas, <Counts key="w" item={item} {...data.installations} />] as const]),
        ]}
      />
      <CommitList of={item.key} commits={data.commits} most={MOST_COMMITS} />
    </Facts>
  )
}

const Reached = ({
  releases,
  isLoss = false,
}: {
  readonly releases: readonly ReleaseOfFix[]
  /** Who updates to one of these has it no more. */
  readonly isLoss?: boolean
}) => {
  const texts = useTexts()
  return (
    <ul className={styles.links}>
      {releases.map(({ id, name, state, at }) => (
        <li key={id} className={styles.reached}>
          <Go to={paths.release(id)}>{name}</Go>
          <Badge tone={isLoss ? 'warn' : RELEASE_TONES[state]}>{texts.words.releaseState[state]}</Badge>
          <small>
            <Time at={at} />
          </small>
        </li>
      ))}
    </ul>
  )
}

/** How many installations have it; one press shows which. */
const Counts = ({
  item,
  have,
  lack,
  unknown,
}: WorkTrace['installations'] & { readonly item: Pick<WorkItem, 'id' | 'key'> }) => {
  const { trace: words } = useTexts()
  const [isOpen, setOpen] = useState(false)
  const counts = [
    ['yes', have] as const,
    ['no', lack] as const,
    ...(unknown === 0 ? [] : [['unknown', unknown] as const]),
  ]
  if (have + lack + unknown === 0) return <span className="quiet">{words.noInstallations}</span>
  return (
    <>
      <div className={styles.counts}>
        {counts.map(([standing, count]) => (
          <Badge key={standing} tone={count === 0 ? 'plain' : HAS_TONES[standing]}>
            {words.counts[standing](count)}
          </Badge>
        ))}
      </div>
      <Button variant="default" onClick={() => setOpen(true)}>
        {words.showWho}
      </Button>
      {isOpen ? <WhoHasIt item={item} close={() => setOpen(false)} /> : null}
    </>
  )
}
