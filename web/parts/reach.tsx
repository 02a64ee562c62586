import type { Saved } from '../api/connections.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { fieldName } from './field-words.ts'
import styles from './mapping.module.css'
import { Callout } from './record.tsx'

const MOST = 60

/** What saving would do: the changes line by line, how far they reach, or what is wrong. */
export const Reach = ({ saved }: { readonly saved: Saved }) => {
  const texts = useTexts()
  const { mapping: words } = texts
  if (saved.problems.length > 0)
    return (
      <Callout tone="bad" title={words.problems}>
        <ul className={styles.words}>
          {saved.problems.map((problem) => (
            <li key={`${problem.path} ${problem.what}`}>
              <code>{problem.path}</code> {problem.what}. {problem.todo}
            </li>
          ))}
        </ul>
      </Callout>
    )
  const lines = saved.changes.flatMap((change) => change.words)
  if (saved.changes.length === 0) return <p className="plain">{words.nothingChanges}</p>
  return (
    <>
      {lines.length === 0 ? null : (
        <section>
          <h3>{words.changes}</h3>
          <ul className={styles.words}>
            {lines.slice(0, MOST).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {lines.length > MOST ? (
            <p className="quiet plain">{texts.waits.more(lines.length - MOST)}</p>
          ) : null}
        </section>
      )}
      <section>
        <h3>{words.reach}</h3>
        {saved.reach.every(({ mirrors }) => mirrors === 0) ? (
          <p className="quiet plain">{words.noReach}</p>
        ) : (
          saved.reach.map((reach) => <Reached key={reach.connection} reach={reach} />)
        )}
      </section>
    </>
  )
}

const Reached = ({ reach }: { readonly reach: Saved['reach'][number] }) => {
  const texts = useTexts()
  const { mapping: words } = texts
  const parts = ({ here, there, held, asked }: NonNullable<typeof reach.fields>[number]): string =>
    [
      here === 0 ? null : words.here(here),
      there === 0 ? null : words.there(there),
      held === 0 ? null : words.held(held),
      asked === 0 ? null : words.asked(asked),
    ]
      .filter((text) => text !== null)
      .join(', ')
  return (
    <>
      <p className="plain">
        <strong>{words.reachOf(reach.mirrors, reach.measured ?? 0, reach.touched ?? 0)}</strong>
      </p>
      <ul className={styles.words}>
        {(reach.fields ?? []).map((field) => (
          <li key={field.field}>{words.reachField(fieldName(field.field, texts), parts(field))}</li>
        ))}
      </ul>
    </>
  )
}
