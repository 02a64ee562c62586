import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Release } from '../api/releases.ts'
import { useMay } from '../api/session.ts'
import { type Change, type Content, type ReleaseTrace, releaseTraceQuery, useContents } from '../api/trace.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { CommitList, Sha } from './commit-list.tsx'
import { CopyText } from './copy-text.tsx'
import { Go } from './go.tsx'
import { More } from './list.tsx'
import { Block } from './record.tsx'
import { ReleaseDifferences } from './release-differences.tsx'
import { Empty, Failed, Loading, NoRights } from './states.tsx'
import { Time } from './time.tsx'
import { WORK_ITEM_TONES } from './tones.ts'
import styles from './trace.module.css'

/** What its commits say is in a release: what is new, what was taken back, and, when asked for, all that was in before. */
export const ReleaseContents = ({ release: { id, product } }: { readonly release: Release }) => {
  const { trace: words } = useTexts()
  const trace = useQuery(releaseTraceQuery(id))
  return (
    <Block title={words.title}>
      {trace.isPending ? <Loading /> : null}
      {trace.error !== null && trace.data === undefined ? (
        <Failed error={trace.error} retry={() => void trace.refetch()} />
      ) : null}
      {trace.data?.isTraced === false ? <Untraced product={product.key} /> : null}
      {trace.data?.isTraced === true ? <Traced id={id} trace={trace.data} /> : null}
    </Block>
  )
}

const HOW = 'docs/releases-from-git.md'

const Untraced = ({ product }: { readonly product: string }) => {
  const { trace: words } = useTexts()
  const command = `causeway releases sync --product ${product}`
  return (
    <Empty icon="box" title={words.untraced} actions={<CopyText text={command} label={words.command} />}>
      {words.untracedAbout} {words.untracedHow} <code>{HOW}</code>
    </Empty>
  )
}

const Traced = ({ id, trace }: { readonly id: string; readonly trace: ReleaseTrace }) => {
  const { trace: words } = useTexts()
  const mayRead = useMay('work-items.read')
  return (
    <>
      <p className="quiet plain">{words.about}</p>
      <ul className={styles.sources}>
        {trace.repositories.map(({ repository, commit, at, counted, basis }) => (
          <li key={repository}>
            <strong>{repository}</strong> <Sha id={commit} /> · {words.source(counted, basis?.name ?? null)} ·{' '}
            <Time at={at} />
          </li>
        ))}
      </ul>
      {mayRead ? <Lists id={id} trace={trace} /> : <NoRights />}
    </>
  )
}

const Lists = ({ id, trace }: { readonly id: string; readonly trace: ReleaseTrace }) => {
  const { trace: words } = useTexts()
  return (
    <>
      <ReleaseDifferences id={id} />
      {/* what customers lose is not looked for below a long list */}
      {trace.leaves === 0 ? null : (
        <section className={styles.part} data-tone="warn">
          <h3>{words.counted(words.changes.leaves, trace.leaves)}</h3>
          <p className="quiet">{words.leavesAbout}</p>
          <Contents id={id} of="leaves" />
        </section>
      )}
      <section className={styles.part}>
        <h3>{words.counted(words.changes.enters, trace.enters)}</h3>
        {trace.enters === 0 ? <p className="quiet">{words.nothingNew}</p> : <Contents id={id} of="enters" />}
      </section>
      {trace.stays === 0 ? null : <Stays id={id} count={trace.stays} />}
    </>
  )
}

/** All that ever went in may be very much: it is fetched for who opens it. */
const Stays = ({ id, count }: { readonly id: string; readonly count: number }) => {
  const { trace: words } = useTexts()
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={styles.part} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.counted(words.changes.stays, count)}</summary>
      {isOpen ? <Contents id={id} of="stays" /> : null}
    </details>
  )
}

const Contents = ({ id, of }: { readonly id: string; readonly of: Change }) => {
  const contents = useContents(id, of)
  if (contents.isPending) return <Loading />
  if (contents.error !== null && contents.items.length === 0)
    return <Failed error={contents.error} retry={() => void contents.refetch()} />
  return (
    <>
      <ul className={styles.contents}>
        {contents.items.map((content) => (
          <li key={content.key}>
            <OneContent content={content} />
          </li>
        ))}
      </ul>
      <More source={contents} />
    </>
  )
}

const OneContent = ({ content: { key, workItem, commits } }: { readonly content: Content }) => {
  const texts = useTexts()
  return (
    <>
      {workItem === null ? (
        <span className={styles.work}>
          <strong className={styles.key}>{key}</strong>
          <span className={styles.nobodys}>{texts.trace.nobodys}</span>
        </span>
      ) : (
        <Go to={paths.workItem(workItem.key)} className={styles.work}>
          <span className={styles.key}>{workItem.key}</span>
          <span>
            {workItem.title} {key === workItem.key ? null : <small className="quiet">{key}</small>}
          </span>
          <Badge tone={WORK_ITEM_TONES[workItem.state]}>{texts.words.workItemState[workItem.state]}</Badge>
        </Go>
      )}
      <CommitList of={key} commits={commits} />
    </>
  )
}
