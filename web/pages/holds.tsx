import { useQuery } from '@tanstack/react-query'
import { type Cause, causesQuery, useRetryCause } from '../api/connections.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { ConnectionFilter } from '../parts/connection-filter.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { pairName } from '../parts/field-words.ts'
import { useGo } from '../parts/go.tsx'
import { holdWords } from '../parts/hold-words.ts'
import { Actions } from '../parts/record.tsx'
import { RecordLink } from '../parts/record-link.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, FormProblem, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { connection: 'any' } as const

/** Fields that wait, by what they wait for: one fix lets all of a group go. */
export const Holds = () => {
  const texts = useTexts()
  const { waits } = texts
  const mayRead = useMay('sync.read')
  const { filters, set } = useFilters(KNOWN, paths.holds)
  const causes = useQuery({ ...causesQuery(filters.connection), enabled: mayRead })
  return (
    <>
      <ScreenHead title={waits.holdsTitle} about={waits.holdsAbout} />
      <WaitTabs />
      {mayRead ? (
        <>
          <Filters label={texts.filters.title}>
            <ConnectionFilter value={filters.connection} set={(key) => set('connection', key)} />
          </Filters>
          {causes.isPending ? <Loading /> : null}
          {causes.error !== null && causes.data === undefined ? (
            <Failed error={causes.error} retry={() => void causes.refetch()} />
          ) : null}
          {causes.data === undefined ? null : <Causes causes={causes.data.items} />}
        </>
      ) : (
        <NoRights />
      )}
    </>
  )
}

const Causes = ({ causes }: { readonly causes: readonly Cause[] }) => {
  const { waits } = useTexts()
  if (causes.length === 0) return <Empty title={waits.holdsNone}>{waits.holdsNoneAbout}</Empty>
  return (
    <Cards>
      {causes.map((cause) => (
        <OneCause key={`${cause.connection} ${cause.code} ${cause.field} ${cause.reason}`} cause={cause} />
      ))}
    </Cards>
  )
}

const OneCause = ({ cause }: { readonly cause: Cause }) => {
  const texts = useTexts()
  const { waits } = texts
  const self = useSelf()
  const go = useGo()
  const retrying = useRetryCause()
  const { reason, nextStep } = holdWords(cause, texts)
  return (
    <Card
      title={`${pairName(cause.field, texts)}: ${waits.of(cause.connection, cause.holds)}`}
      about={reason}
    >
      <p className="plain">
        <strong>{nextStep}</strong>
      </p>
      <p className="plain quiet">
        <Samples cause={cause} /> · {waits.since} <Time at={cause.since} />
      </p>
      <Actions label={reason}>
        <ActionButton
          label={waits.retry}
          reason={mayDo(self, 'sync.request') ? null : roleReason(self, texts)}
          loading={retrying.isPending}
          run={() =>
            toTheEnd(retrying, cause, ({ mirrors }) => tell({ text: waits.retried(mirrors), tone: 'good' }))
          }
        />
        <ActionButton
          variant="subtle"
          label={waits.toMapping}
          reason={mayDo(self, 'configuration.read') ? null : roleReason(self, texts)}
          run={() => go(paths.connectionMapping(cause.connection))}
        />
      </Actions>
      <FormProblem error={retrying.error} />
    </Card>
  )
}

const Samples = ({ cause }: { readonly cause: Cause }) => {
  const { waits } = useTexts()
  const more = cause.holds - cause.samples.length
  return (
    <>
      {cause.samples.map((sample, index) => (
        <span key={sample.mirror}>
          {index === 0 ? '' : ', '}
          <RecordLink
            kind={sample.kind}
            name={sample.key ?? sample.there ?? '…'}
            hasRecord={sample.key !== null}
          />
        </span>
      ))}
      {more > 0 ? ` ${waits.more(more)}` : null}
    </>
  )
}
