import { Button, Checkbox, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Connection, connectionQuery, connectionsQuery } from '../api/connections.ts'
import { type Match, type Matched, useMatching } from '../api/pairs.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { PairsForm } from '../forms/pairs-form.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Card, Cards } from '../parts/card.tsx'
import { ConnectionTabs } from '../parts/connection-tabs.tsx'
import { FoundPairs, nameOf, UnclearItems } from '../parts/found-pairs.tsx'
import { Go, useParam } from '../parts/go.tsx'
import styles from '../parts/pairs.module.css'
import { matchOf, newDraft, otherOf } from '../parts/pairs-draft.ts'
import { roleReason } from '../parts/roles.ts'
import { say } from '../parts/say.ts'
import { ScreenHead } from '../parts/screen.tsx'
import { Empty, Failed, FormProblem, Loading, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { type Selection, useSelection } from '../parts/use-selection.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** A list of failures is a sign, not a place to work through. */
const MOST_FAILED = 100

/** Tickets and work items that people kept in step by hand: found, looked through, joined. */
export const ConnectionPairs = () => {
  const key = useParam('key')
  const mayRead = useMay('connections.read')
  const texts = useTexts()
  const self = useSelf()
  const connection = useQuery({ ...connectionQuery(key), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (connection.isPending) return <Loading />
  if (connection.data === undefined)
    return <Failed isScreen error={connection.error} retry={() => void connection.refetch()} />
  const { title } = connection.data
  return (
    <>
      <ScreenHead title={texts.pairs.title(title)} about={texts.pairs.about} />
      <ConnectionTabs of={key} title={title} />
      {mayDo(self, 'connections.write') ? (
        <Pairs of={connection.data} />
      ) : (
        <Empty title={texts.pairs.find}>{roleReason(self, texts)}</Empty>
      )}
    </>
  )
}

/** What was found, and with which connection: the form may have moved on. */
interface FoundWith {
  readonly answer: Matched
  readonly other: Pick<Match, 'with'>
}

const Pairs = ({ of: { key, party } }: { readonly of: Connection }) => {
  const { pairs: words } = useTexts()
  const [draft, setDraft] = useState(newDraft)
  const [found, setFound] = useState<FoundWith | null>(null)
  const all = useQuery(connectionsQuery)
  const finding = useMatching(key)
  const selection = useSelection()
  const others = (all.data?.items ?? []).filter((one) => one.party !== party)
  const find = (): void => {
    const match = matchOf(draft)
    if (match === null) return
    const other = otherOf(draft, others)
    setFound(null)
    finding.mutate(
      { ...match, ...other, apply: false },
      {
        onSuccess: (answer) => {
          setFound({ answer, other })
          selection.only(answer.pairs.map(nameOf))
        },
      },
    )
  }
  if (all.isPending) return <Loading />
  return (
    <Cards isWide>
      <Card title={words.find}>
        <PairsForm
          draft={draft}
          change={setDraft}
          others={others}
          find={find}
          isFinding={finding.isPending}
        />
        <Under work={finding} />
      </Card>
      {found === null ? null : (
        <Found of={key} found={found.answer} other={found.other} selection={selection} />
      )}
    </Cards>
  )
}

/** How far it is, and a way to stop it; or what went wrong. */
const Under = ({ work }: { readonly work: ReturnType<typeof useMatching> }) => {
  const { pairs: words } = useTexts()
  const { progress } = work
  if (!work.isPending) return work.wasStopped ? null : <FormProblem error={work.error} />
  const stop = (): void => {
    work.stop()
    tell({ text: words.stopped, tone: 'warn' })
  }
  return (
    <p className={styles.progress}>
      <span role="status">
        {progress === null
          ? words.steps['reading the desk']
          : `${words.steps[progress.step]}: ${words.far(progress.done, progress.total)}`}
      </span>
      <Button variant="default" size="xs" onClick={stop}>
        {words.stop}
      </Button>
    </p>
  )
}

const Found = ({
  of,
  found,
  other,
  selection,
}: {
  readonly of: string
  readonly found: Matched
  readonly other: Pick<Match, 'with'>
  readonly selection: Selection
}) => {
  const texts = useTexts()
  const { pairs: words } = texts
  const [writes, setWrites] = useState(false)
  const joining = useMatching(of)
  const chosen = found.pairs.filter((pair) => selection.chosen.has(nameOf(pair)))
  const join = (): void =>
    joining.mutate({
      ...other,
      by: 'list',
      pairs: chosen.map(({ desk, tracker }) => ({ desk: desk.key, tracker: tracker.key })),
      apply: true,
      write: writes,
    })
  if (found.pairs.length === 0 && found.unclear.length === 0)
    return <Empty title={words.none}>{words.noneAbout}</Empty>
  return (
    <>
      <Card title={words.found(found.pairs.length, found.read.desk, found.read.tracker)}>
        {found.pairs.length === 0 ? (
          <p className="quiet plain">{words.noneAbout}</p>
        ) : (
          <Stack gap="sm">
            <FoundPairs pairs={found.pairs} selection={selection} />
            <Checkbox
              label={words.write}
              description={words.writeAbout}
              checked={writes}
              onChange={({ currentTarget: { checked } }) => setWrites(checked)}
            />
            <div>
              <ActionButton
                label={words.join(chosen.length)}
                variant="filled"
                loading={joining.isPending}
                reason={chosen.length === 0 ? words.noneChosen : null}
                run={join}
              />
            </div>
            <Under work={joining} />
            {joining.data?.joined == null ? null : <Joined of={joining.data} joined={joining.data.joined} />}
          </Stack>
        )}
      </Card>
      {found.unclear.length === 0 ? null : (
        <Card title={words.unclear(found.unclear.length)}>
          <UnclearItems unclear={found.unclear} />
        </Card>
      )}
    </>
  )
}

const Joined = ({
  of,
  joined,
}: {
  readonly of: Matched
  readonly joined: NonNullable<Matched['joined']>
}) => {
  const texts = useTexts()
  const { pairs: words } = texts
  // an integrator need not be one who reads them
  const mayRead = useMay('escalations.read')
  // what went away since it was found is not joined either
  const failed = [...joined.failed, ...of.unclear.map(({ desk, reason }) => ({ pair: desk.key, reason }))]
  return (
    <div role="status">
      <p className="plain">
        {words.joined(joined.new, joined.already)}{' '}
        {mayRead ? (
          <Go to={paths.escalations()} className={styles.link}>
            {words.seeEscalations}
          </Go>
        ) : (
          words.seeEscalations
        )}
      </p>
      {failed.length === 0 ? null : (
        <>
          <p className={styles.bad}>{words.failed(failed.length)}</p>
          <ul className={styles.unclear}>
            {failed.slice(0, MOST_FAILED).map(({ pair, reason }) => (
              <li key={pair}>
                {pair}: {say(reason, texts)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
