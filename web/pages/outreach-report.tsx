import { useQuery } from '@tanstack/react-query'
import { outreachOfQuery, type ReportedTicket, useReport } from '../api/outreach.ts'
import { releaseChoices } from '../api/releases.ts'
import { useMay } from '../api/session.ts'
import { PickRelease } from '../forms/pick-release.tsx'
import { Badge } from '../parts/badge.tsx'
import { ExportButton } from '../parts/export-button.tsx'
import { Go } from '../parts/go.tsx'
import { More } from '../parts/list.tsx'
import { OutreachTabs } from '../parts/outreach-tabs.tsx'
import styles from '../parts/report-table.module.css'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, Loading, NoRights } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { release: 'any' } as const

/** Of one release, the last that came out unless another is chosen: each fix, whose tickets stand behind it, who was told. */
export const OutreachReport = () => {
  const texts = useTexts()
  const { outreach: words } = texts
  const mayRead = useMay('outreach.read')
  const { filters, set } = useFilters(KNOWN, paths.outreachReport)
  const releases = useQuery({ ...releaseChoices(), enabled: mayRead })
  const last = (releases.data?.items ?? [])
    .filter(({ releasedAt }) => releasedAt !== null)
    .toSorted((a, b) => (b.releasedAt ?? '').localeCompare(a.releasedAt ?? ''))[0]
  const release = filters.release ?? last?.id ?? null
  const head = (
    <ScreenHead title={words.title} about={words.report.about}>
      {release === null ? null : <ExportButton list="outreach" filters={{ release }} />}
    </ScreenHead>
  )
  if (!mayRead)
    return (
      <>
        {head}
        <NoRights />
      </>
    )
  return (
    <>
      {head}
      <OutreachTabs />
      <Filters label={texts.filters.title}>
        <PickRelease value={release} choose={(id) => set('release', id)} />
      </Filters>
      {release === null ? (
        releases.isPending ? (
          <Loading />
        ) : (
          <Empty icon="tag" title={words.report.choose}>
            {words.report.about}
          </Empty>
        )
      ) : (
        <>
          <Coverage release={release} />
          <Fixes release={release} />
        </>
      )}
    </>
  )
}

const Coverage = ({ release }: { readonly release: string }) => {
  const { report } = useTexts().outreach
  const asked = useQuery(outreachOfQuery(release))
  if (asked.data === undefined)
    return asked.isError ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : null
  const { affected, inTime, pending, optedOut } = asked.data.coverage
  return (
    <p className={styles.sum}>
      <strong>{report.coverage(inTime, affected)}</strong> {pending === 0 ? '' : report.pending(pending)}{' '}
      {optedOut === 0 ? '' : report.optedOut(optedOut)}
    </p>
  )
}

const Fixes = ({ release }: { readonly release: string }) => {
  const { report } = useTexts().outreach
  const source = useReport(release)
  if (source.isPending) return <Loading />
  if (source.error !== null && source.items.length === 0)
    return <Failed error={source.error} retry={() => void source.refetch()} />
  if (source.items.length === 0)
    return (
      <Empty icon="tag" title={report.nothing}>
        {report.about}
      </Empty>
    )
  return (
    <>
      <div className={styles.wide}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{report.fix}</th>
              <th scope="col">{report.ticket}</th>
              <th scope="col">{report.customer}</th>
              <th scope="col">{report.told}</th>
            </tr>
          </thead>
          <tbody>
            {source.items.map((row) => (
              <tr key={`${row.workItem.id} ${row.ticket.id}`}>
                <td>
                  <Go to={paths.workItem(row.workItem.key)}>{row.workItem.key}</Go> {row.workItem.title}
                </td>
                <td>
                  <Go to={paths.ticket(row.ticket.key)}>{row.ticket.key}</Go> {row.ticket.title}
                </td>
                <td>{[row.customer?.name, row.contact?.name].filter(Boolean).join(' · ')}</td>
                <td>
                  <ToldOf row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More source={source} />
    </>
  )
}

const ToldOf = ({ row: { told, reason, why, isProposed } }: { readonly row: ReportedTicket }) => {
  const texts = useTexts()
  const { outreach: words } = texts
  if (told !== null)
    return (
      <>
        <Badge tone="good">{texts.trace.waiting.standings[told.standing]}</Badge>{' '}
        {words.report.of(told.release)} <Time at={told.at} />{' '}
        {told.by.kind === 'system' ? words.byPolicy : words.sentBy(told.by.name)}
        {told.answer === null ? '' : ` · ${words.answers[told.answer]}`}
      </>
    )
  if (isProposed) return <Badge tone="warn">{words.report.waits}</Badge>
  if (reason !== null)
    return (
      <>{words.report.notTold(why === null ? words.reasons[reason] : `${words.reasons[reason]}: ${why}`)}</>
    )
  return <>{words.report.notYet}</>
}
