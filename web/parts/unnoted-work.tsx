import { useDraftNotes, useUnnoted } from '../api/release-notes.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { More } from './list.tsx'
import { Block } from './record.tsx'
import styles from './release-notes.module.css'
import { Failed } from './states.tsx'
import { tell } from './tell.tsx'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** What is in the release and nobody wrote a note about. Nothing where there is a note for each. */
export const UnnotedWork = ({
  release,
  reason,
}: {
  readonly release: string
  readonly reason: string | null
}) => {
  const { releaseNotes: words, words: fixed } = useTexts()
  const unnoted = useUnnoted(release, true)
  const draft = useDraftNotes()
  const tellProblem = useTellProblem()
  const { items } = unnoted
  const make = (workItems: readonly string[]): void => {
    if (!draft.isPending)
      draft.mutate(
        { release, workItems },
        {
          onSuccess: ({ ids }) => tell({ text: words.drafted(ids.length), tone: 'good' }),
          onError: tellProblem,
        },
      )
  }
  const all = (): void => make(items.map(({ id }) => id))
  useKeys(
    words.keys,
    items.length === 0 ? [] : [{ keys: 'd', label: words.draftAll(items.length), run: all, reason }],
  )
  if (unnoted.error !== null && items.length === 0)
    return <Failed error={unnoted.error} retry={() => void unnoted.refetch()} />
  if (items.length === 0) return null
  return (
    <Block title={words.missing(`${items.length}${unnoted.hasNextPage ? '+' : ''}`)}>
      <div className={styles.head}>
        <p className="quiet">{words.missingAbout}</p>
        <ActionButton
          label={words.draftAll(items.length)}
          keys="d"
          reason={reason}
          loading={draft.isPending}
          run={all}
        />
      </div>
      <ul className={styles.unnoted}>
        {items.map(({ id, key, title, kind, noteKind }) => (
          <li key={id}>
            <span>
              <Go to={paths.workItem(key)}>
                <strong>{key}</strong> {title}
              </Go>
            </span>
            <small className="quiet">{fixed.workItemKind[kind]}</small>
            <Badge tone="plain">{words.kinds[noteKind]}</Badge>
            <ActionButton
              label={words.draft}
              fullLabel={`${words.draft}: ${key}`}
              reason={reason}
              run={() => make([id])}
            />
          </li>
        ))}
      </ul>
      <More source={unnoted} />
    </Block>
  )
}
