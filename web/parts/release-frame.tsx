import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { RELEASE_STATES } from '../../src/domain/words.ts'
import { type Release as ReleaseRecord, releaseQuery, useReleaseStep } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { EndReleaseDialog, EstimateDialog, RenameReleaseDialog } from '../forms/release-dialogs.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go, useParam } from './go.tsx'
import { Mirrors } from './mirrors.tsx'
import { Actions, FactList, Facts, RecordHead, RecordLayout, Road, Station } from './record.tsx'
import { useReleaseWords } from './release-station.tsx'
import { roleReason } from './roles.ts'
import { useTabTitle } from './screen.tsx'
import { Failed, Loading, NoRights } from './states.tsx'
import { Tabs } from './tabs.tsx'
import { tell } from './tell.tsx'
import { RELEASE_TONES } from './tones.ts'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** A release as each of its tabs shows it: what it is, what can be done with it, and one part of it below. */
export const ReleaseFrame = ({ children }: { readonly children: (release: ReleaseRecord) => ReactNode }) => {
  const id = useParam('id')
  const mayRead = useMay('releases.read')
  const release = useQuery({ ...releaseQuery(id), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (release.isPending) return <Loading />
  if (release.data === undefined)
    return <Failed isScreen error={release.error} retry={() => void release.refetch()} />
  return (
    <OneRelease key={id} release={release.data}>
      {children(release.data)}
    </OneRelease>
  )
}

const OneRelease = ({
  release,
  children,
}: {
  readonly release: ReleaseRecord
  readonly children: ReactNode
}) => {
  const texts = useTexts()
  const when = useReleaseWords()
  const { name, product, state, workItems = 0, doneWorkItems = 0, tickets = 0, mirrors = [] } = release
  useTabTitle(`${product.name} ${name}`)
  return (
    <RecordLayout
      panel={
        <>
          <Facts title={texts.panel.where}>
            <FactList facts={[[texts.fields.product, product.name]]} />
          </Facts>
          {mirrors.length === 0 ? null : (
            <Facts title={texts.panel.mirrors}>
              <Mirrors mirrors={mirrors} of={name} />
            </Facts>
          )}
        </>
      }
    >
      <RecordHead
        title={name}
        crumbs={
          <>
            <Go to={paths.releases()}>{texts.releases.title}</Go>
            <span>/</span>
            <Go to={paths.releases({ product: product.id })}>{product.name}</Go>
          </>
        }
      >
        <Road>
          <Station title={texts.fields.status} about={when(release)}>
            <Badge tone={RELEASE_TONES[state]} large>
              {texts.words.releaseState[state]}
            </Badge>
          </Station>
          <Station title={texts.releases.inIt}>
            <strong>{texts.releases.scope(doneWorkItems, workItems)}</strong>
          </Station>
          <Station title={texts.fields.tickets}>
            <strong>{texts.releases.waiting(tickets)}</strong>
          </Station>
        </Road>
      </RecordHead>
      <Toolbar release={release} />
      <ReleaseTabs id={release.id} />
      {children}
    </RecordLayout>
  )
}

const ReleaseTabs = ({ id }: { readonly id: string }) => {
  const {
    release: { tabs, title },
    releaseNotes,
    acceptance,
    goLive,
  } = useTexts()
  return (
    <Tabs
      label={title}
      places={[
        { to: paths.release(id), label: tabs.plan },
        { to: paths.releaseNotes(id), label: releaseNotes.title },
        { to: paths.releaseAcceptance(id), label: acceptance.title },
        { to: paths.releaseGoLive(id), label: goLive.title },
        { to: paths.releaseContents(id), label: tabs.contents },
        { to: paths.releaseWaiting(id), label: tabs.waiting },
        { to: paths.releaseInstallations(id), label: tabs.installations },
      ]}
    />
  )
}

const Toolbar = ({ release }: { readonly release: ReleaseRecord }) => {
  const texts = useTexts()
  const self = useSelf()
  const mayWrite = useMay('releases.write')
  const step = useReleaseStep()
  const tellProblem = useTellProblem()
  const [dialog, setDialog] = useState<'estimate' | 'rename' | 'release' | 'withdraw' | null>(null)
  const close = (): void => setDialog(null)
  const { state } = release
  const inState = texts.reasons.state(texts.words.releaseState[state])
  const isOver = state === 'released' || state === 'withdrawn'
  const role = mayWrite ? null : roleReason(self, texts)
  const unlessOver = role ?? (isOver ? inState : null)
  const set = (to: ReleaseRecord['state'], undo?: ReleaseRecord['state']): void =>
    step.mutate(
      { step: 'state', id: release.id, body: to },
      {
        onSuccess: () =>
          tell({
            text: texts.releases.done.state,
            tone: 'good',
            ...(undo === undefined ? {} : { undo: { label: texts.forms.undo, run: () => set(undo) } }),
          }),
        onError: tellProblem,
      },
    )
  const actions = [
    ['e', 'estimate', unlessOver],
    ['r', 'release', unlessOver],
    ['w', 'withdraw', role ?? (state === 'withdrawn' ? inState : null)],
    ['n', 'rename', role],
  ] as const
  useKeys(
    release.name,
    actions.map(([keys, action, reason]) => ({
      keys,
      label: texts.releases[action],
      run: () => setDialog(action),
      reason,
    })),
  )
  // the two ends have steps of their own, which are asked about
  const between = RELEASE_STATES.filter((one) => one !== 'released' && one !== 'withdrawn' && one !== state)
  return (
    <>
      <Actions label={texts.releases.toolbar}>
        {actions.map(([keys, action, reason]) => (
          <ActionButton
            key={action}
            label={texts.releases[action]}
            keys={keys}
            reason={reason}
            run={() => setDialog(action)}
          />
        ))}
        {unlessOver === null ? (
          <Menu shadow="md" position="bottom-start">
            <Menu.Target>
              <Button variant="default" loading={step.isPending}>
                {texts.releases.move}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {between.map((to) => (
                <Menu.Item key={to} onClick={() => set(to, state)}>
                  {texts.words.releaseState[to]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <ActionButton label={texts.releases.move} reason={unlessOver} run={() => {}} />
        )}
      </Actions>
      {dialog === 'estimate' ? <EstimateDialog release={release} close={close} /> : null}
      {dialog === 'rename' ? <RenameReleaseDialog release={release} close={close} /> : null}
      {dialog === 'release' || dialog === 'withdraw' ? (
        <EndReleaseDialog release={release} end={dialog} close={close} />
      ) : null}
    </>
  )
}
