import type { Static } from 'typebox'
import type { MirrorBadge } from '../../src/api/record-shapes.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Icon } from './icons.tsx'
import { recordStyles as styles } from './record.tsx'
import { say } from './say.ts'
import { Time } from './time.tsx'
import type { Tone } from './tones.ts'
import { WhyButton } from './why.tsx'

type Mirror = Static<typeof MirrorBadge>

const toneOf = (mirror: Mirror): Tone => {
  if (mirror.fault !== null || mirror.conflicts > 0) return 'bad'
  if (mirror.holds > 0 || mirror.state !== 'live') return 'warn'
  return mirror.inStep ? 'good' : 'info'
}

/** The same record in people's own tools: is it in step, and if not, why. */
export const Mirrors = ({
  mirrors,
  of,
}: {
  readonly mirrors: readonly Mirror[]
  /** Key of the record. */
  readonly of: string
}) => {
  const texts = useTexts()
  const said = (mirror: Mirror): string => {
    if (mirror.fault !== null) return texts.mirrors.fault
    if (mirror.conflicts > 0) return texts.mirrors.conflicts(mirror.conflicts)
    if (mirror.holds > 0) return texts.mirrors.holds(mirror.holds)
    return mirror.inStep ? texts.mirrors.inStep : texts.mirrors.underWay
  }
  return (
    <>
      <ul className={styles.cards}>
        {mirrors.map((mirror) => (
          <li key={mirror.id} className={styles.card}>
            <span>
              {mirror.connectionTitle}{' '}
              {mirror.url === null ? (
                mirror.key
              ) : (
                <a href={mirror.url} target="_blank" rel="noopener noreferrer">
                  {mirror.key} <Icon name="link" size={12} />
                </a>
              )}
            </span>
            <span>
              <Badge tone={toneOf(mirror)}>{said(mirror)}</Badge>
            </span>
            {mirror.reason === null ? null : <small>{say(mirror.reason, texts)}</small>}
            {mirror.agreedAt === null ? null : (
              <small>
                {texts.mirrors.agreed} <Time at={mirror.agreedAt} />
              </small>
            )}
          </li>
        ))}
      </ul>
      {mirrors.length === 0 ? null : (
        <div>
          <WhyButton of={of} />
        </div>
      )}
    </>
  )
}
