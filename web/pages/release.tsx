import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { RELEASE_STATES } from '../../src/domain/words.ts'
import { historyOf, type Release as ReleaseRecord, releaseQuery, useReleaseStep } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { type ListedWorkItem, useWorkItems } from '../api/work-items.ts'
import { EndReleaseDialog, EstimateDialog, RenameReleaseDialog } from '../forms/release-dialogs.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Go, useGo, useParam } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Mirrors } from '../parts/mirrors.tsx'
import { Actions, Block, FactList, Facts, RecordHead, RecordLayout, Road, Station } from '../parts/record.tsx'
import { ReleaseContents } from '../parts/release-contents.tsx'
import { useReleaseWords } from '../parts/release-station.tsx'
import { ReleaseWaiting } from '../parts/release-waiting.tsx'
import { roleReason } from '../parts/roles.ts'
import rows from '../parts/rows.module.css'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time, useDays } from '../parts/time.tsx'
import { RELEASE_TONES, WORK_ITEM_TONES } from '../parts/tones.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Release = () => {
  const id = useParam('id')
  const mayRead = useMay('releases.read')
  const release = useQuery({ ...releaseQuery(id), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (release.isPending) return <Loading />
  if (release.data === undefined)
    return <Failed isScreen error={release.error} retry={() => void release.refetch()} />
  return <OneRelease key={id} release={release.data} />
}

const OneRelease = ({ release }: { readonly release: ReleaseRecord }) => {
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
      <History release={release} />
      <ReleaseWaiting id={release.id} />
      <ReleaseContents id={release.id} />
      <Scope release={release} />
    </RecordLayout>
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

/** Every estimate ever given, the latest first: a promise that slips is seen to slip. */
const History = ({ release }: { readonly release: ReleaseRecord }) => {
  const texts = useTexts()
  const days = useDays()
  const history = historyOf(release).toReversed()
  return (
    <Block title={texts.releases.history}>
      {history.length === 0 ? <p className="quiet">{texts.releases.noHistory}</p> : null}
      <ul>
        {history.map(({ saidAt, saidBy, estimate, slipDays }) => (
          <li key={saidAt}>
            {days(estimate.from, estimate.to) ?? texts.ticket.noEstimate}
            {estimate.confidence === null ? '' : `, ${texts.ticket.confidence(estimate.confidence)}`}
            {slipDays === null ? '' : ` · ${texts.releases.slip(slipDays)}`}{' '}
            <span className="quiet">
              <Time at={saidAt} /> {texts.releases.said(saidBy.name)}
            </span>
          </li>
        ))}
      </ul>
    </Block>
  )
}

/** Shorter than in the list of all: it stands in the middle of a record. */
const ScopeRow = ({ item }: { readonly item: ListedWorkItem }) => {
  const texts = useTexts()
  const behind = texts.workItems.behind(item.tickets, item.customers)
  return (
    <Go to={paths.workItem(item.key)} className={`${rows.row} ${rows.scope}`}>
      <span className={rows.key}>{item.key}</span>
      <span className={rows.title}>{item.title}</span>
      <span className={rows.count} title={behind}>
        <Icon name="ticket" size={14} />
        <span className="visually-hidden">{behind}</span>
        <span aria-hidden="true">{item.tickets}</span>
      </span>
      <Badge tone={WORK_ITEM_TONES[item.state]}>{texts.words.workItemState[item.state]}</Badge>
    </Go>
  )
}

const Scope = ({ release }: { readonly release: ReleaseRecord }) => {
  const texts = useTexts()
  const go = useGo()
  const mayRead = useMay('work-items.read')
  const items = useWorkItems({ release: release.id }, mayRead)
  return (
    <Block title={texts.trace.planned}>
      {mayRead ? (
        <List
          source={items}
          row={(item) => <ScopeRow item={item} />}
          open={({ key }) => go(paths.workItem(key))}
          empty={<p className="quiet">{texts.releases.nothingInIt}</p>}
        />
      ) : (
        <NoRights />
      )}
    </Block>
  )
}
