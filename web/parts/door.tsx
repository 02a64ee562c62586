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
  /** Absent: there is nothing to send. */
  readonly onSubmit?: () => void
  readonly children: ReactNode
}) => {
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit?.()
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
        {onSubmit === undefined ? (
          <div className={styles.form}>{children}</div>
        ) : (
          <form className={styles.form} onSubmit={submitted}>
            {children}
          </form>
        )}
      </div>
    </main>
  )
}

/** Other ways from here, below the form. */
export const DoorFoot = ({ children }: { readonly children: ReactNode }) => (
  <p className={styles.foot}>{children}</p>
)

export const DoorNotice = ({
  title,
  children,
  isGood = false,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly isGood?: boolean
}) => (
  <div className={styles.notice} data-good={isGood} role={isGood ? 'status' : 'alert'}>
    <strong>{title}</strong>
    <p>{children}</p>
  </div>
)
