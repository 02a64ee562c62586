import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { canStep, type EnhancementStep } from '../../src/domain/enhancement.ts'
import { isDropped } from '../../src/domain/work-item.ts'
import {
  type Ask,
  enhancementQuery,
  useAsks,
  useEnhancementStep,
  useWithdrawAsk,
  type Enhancement as Wish,
} from '../api/enhancements.ts'
import { useMay, useSelf } from '../api/session.ts'
import { AskerDialog } from '../forms/asker-dialog.tsx'
import { BuildDialog, DecideDialog, EditWishDialog, MergeWishDialog } from '../forms/enhancement-dialogs.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { Go, useGo, useParam } from '../parts/go.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { Actions, Block, Callout, FactList, Facts, RecordHead, RecordLayout } from '../parts/record.tsx'
import { roleReason } from '../parts/roles.ts'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { WISH_TONES, WORK_ITEM_TONES } from '../parts/tones.ts'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { DemandFacts, ReceptionFacts } from '../parts/wish-facts.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** One wish: what for, who wants it, what was decided, and what became of it. */
export const Enhancement = () => {
  const ref = useParam('ref')
  const mayRead = useMay('enhancements.read')
  const wish = useQuery({ ...enhancementQuery(ref), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (wish.isPending) return <Loading />
  if (wish.data === undefined) return <Failed isScreen error={wish.error} retry={() => void wish.refetch()} />
  return <OneWish key={wish.data.key} wish={wish.data} />
}

const OneWish = ({ wish }: { readonly wish: Wish }) => {
  const { enhancements } = useTexts()
  const { key, title, problem, standing, decision, publicWords, mergedInto } = wish
  useTabTitle(`${key} ${title}`)
  return (
    <RecordLayout panel={<Panel wish={wish} />}>
      <RecordHead
        title={title}
        crumbs={
          <>
            <Go to={paths.enhancements()}>{enhancements.title}</Go>
            <span>/</span>
            <span>{key}</span>
            <Badge tone={WISH_TONES[standing]}>{enhancements.standings[standing]}</Badge>
          </>
        }
      >
        <Toolbar wish={wish} />
      </RecordHead>
      {mergedInto === null ? null : (
        <Callout tone="info" title={enhancements.mergedInto}>
          <Go to={paths.enhancement(mergedInto.key)}>
            {mergedInto.key} {mergedInto.title}
          </Go>
        </Callout>
      )}
      <Block title={enhancements.problem}>
        {problem === '' ? <p className="quiet">{enhancements.noProblem}</p> : <Markdown text={problem} />}
      </Block>
      {decision === null ? null : (
        <Block title={enhancements.decision}>
          <Markdown text={decision.words} />
          <p className="quiet">
            {enhancements.decided(decision.by.name)}, <Time at={decision.at} />
          </p>
        </Block>
      )}
      <Block title={enhancements.publicWords}>
        {publicWords === null ? (
          <p className="quiet">{enhancements.noPublicWords}</p>
        ) : (
          <Markdown text={publicWords} />
        )}
      </Block>
      <Asks wish={wish} />
    </RecordLayout>
  )
}

const Panel = ({ wish }: { readonly wish: Wish }) => {
  const texts = useTexts()
  const { enhancements, fields } = texts
  const { product, component, workItem, release, merged } = wish
  return (
    <>
      <DemandFacts wish={wish} />
      <Facts title={texts.panel.where}>
        <FactList
          facts={[
            [fields.product, product.name],
            [fields.component, component?.name ?? null],
            [
              enhancements.work,
              workItem === null ? null : (
                <span key="w">
                  <Go to={paths.workItem(workItem.key)}>
                    {workItem.key} {workItem.title}
                  </Go>{' '}
                  <Badge tone={WORK_ITEM_TONES[workItem.state]}>
                    {texts.words.workItemState[workItem.state]}
                  </Badge>
                </span>
              ),
            ],
            [
              enhancements.release,
              release === null ? null : (
                <Go key="r" to={paths.release(release.id)}>
                  {release.name}
                </Go>
              ),
            ],
          ]}
        />
      </Facts>
      <ReceptionFacts wish={wish} />
      {merged.length === 0 ? null : (
        <Facts title={enhancements.hasMerged}>
          {merged.map((one) => (
            <p key={one.id} className="plain">
              <Go to={paths.enhancement(one.key)}>
                {one.key} {one.title}
              </Go>
            </p>
          ))}
        </Facts>
      )}
    </>
  )
}

/** Somebody builds it; what was declined, or is done as something else, gives way to other work. */
const isBuilt = ({ workItem }: Wish): boolean => workItem !== null && !isDropped(workItem.state)

type Open = 'accept' | 'decline' | 'build' | 'merge' | 'edit'

const Toolbar = ({ wish }: { readonly wish: Wish }) => {
  const texts = useTexts()
  const { enhancements } = texts
  const self = useSelf()
  const step = useEnhancementStep(wish.key)
  const unmerging = useUnmerge()
  const tellProblem = useTellProblem()
  const [open, setOpen] = useState<Open | null>(null)
  const none = roleReason(self, texts)
  const [mayWrite, mayDecide] = [useMay('enhancements.write'), useMay('enhancements.decide')]
  const facts = { state: wish.state, isMerged: wish.mergedInto !== null }
  const can = (name: EnhancementStep): boolean => canStep(facts, name)
  const close = (): void => setOpen(null)
  const run = (name: 'review' | 'reopen', said?: string): void =>
    step.mutate(
      { step: name, revision: wish.revision },
      {
        onSuccess: () => (said === undefined ? undefined : tell({ text: said, tone: 'good' })),
        onError: tellProblem,
      },
    )
  const isAccepted = wish.state === 'accepted' && wish.mergedInto === null
  const [reason, decideReason] = [mayWrite ? null : none, mayDecide ? null : none]
  return (
    <Actions label={wish.key}>
      {can('review') ? (
        <ActionButton label={enhancements.review} reason={reason} run={() => run('review')} />
      ) : null}
      {can('accept') ? (
        <>
          <ActionButton label={enhancements.accept} reason={decideReason} run={() => setOpen('accept')} />
          <ActionButton label={enhancements.decline} reason={decideReason} run={() => setOpen('decline')} />
        </>
      ) : null}
      {isAccepted && !isBuilt(wish) ? (
        <ActionButton
          variant="filled"
          label={enhancements.build}
          reason={decideReason}
          run={() => setOpen('build')}
        />
      ) : null}
      {can('reopen') ? (
        <ActionButton
          label={enhancements.reopen}
          reason={decideReason}
          run={() => run('reopen', enhancements.reopened)}
        />
      ) : null}
      {wish.mergedInto === null ? (
        <>
          <ActionButton label={enhancements.merge} reason={decideReason} run={() => setOpen('merge')} />
          <ActionButton label={enhancements.edit} reason={reason} run={() => setOpen('edit')} />
        </>
      ) : (
        <ActionButton label={enhancements.unmerge} reason={decideReason} run={() => unmerging(wish.key)} />
      )}
      {open === 'accept' || open === 'decline' ? (
        <DecideDialog wish={wish} first={open} close={close} />
      ) : null}
      {open === 'build' ? <BuildDialog wish={wish} close={close} /> : null}
      {open === 'merge' ? <MergeWishDialog wish={wish} close={close} unmerge={unmerging} /> : null}
      {open === 'edit' ? <EditWishDialog wish={wish} close={close} /> : null}
    </Actions>
  )
}

const useUnmerge = () => {
  const { enhancements } = useTexts()
  const ref = useParam('ref')
  const step = useEnhancementStep(ref)
  const tellProblem = useTellProblem()
  return (_key: string): void =>
    step.mutate(
      { step: 'unmerge' },
      { onSuccess: () => tell({ text: enhancements.unmerged, tone: 'good' }), onError: tellProblem },
    )
}

const Asks = ({ wish }: { readonly wish: Wish }) => {
  const { enhancements } = useTexts()
  const go = useGo()
  const asks = useAsks(wish.key)
  const [said, setSaid] = useState<Ask | null>(null)
  return (
    <Block title={enhancements.asks}>
      <List
        source={asks}
        row={({ ask }) => <OneAsk wish={wish} ask={ask} edit={() => setSaid(ask)} />}
        open={({ ask }) => go(paths.ticket(ask.ticket.key))}
        empty={<p className="quiet">{enhancements.noAsks}</p>}
      />
      {said === null ? null : <AskerDialog ask={said} close={() => setSaid(null)} />}
    </Block>
  )
}

/** Its work is not out: whoever does not wait for it will not hear of that. */
const isAwaited = (wish: Wish): boolean =>
  isBuilt(wish) && (wish.standing === 'planned' || wish.standing === 'in progress')

const OneAsk = ({
  wish,
  ask,
  edit,
}: {
  readonly wish: Wish
  readonly ask: Ask
  readonly edit: () => void
}) => {
  const texts = useTexts()
  const { enhancements } = texts
  const self = useSelf()
  const go = useGo()
  const withdrawing = useWithdrawAsk()
  const tellProblem = useTellProblem()
  const reason = useMay('enhancements.write') ? null : roleReason(self, texts)
  const { ticket, customer, via, importance, toldAt, waitsFor, reception, receptionWords } = ask
  const matters = importance === null ? null : enhancements.importances[importance as 0 | 1 | 2 | 3]
  const about = [
    customer?.name ?? null,
    customer?.tier ?? null,
    matters,
    via === null ? null : enhancements.via(via),
    receptionWords === null ? null : `“${receptionWords}”`,
  ]
  return (
    <Row
      opens
      row={{
        name: `${ticket.key} ${ticket.title}`,
        about: about.filter(Boolean).join(' · '),
        facts: (
          <>
            {reception === null ? null : (
              <Badge tone={reception === 'complaint' ? 'bad' : 'good'}>
                {enhancements.receptions[reception]}
              </Badge>
            )}
            {wish.decision === null ? null : (
              <span>{toldAt === null ? enhancements.notTold : enhancements.toldDecision}</span>
            )}
            {isAwaited(wish) && waitsFor?.key !== wish.workItem?.key ? (
              <span>
                {waitsFor === null ? enhancements.waitsForNothing : enhancements.waitsFor(waitsFor.key)}
              </span>
            ) : null}
          </>
        ),
        actions: [
          { label: enhancements.open, reason: null, run: () => go(paths.ticket(ticket.key)) },
          { label: enhancements.asker, reason, run: edit },
          {
            label: enhancements.withdraw,
            reason,
            run: () =>
              withdrawing.mutate(ask.id, {
                onSuccess: () => tell({ text: enhancements.withdrawn(ticket.key), tone: 'good' }),
                onError: tellProblem,
              }),
          },
        ],
      }}
    />
  )
}
