import type { Measured } from '../api/go-live.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import styles from './go-live.module.css'
import { CRITERION_TONES } from './tones.ts'

/** Each criterion with its number, and the records behind it. */
export const MeasuredCriteria = ({
  release,
  criteria,
}: {
  readonly release: string
  readonly criteria: readonly Measured[]
}) => {
  const { goLive } = useTexts()
  return (
    <ul className={styles.rows}>
      {criteria.map(({ criterion, standing, done, all, behind }) => (
        <li key={criterion}>
          <div className={styles.words}>
            <strong>{goLive.criterion[criterion]}</strong>
            <small>
              {standing === 'not applicable'
                ? goLive.notApplicable[criterion]
                : (criterion === 'rota covered' ? goLive.hours : goLive.count)(done, all)}
            </small>
            {behind.length === 0 ? null : (
              <ul className={styles.behind}>
                {behind.map((one) => (
                  <li key={one.id}>
                    <BehindIt release={release} one={one} />
                  </li>
                ))}
                <Further count={(all === 0 ? done : all - done) - behind.length} />
              </ul>
            )}
          </div>
          <Badge tone={CRITERION_TONES[standing]}>{goLive.standing[standing]}</Badge>
        </li>
      ))}
    </ul>
  )
}

const Further = ({ count }: { readonly count: number }) => {
  const { goLive } = useTexts()
  return count > 0 ? <li className="quiet">{goLive.further(count)}</li> : null
}

const BehindIt = ({
  release,
  one,
}: {
  readonly release: string
  readonly one: Measured['behind'][number]
}) => {
  const mayRead = useMay('work-items.read')
  const { kind, key, title } = one
  const to =
    kind === 'work item'
      ? mayRead && key !== null
        ? paths.workItem(key)
        : null
      : {
          note: paths.releaseNotes(release),
          case: paths.releaseAcceptance(release),
          booking: paths.calendar(),
        }[kind]
  const name = key === null ? title : `${key} ${title}`
  return to === null ? name : <Go to={to}>{name}</Go>
}
