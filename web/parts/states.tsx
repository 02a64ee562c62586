import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { factsOf } from '../api/problem.ts'
import { useTexts } from '../texts/texts.tsx'
import { Icon, type IconName } from './icons.tsx'
import { problemWords } from './problem-words.ts'
import styles from './states.module.css'

/** The four things a screen shows when it has nothing to show: empty, loading, failed, not allowed. */
const State = ({
  icon,
  title,
  children,
  actions,
  tone,
  isScreen = false,
}: {
  readonly icon: IconName
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
  readonly tone?: 'bad'
  /** Nothing else is on the screen, so this is its first heading. */
  readonly isScreen?: boolean
}) => (
  <section className={styles.state} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
    <span className={styles.icon}>
      <Icon name={icon} size={18} />
    </span>
    {isScreen ? <h1>{title}</h1> : <h2>{title}</h2>}
    {children}
    {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
  </section>
)

export const Empty = ({
  title,
  children,
  actions,
  icon = 'dot',
  isScreen,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly icon?: IconName
  readonly isScreen?: boolean
}) => (
  <State icon={icon} title={title} actions={actions} isScreen={isScreen}>
    <p>{children}</p>
  </State>
)

const BONES = ['a', 'b', 'c', 'd', 'e', 'f']

export const Loading = () => {
  const texts = useTexts()
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{texts.states.loading}</span>
      {BONES.map((bone) => (
        <div key={bone} className={styles.bone} />
      ))}
    </div>
  )
}

/** A screen that failed. What we may not see, and what is not there, are no failures and read otherwise. */
export const Failed = ({
  error,
  retry,
  isScreen,
}: {
  readonly error: unknown
  readonly retry?: () => void
  readonly isScreen?: boolean
}) => {
  const texts = useTexts()
  const facts = factsOf(error)
  const { title, detail } = problemWords(facts, texts)
  if (facts.status === 403) return <NoRights detail={detail} isScreen={isScreen} />
  return (
    <State
      icon={facts.status === 404 ? 'search' : 'warn'}
      title={title === '' ? texts.states.failed : title}
      tone={facts.status === 404 ? undefined : 'bad'}
      isScreen={isScreen}
      actions={
        retry === undefined ? undefined : (
          <Button variant="default" onClick={retry}>
            {texts.states.retry}
          </Button>
        )
      }
    >
      {detail === '' ? null : <p>{detail}</p>}
    </State>
  )
}

export const NoRights = ({ detail, isScreen }: { readonly detail?: string; readonly isScreen?: boolean }) => {
  const texts = useTexts()
  return (
    <State icon="lock" title={texts.states.noRights} isScreen={isScreen}>
      <p>{detail ?? texts.states.noRightsDetail}</p>
    </State>
  )
}

/** What went wrong, inside a form. */
export const FormProblem = ({ error }: { readonly error: unknown }) => {
  const texts = useTexts()
  if (error === null || error === undefined) return null
  const { title, detail } = problemWords(factsOf(error), texts)
  return (
    <div className={styles.inline} role="alert">
      <Icon name="warn" />
      <div>
        <strong>{title === '' ? texts.states.failed : title}.</strong> {detail}
      </div>
    </div>
  )
}
