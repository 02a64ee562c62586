import type { ReactNode } from 'react'
import styles from './card.module.css'

/** Screens of settings: one column of cards, each about one thing. */
export const Cards = ({
  children,
  isWide = false,
}: {
  readonly children: ReactNode
  /** For tables. */
  readonly isWide?: boolean
}) => <div className={`${styles.cards} ${isWide ? styles.wide : ''}`}>{children}</div>

export const Card = ({
  title,
  about,
  mark,
  children,
}: {
  readonly title: string
  readonly about?: string
  /** Beside the title: how it stands. */
  readonly mark?: ReactNode
  readonly children: ReactNode
}) => (
  <section className={styles.card}>
    <h2>
      {title} {mark}
    </h2>
    {about === undefined ? null : <p className={styles.about}>{about}</p>}
    <div className={styles.body}>{children}</div>
  </section>
)
