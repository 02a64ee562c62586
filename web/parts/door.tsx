import type { FormEvent, ReactNode } from 'react'
import styles from './door.module.css'

/** The screens before the shell: one form on an empty ground. */
export const Door = ({
  title,
  about,
  onSubmit,
  children,
}: {
  readonly title: string
  readonly about: string
  readonly onSubmit: () => void
  readonly children: ReactNode
}) => {
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width={30} height={30} />
          Causeway
        </div>
        <h1>{title}</h1>
        <p>{about}</p>
        <form className={styles.form} onSubmit={submitted}>
          {children}
        </form>
      </div>
    </main>
  )
}
