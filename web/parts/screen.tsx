import { type ReactNode, useEffect } from 'react'
import styles from './screen.module.css'

/** The head of a list screen, and the name of the browser's tab. */
export const ScreenHead = ({
  title,
  about,
  children,
}: {
  readonly title: string
  readonly about?: string
  readonly children?: ReactNode
}) => {
  useTabTitle(title)
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        <h1>{title}</h1>
        {about === undefined ? null : <p>{about}</p>}
      </div>
      {children}
    </header>
  )
}

export const useTabTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · Causeway`
  }, [title])
}

export const Filters = ({ children, label }: { readonly children: ReactNode; readonly label: string }) => (
  <search className={styles.filters} aria-label={label}>
    {children}
  </search>
)

export const Section = ({
  title,
  count,
  children,
}: {
  readonly title: string
  readonly count: number | string
  readonly children: ReactNode
}) => (
  <section className={styles.section}>
    <h2>
      {title} <span>{count}</span>
    </h2>
    {children}
  </section>
)
