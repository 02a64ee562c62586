import type { Commit } from '../api/trace.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Time } from './time.tsx'
import styles from './trace.module.css'

const SHORT = 10
/** As many as are told of one key in one release. */
const MOST_COMMITS = 20

/** As people write it; whole on hover. */
export const Sha = ({ id }: { readonly id: string }) => <code title={id}>{id.slice(0, SHORT)}</code>

/** Folded behind their count: who wonders why looks at them. */
export const CommitList = ({
  of,
  commits,
  most = MOST_COMMITS,
}: {
  /** Key of what they name; there are many such lists on one screen. */
  readonly of: string
  readonly commits: readonly Commit[]
  /** How many are told at most. */
  readonly most?: number
}) => {
  const { trace } = useTexts()
  if (commits.length === 0) return null
  return (
    <details className={styles.commits}>
      <summary>
        {trace.commits(commits.length, most)} <span className="visually-hidden">{trace.commitsOf(of)}</span>
      </summary>
      <ul>
        {commits.map(({ id, subject, author, at }) => (
          <li key={id}>
            <Sha id={id} /> {subject}{' '}
            <small>
              {author} · <Time at={at} />
            </small>
          </li>
        ))}
      </ul>
    </details>
  )
}
