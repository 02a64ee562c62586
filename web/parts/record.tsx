import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTexts } from '../texts/texts.tsx'
import styles from './record.module.css'
import type { Tone } from './tones.ts'

/** How every record stands on the screen: its story in the middle, what is known about it at the side. */
export const RecordLayout = ({
  children,
  panel,
}: {
  readonly children: ReactNode
  readonly panel: ReactNode
}) => {
  const texts = useTexts()
  const isWide = useMediaQuery('(min-width: 1001px)', undefined, { getInitialValueInEffect: false })
  return (
    <div className={styles.record}>
      <article className={styles.main}>
        <div className={styles.column}>{children}</div>
      </article>
      <aside className={styles.panel} aria-label={texts.shell.details}>
        {isWide ? (
          panel
        ) : (
          <details>
            <summary>{texts.shell.details}</summary>
            {panel}
          </details>
        )}
      </aside>
    </div>
  )
}

export const RecordHead = ({
  crumbs,
  title,
  level = 1,
  children,
}: {
  readonly crumbs: ReactNode
  readonly title: string
  /** 2: beside a list, whose screen has the first heading. */
  readonly level?: 1 | 2
  readonly children: ReactNode
}) => (
  <>
    <div className={styles.crumbs}>{crumbs}</div>
    {level === 1 ? <h1 className={styles.title}>{title}</h1> : <h2 className={styles.title}>{title}</h2>}
    {children}
  </>
)

export const Actions = ({ children, label }: { readonly children: ReactNode; readonly label: string }) => (
  <div className={styles.actions} role="toolbar" aria-label={label}>
    {children}
  </div>
)

/** status ‖ engineering status ‖ release, side by side. */
export const Road = ({ children }: { readonly children: ReactNode }) => (
  <div className={styles.road}>{children}</div>
)

export const Station = ({
  title,
  children,
  about,
}: {
  readonly title: string
  readonly children: ReactNode
  readonly about?: ReactNode
}) => (
  <section className={styles.station}>
    <h2>{title}</h2>
    {children}
    {about == null ? null : <p>{about}</p>}
  </section>
)

export const Facts = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={styles.facts}>
    <h3>{title}</h3>
    {children}
  </section>
)

export const FactList = ({
  facts,
}: {
  readonly facts: readonly (readonly [label: string, value: ReactNode])[]
}) => (
  <dl>
    {facts.map(([label, value]) => (
      <Fact key={label} label={label}>
        {value}
      </Fact>
    ))}
  </dl>
)

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <>
    <dt>{label}</dt>
    <dd>{children ?? <span className="quiet">–</span>}</dd>
  </>
)

export const Callout = ({
  tone,
  title,
  children,
}: {
  readonly tone: Tone
  readonly title: string
  readonly children?: ReactNode
}) => (
  <section className={styles.callout} data-tone={tone}>
    <strong>{title}</strong>
    {children}
  </section>
)

export const Block = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={styles.block}>
    <h2>{title}</h2>
    {children}
  </section>
)

/** Labelled texts that are left out where nobody wrote one. */
export const Pairs = ({
  pairs,
}: {
  readonly pairs: readonly (readonly [label: string, text: string | null])[]
}) => {
  const said = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null && pair[1] !== '')
  return said.length === 0 ? null : (
    <div className={styles.pairs}>
      {said.map(([label, text]) => (
        <section key={label}>
          <h3>{label}</h3>
          <p>{text}</p>
        </section>
      ))}
    </div>
  )
}

export { styles as recordStyles }
