import { Button } from '@mantine/core'
import { useState } from 'react'
import { DEPLOYMENT_STATES } from '../../src/domain/deployment.ts'
import { type Deployment, useDeployments, useRollBack } from '../api/deployments.ts'
import { useMay, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { Badge } from '../parts/badge.tsx'
import { DeploymentFrame } from '../parts/deployment-frame.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters } from '../parts/screen.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { DEPLOYMENT_TONES } from '../parts/tones.ts'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { environment: 'any', product: 'any', release: 'any', state: DEPLOYMENT_STATES } as const

/** What went where, when, from which change, and how it went. */
export const Deployments = () => {
  const texts = useTexts()
  const { deployments } = texts
  const go = useGo()
  const mayRead = useMay('releases.read')
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.deployments)
  const source = useDeployments(filters, mayRead)
  const [isBack, setBack] = useState<Deployment | null>(null)
  const clearing = (
    <Button variant="default" onClick={clear}>
      {texts.filters.clear}
    </Button>
  )
  return (
    <DeploymentFrame about={deployments.about} mayRead={mayRead}>
      <Filters label={texts.filters.title}>
        <PickRecord
          noun="products"
          label={texts.fields.product}
          isLabelHidden
          value={filters.product ?? null}
          choose={(product) => set('product', product)}
        />
        <WordFilter
          label={deployments.state}
          words={deployments.states}
          value={filters.state}
          set={(state) => set('state', state)}
        />
        {filters.environment !== undefined || filters.release !== undefined ? clearing : null}
      </Filters>
      <List
        source={source}
        row={(deployment) => <OneDeployment deployment={deployment} rollBack={() => setBack(deployment)} />}
        open={({ release }) => go(paths.release(release.id))}
        empty={
          isFiltered ? (
            <Empty icon="search" title={deployments.none} actions={clearing}>
              {deployments.about}
            </Empty>
          ) : (
            <Empty icon="system" title={deployments.empty}>
              {deployments.emptyAbout}
            </Empty>
          )
        }
      />
      {isBack === null ? null : <RollBack deployment={isBack} close={() => setBack(null)} />}
    </DeploymentFrame>
  )
}

const usePlace = (): ((deployment: Deployment) => string) => {
  return ({ environment, installation }) =>
    environment?.name ??
    (installation === null ? '' : `${installation.customer.name} · ${installation.environment}`)
}

const OneDeployment = ({
  deployment,
  rollBack,
}: {
  readonly deployment: Deployment
  readonly rollBack: () => void
}) => {
  const texts = useTexts()
  const { deployments } = texts
  const self = useSelf()
  const go = useGo()
  const mayTell = useMay('environments.deploy')
  const placeOf = usePlace()
  const { product, release, commit, build, state, startedAt, finishedAt, source, url, change } = deployment
  const from = [
    product.name,
    ...(build === null ? [] : [build]),
    ...(commit === null ? [] : [commit.slice(0, 12)]),
    ...(change === null ? [] : [change.key]),
  ]
  const notNow = state === 'succeeded' ? null : deployments.notSucceeded
  return (
    <Row
      opens
      row={{
        name: deployments.to(release.name, placeOf(deployment)),
        face: <Icon name="system" />,
        about: `${from.join(' · ')} · ${deployments.told(source)}`,
        facts: (
          <>
            <Badge tone={DEPLOYMENT_TONES[state]}>{deployments.states[state]}</Badge>
            <span>
              {finishedAt === null ? `${deployments.started} ` : ''}
              <Time at={finishedAt ?? startedAt} />
            </span>
          </>
        ),
        actions: [
          { label: deployments.openRelease, reason: null, run: () => go(paths.release(release.id)) },
          ...(change === null
            ? []
            : [{ label: deployments.openChange, reason: null, run: () => go(paths.change(change.key)) }]),
          ...(url === null
            ? []
            : [
                {
                  label: deployments.openThere,
                  reason: null,
                  run: () => void globalThis.open(url, '_blank', 'noopener,noreferrer'),
                },
              ]),
          {
            label: deployments.rollBack,
            reason: mayTell ? notNow : roleReason(self, texts),
            run: rollBack,
          },
        ],
      }}
    />
  )
}

const RollBack = ({ deployment, close }: { readonly deployment: Deployment; readonly close: () => void }) => {
  const { deployments } = useTexts()
  const placeOf = usePlace()
  const rolling = useRollBack()
  return (
    <FormDialog
      isOpen
      isDanger
      close={close}
      title={deployments.rollBackTitle(deployments.to(deployment.release.name, placeOf(deployment)))}
      send={() => rolling.mutate(deployment, { onSuccess: close })}
      sendLabel={deployments.rollBack}
      isSending={rolling.isPending}
      error={rolling.error}
    >
      <p className="plain">{deployments.rollBackAbout}</p>
    </FormDialog>
  )
}
