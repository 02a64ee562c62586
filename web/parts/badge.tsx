import type { Priority } from '../../src/domain/words.ts'
import { useTexts } from '../texts/texts.tsx'
import styles from './badge.module.css'
import type { Tone } from './tones.ts'

/** A status: a word, and a colour that says no more than the word does. */
export const Badge = ({
  tone,
  children,
  large = false,
  title,
}: {
  readonly tone: Tone
  readonly children: string
  readonly large?: boolean
  readonly title?: string
}) => (
  <span className={`${styles.badge} ${large ? styles.large : ''}`} data-tone={tone} title={title}>
    <span className={styles.text}>{children}</span>
  </span>
)

export const PriorityMark = ({
  priority,
  derived = false,
}: {
  readonly priority: Priority
  readonly derived?: boolean
}) => {
  const texts = useTexts()
  return (
    <span
      className={styles.priority}
      data-priority={priority}
      data-derived={derived}
      title={derived ? texts.fields.priorityDerived : texts.words.priority[priority]}
    >
      <span className="visually-hidden">{`${texts.fields.priority} `}</span>
      {priority}
    </span>
  )
}
