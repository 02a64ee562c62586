import { historyOf, type Release as ReleaseRecord } from '../api/releases.ts'
import { useMay } from '../api/session.ts'
import { type ListedWorkItem, useWorkItems } from '../api/work-items.ts'
import { Badge } from '../parts/badge.tsx'
import { Cost } from '../parts/cost.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Block } from '../parts/record.tsx'
import { ReleaseForecast } from '../parts/release-forecast.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'
import rows from '../parts/rows.module.css'
import { NoRights } from '../parts/states.tsx'
import { Time, useDays } from '../parts/time.tsx'
import { WORK_ITEM_TONES } from '../parts/tones.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** When it comes out, as was said each time, and what is planned into it. */
export const Release = () => {
  const mayForecast = useMay('go-live.read')
  return (
    <ReleaseFrame>
      {(release) => (
        <>
          {mayForecast ? <ReleaseForecast release={release} /> : null}
          <History release={release} />
          <Scope release={release} />
          <Cost of={{ release: release.id }} />
        </>
      )}
    </ReleaseFrame>
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
