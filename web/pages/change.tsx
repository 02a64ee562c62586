import { useQuery } from '@tanstack/react-query'
import { PLANS, ROAD } from '../../src/domain/change.ts'
import { type Change, changeQuery, useChangeHistory } from '../api/changes.ts'
import { useMay } from '../api/session.ts'
import { auditDetails, auditWords } from '../parts/audit-words.ts'
import { Badge } from '../parts/badge.tsx'
import { ChangeConflictLine, conflictName } from '../parts/calendar-entry.tsx'
import styles from '../parts/change.module.css'
import { ChangeDeployments } from '../parts/change-deployments.tsx'
import { ChangeKeys } from '../parts/change-keys.tsx'
import { ChangeRisk } from '../parts/change-risk.tsx'
import { ChangeToolbar } from '../parts/change-toolbar.tsx'
import { Cost } from '../parts/cost.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { More } from '../parts/list.tsx'
import { Block, Callout, FactList, Facts, RecordHead, RecordLayout, Road, Station } from '../parts/record.tsx'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { Time, useMoments } from '../parts/time.tsx'
import { CHANGE_TONES, OUTCOME_TONES, RISK_TONES, WORK_ITEM_TONES } from '../parts/tones.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** One change: where it is on its road, what may go wrong, whose keys it has, and what is in its way. */
export const ChangePage = () => {
  const key = useParam('key')
  const mayRead = useMay('changes.read')
  const change = useQuery({ ...changeQuery(key), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (change.isPending) return <Loading />
  if (change.data === undefined)
    return <Failed isScreen error={change.error} retry={() => void change.refetch()} />
  return <OneChange key={key} change={change.data} />
}

const OneChange = ({ change }: { readonly change: Change }) => {
  const texts = useTexts()
  const { changes } = texts
  useTabTitle(`${change.key} ${change.title}`)
  return (
    <RecordLayout panel={<Panel change={change} />}>
      <RecordHead
        title={change.title}
        crumbs={
          <>
            <Go to={paths.changes()}>{changes.title}</Go>
            <span>/</span>
            <Go to={paths.changes({ product: change.product.id })}>{change.product.name}</Go>
            <span>/</span>
            <span>{change.key}</span>
          </>
        }
      >
        <Stations change={change} />
      </RecordHead>
      <ChangeToolbar change={change} />
      <Owed change={change} />
      <Around change={change} />
      <p className={styles.plan}>{change.reason}</p>
      <ChangeKeys change={change} />
      <ChangeRisk change={change} />
      <Plans change={change} />
      <Work change={change} />
      <ChangeDeployments changeId={change.id} />
      <Cost of={{ change: change.id }} />
      <History change={change} />
    </RecordLayout>
  )
}

const Stations = ({ change }: { readonly change: Change }) => {
  const texts = useTexts()
  const { road, levels, outcomes, gateReasons, noWindow } = texts.changes
  const { range } = useMoments()
  const { kind, state, outcome, from, to, risk, gate } = change
  const way = ROAD[kind]
  const at = way.indexOf(state)
  const [reason] = gate.reasons
  return (
    <Road>
      <Station
        title={road.state}
        about={
          at < 0
            ? undefined
            : way
                .map((one) => texts.words.changeState[one])
                .slice(at + 1)
                .join(' → ')
        }
      >
        {outcome === null ? (
          <Badge tone={CHANGE_TONES[state]} large>
            {texts.words.changeState[state]}
          </Badge>
        ) : (
          <Badge tone={OUTCOME_TONES[outcome]} large>
            {`${texts.words.changeState[state]}: ${outcomes[outcome]}`}
          </Badge>
        )}
      </Station>
      <Station
        title={road.window}
        about={
          change.endedAt !== null
            ? undefined
            : `${road.gate}: ${gate.isOpen ? road.open : gateReasons[reason?.code ?? 'state']}`
        }
      >
        <strong>{from === null || to === null ? noWindow : range(from, to)}</strong>
      </Station>
      <Station title={road.risk}>
        <Badge tone={RISK_TONES[risk.level]} large>
          {levels[risk.level]}
        </Badge>
      </Station>
    </Road>
  )
}

/** What an emergency owes, and by when; red when it is late. */
const Owed = ({ change }: { readonly change: Change }) => {
  const { keys } = useTexts().changes
  const { retroDueAt, retroDoneAt, reviewDueAt, endedAt, begunEarly } = change
  const late = (due: string): 'bad' | 'warn' => (new Date(due).getTime() < Date.now() ? 'bad' : 'warn')
  return (
    <>
      {retroDueAt === null || retroDoneAt !== null ? null : (
        <Callout tone={late(retroDueAt)} title={keys.owed}>
          <p className={late(retroDueAt) === 'bad' ? styles.late : undefined}>
            {keys.due} <Time at={retroDueAt} />
          </p>
          <p>
            {keys.owedAbout} {begunEarly}
          </p>
        </Callout>
      )}
      {reviewDueAt === null || endedAt !== null ? null : (
        <Callout tone={late(reviewDueAt)} title={keys.reviewOwed}>
          <p className={late(reviewDueAt) === 'bad' ? styles.late : undefined}>
            {keys.due} <Time at={reviewDueAt} />
          </p>
        </Callout>
      )}
    </>
  )
}

/** Freezes and whatever else is at the same time: on top, where it is seen before anything is decided. */
const Around = ({ change }: { readonly change: Change }) => {
  const { around, keys } = useTexts().changes
  const { range } = useMoments()
  const isEmergency = change.kind === 'emergency'
  const isExcepted = change.keys.some(
    ({ asks, given }) => asks === 'freeze exception' && given?.decision === 'approved',
  )
  const title = isEmergency
    ? around.emergencyInFreeze
    : isExcepted
      ? keys.names['freeze exception']
      : around.freeze
  const others = change.conflicts.filter(({ kind }) => kind !== 'change in freeze')
  return (
    <>
      {change.endedAt === null
        ? change.freezes.map(({ id, reason, from, to }) => (
            <Callout key={id} tone={isEmergency || isExcepted ? 'warn' : 'bad'} title={title}>
              <p>
                {reason}: {range(from, to)}
              </p>
            </Callout>
          ))
        : null}
      {others.length === 0 ? null : (
        <Callout tone="bad" title={around.title}>
          <ul className={styles.lines}>
            {others.map((conflict) => (
              <ChangeConflictLine key={conflictName(conflict)} conflict={conflict} />
            ))}
          </ul>
        </Callout>
      )}
    </>
  )
}

const Plans = ({ change }: { readonly change: Change }) => {
  const { changes } = useTexts()
  return (
    <Block title={changes.plans.title}>
      {PLANS.map((part) => (
        <section key={part}>
          <h3>{changes.form[part]}</h3>
          {change.plans[part].trim() === '' ? (
            <p className="quiet">{changes.plans.missing}</p>
          ) : (
            <p className={styles.plan}>{change.plans[part]}</p>
          )}
        </section>
      ))}
    </Block>
  )
}

const Work = ({ change }: { readonly change: Change }) => {
  const texts = useTexts()
  const { work } = texts.changes
  const { workItems } = change
  return (
    <Block title={texts.workItems.title}>
      {workItems.length === 0 ? <p className="quiet">{work.none}</p> : null}
      <ul className={styles.keys}>
        {workItems.map(({ id, key, title, state, relation }) => (
          <li key={id}>
            <Badge tone={relation === 'displaces' ? 'bad' : 'info'}>{work[relation]}</Badge>
            <Go to={paths.workItem(key)}>
              {key} {title}
            </Go>
            <Badge tone={WORK_ITEM_TONES[state]}>{texts.words.workItemState[state]}</Badge>
          </li>
        ))}
      </ul>
    </Block>
  )
}

const History = ({ change }: { readonly change: Change }) => {
  const texts = useTexts()
  const { history } = texts.changes
  const events = useChangeHistory(change.key)
  const said = [
    [history.early, change.begunEarly],
    [history.endNote, change.endNote],
    [history.review, change.review],
  ] as const
  return (
    <Block title={history.title}>
      {said.map(([label, words]) =>
        words === null ? null : (
          <section key={label}>
            <h3>{label}</h3>
            <p className={styles.plan}>{words}</p>
          </section>
        ),
      )}
      <ul className={styles.lines}>
        {events.items.map((event) => (
          <li key={event.id}>
            <strong>{event.actor.name}</strong> {auditWords(event, texts)}{' '}
            <span className="quiet">
              <Time at={event.at} />
              {auditDetails({ data: event.data, record: null }, texts).map((line) => ` · ${line}`)}
            </span>
          </li>
        ))}
      </ul>
      <More source={events} />
    </Block>
  )
}

const Panel = ({ change }: { readonly change: Change }) => {
  const texts = useTexts()
  const { panel, kinds } = texts.changes
  const { product, components, environments, release, owner, model, testEvidence, url } = change
  const names = (those: readonly { readonly name: string }[]): string | null =>
    those.length === 0 ? null : those.map(({ name }) => name).join(', ')
  return (
    <>
      <Facts title={panel.what}>
        <FactList
          facts={[
            [texts.changes.kind, kinds[change.kind]],
            [texts.fields.product, product.name],
            [texts.changes.form.components, names(components)],
            [texts.changes.form.environments, names(environments)],
            [
              texts.fields.release,
              release === null ? null : (
                <Go key="release" to={paths.release(release.id)}>
                  {release.name}
                </Go>
              ),
            ],
            [
              texts.changes.form.owner,
              owner === null ? null : (
                <Go key="owner" to={paths.personCost(owner.id)}>
                  {owner.name}
                </Go>
              ),
            ],
            [panel.openedBy, change.createdBy.name],
            ...(model === null ? [] : [[panel.model, model.name] as const]),
          ]}
        />
      </Facts>
      <Facts title={texts.changes.history.title}>
        <FactList
          facts={[
            [
              panel.begun,
              change.begunAt === null ? null : (
                <span key="begun">
                  <Time at={change.begunAt} />
                  {change.begunBy === null ? null : `, ${change.begunBy.name}`}
                </span>
              ),
            ],
            [panel.ended, change.endedAt === null ? null : <Time key="ended" at={change.endedAt} />],
            [panel.evidence, testEvidence],
            [
              panel.pipeline,
              url === null ? null : (
                <a key="pipeline" href={url} rel="noreferrer" target="_blank">
                  {new URL(url).host}
                </a>
              ),
            ],
          ]}
        />
      </Facts>
    </>
  )
}
