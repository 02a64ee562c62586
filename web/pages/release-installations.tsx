import { useState } from 'react'
import { type ListedChange, useChanges } from '../api/changes.ts'
import { type ReleaseInstallation, useReleaseInstallations } from '../api/forecast.ts'
import { useMay } from '../api/session.ts'
import { Badge } from '../parts/badge.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import styles from '../parts/go-live.module.css'
import { List, More } from '../parts/list.tsx'
import { Block } from '../parts/record.tsx'
import { ReleaseFrame } from '../parts/release-frame.tsx'
import rows from '../parts/rows.module.css'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { Time, useMoments } from '../parts/time.tsx'
import { CHANGE_TONES, HAS_TONES } from '../parts/tones.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Every installation of the product, and whether it has this release. */
export const ReleaseInstallations = () => {
  const mayRead = useMay('go-live.read')
  const mayReadChanges = useMay('changes.read')
  return (
    <ReleaseFrame>
      {({ id }) => (
        <>
          {mayReadChanges ? <WhenIsIt id={id} /> : null}
          {mayRead ? <Installations id={id} /> : <NoRights />}
        </>
      )}
    </ReleaseFrame>
  )
}

/** The changes that put it somewhere: who gets it when. */
const WhenIsIt = ({ id }: { readonly id: string }) => {
  const { installations: words } = useTexts().release
  const go = useGo()
  const changes = useChanges({ release: id }, true)
  return (
    <Block title={words.when}>
      <List
        source={changes}
        row={(change) => <BringingRow change={change} />}
        open={({ key }) => go(paths.change(key))}
        empty={<p className="quiet">{words.noChange}</p>}
      />
    </Block>
  )
}

/** Shorter than in the list of all: it stands in the middle of a record. */
const BringingRow = ({ change }: { readonly change: ListedChange }) => {
  const { changes, words } = useTexts()
  const { range } = useMoments()
  const { key, title, from, to, state } = change
  return (
    <Go to={paths.change(key)} className={`${rows.row} ${rows.scope} ${rows.moment}`}>
      <span className={rows.key}>{key}</span>
      <span className={rows.title}>{title}</span>
      <span className={rows.side}>{from === null || to === null ? changes.noWindow : range(from, to)}</span>
      <Badge tone={CHANGE_TONES[state]}>{words.changeState[state]}</Badge>
    </Go>
  )
}

const HAS = ['yes', 'no', 'unknown'] as const

const Installations = ({ id }: { readonly id: string }) => {
  const {
    release: { tabs, installations: words },
    trace,
  } = useTexts()
  const [has, setHas] = useState<ReleaseInstallation['has'] | null>(null)
  const found = useReleaseInstallations(id, has)
  return (
    <Block title={tabs.installations}>
      <p className="quiet plain">
        {words.about} {words.getsIt}
      </p>
      <WordFilter
        label={trace.hasFilter}
        words={trace.has}
        value={has ?? undefined}
        set={(word) => setHas(HAS.find((one) => one === word) ?? null)}
      />
      {found.isPending ? <Loading /> : null}
      {found.isError && found.items.length === 0 ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : null}
      {found.isSuccess && found.items.length === 0 ? (
        <p className="quiet">{has === null ? trace.noInstallations : trace.noneFits}</p>
      ) : null}
      <ul className={styles.rows}>
        {found.items.map((one) => (
          <li key={one.id}>
            <Installation one={one} />
          </li>
        ))}
      </ul>
      <More source={found} />
      {found.items.some((one) => one.has === 'unknown') ? (
        <p className="quiet plain">{trace.unknownAbout}</p>
      ) : null}
    </Block>
  )
}

const Installation = ({
  one: { customer, environment, version, release, has, since },
}: {
  readonly one: ReleaseInstallation
}) => {
  const {
    release: { installations: words },
    trace,
  } = useTexts()
  return (
    <>
      <div className={styles.words}>
        <strong>{customer.name}</strong>
        <small>
          {environment} ·{' '}
          {release === null ? (
            (version ?? trace.noVersion)
          ) : (
            <Go to={paths.release(release.id)}>{release.name}</Go>
          )}
          {since === null ? null : (
            <>
              {' '}
              {words.since} <Time at={since} />
            </>
          )}
        </small>
      </div>
      <Badge tone={HAS_TONES[has]}>{trace.has[has]}</Badge>
    </>
  )
}
