import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useChangeCiSource, useWaitingReports, type WaitingReports } from '../api/deployments.ts'
import { useMay, useSelf } from '../api/session.ts'
import { CiPlaceField, isPlaced, NO_CI_PLACE, ruleOf } from '../forms/ci-place.tsx'
import { FormDialog } from '../forms/form-dialog.tsx'
import { Badge } from '../parts/badge.tsx'
import { DeploymentFrame } from '../parts/deployment-frame.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Empty } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** What CI systems told and nobody understands yet: by place and what is missing. */
export const WaitingDeployments = () => {
  const { deployments } = useTexts()
  const mayRead = useMay('releases.read')
  const mayPlace = useMay('connections.write')
  const source = useWaitingReports(mayRead)
  const [placed, setPlaced] = useState<WaitingReports | null>(null)
  return (
    <DeploymentFrame about={deployments.waiting.about} mayRead={mayRead}>
      <List
        source={source}
        row={(reports) => <OneWaiting reports={reports} place={() => setPlaced(reports)} />}
        open={(reports) => (mayPlace ? setPlaced(reports) : undefined)}
        empty={
          <Empty icon="system" title={deployments.waiting.empty}>
            {deployments.waiting.emptyAbout}
          </Empty>
        }
      />
      {placed === null ? null : <Place reports={placed} close={() => setPlaced(null)} />}
    </DeploymentFrame>
  )
}

const OneWaiting = ({ reports, place }: { readonly reports: WaitingReports; readonly place: () => void }) => {
  const texts = useTexts()
  const { waiting } = texts.deployments
  const self = useSelf()
  const go = useGo()
  const mayPlace = useMay('connections.write')
  const { environment, source, product, missing, reason, count, lastAt } = reports
  return (
    <Row
      opens
      row={{
        name: waiting.of(environment, source.name),
        face: <Icon name="ask" />,
        about: `${product.name} · ${texts.sentence(reason) ?? reason}`,
        facts: (
          <>
            <Badge tone="warn">{waiting.missing[missing]}</Badge>
            <span>
              {waiting.count(count)}, {waiting.last} <Time at={lastAt} />
            </span>
          </>
        ),
        actions: [
          { label: waiting.home, reason: mayPlace ? null : roleReason(self, texts), run: place },
          ...(missing === 'release'
            ? [{ label: waiting.releases, reason: null, run: () => go(paths.releases()) }]
            : []),
        ],
      }}
    />
  )
}

const Place = ({ reports, close }: { readonly reports: WaitingReports; readonly close: () => void }) => {
  const { deployments } = useTexts()
  const { waiting } = deployments
  const changing = useChangeCiSource()
  const [pattern, setPattern] = useState(reports.environment)
  const [place, setPlace] = useState(NO_CI_PLACE)
  const placed = (): void => {
    close()
    tell({ text: waiting.placed, tone: 'good' })
  }
  return (
    <FormDialog
      isOpen
      close={close}
      title={waiting.homeTitle(reports.environment)}
      send={() =>
        changing.mutate(
          { id: reports.source.id, set: { rule: ruleOf(pattern, place) } },
          { onSuccess: placed },
        )
      }
      sendLabel={waiting.home}
      isSending={changing.isPending}
      error={changing.error}
      isReady={pattern.trim() !== '' && isPlaced(place)}
    >
      <TextInput
        label={waiting.pattern}
        description={waiting.patternAbout}
        required
        maxLength={200}
        value={pattern}
        onChange={(event) => setPattern(event.currentTarget.value)}
      />
      <CiPlaceField product={reports.product.id} value={place} choose={setPlace} />
    </FormDialog>
  )
}
