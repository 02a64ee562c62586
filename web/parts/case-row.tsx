import type { AcceptanceCase } from '../api/go-live.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import styles from './go-live.module.css'
import type { NoteAction } from './note-row.tsx'
import { Pairs } from './record.tsx'
import { Time } from './time.tsx'
import { CASE_TONES } from './tones.ts'

/** A case: what is tried, how it stands, and every run of it. */
export const CaseRow = ({
  one,
  actions,
}: {
  readonly one: AcceptanceCase
  readonly actions: readonly NoteAction[]
}) => {
  const { acceptance: words } = useTexts()
  const { title, steps, expected, component, ticket, standing, runs } = one
  return (
    <>
      <div className={styles.words}>
        <strong>{title}</strong>
        <Pairs
          pairs={[
            [words.steps, steps],
            [words.expected, expected],
          ]}
        />
        <small>
          {component === null ? null : `${component.name} `}
          {ticket === null ? null : (
            <Go to={paths.ticket(ticket.key)} title={ticket.title}>
              {words.from(ticket.key)}
            </Go>
          )}
        </small>
        {runs.length === 0 ? null : (
          <details>
            <summary>{words.runs(runs.length)}</summary>
            <ul className={styles.behind}>
              {runs.map((run) => (
                <li key={run.id}>
                  {words.results[run.result]} · {run.by.name} <Time at={run.at} />
                  {run.caseVersion === one.revision ? null : ` · ${words.older}`}
                  {run.workItem === null ? null : (
                    <>
                      {' · '}
                      <Go to={paths.workItem(run.workItem.key)}>
                        {run.workItem.key} {run.workItem.title}
                      </Go>
                    </>
                  )}
                  {run.note === null ? null : <p>{run.note}</p>}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <Badge tone={CASE_TONES[standing]}>{words.results[standing]}</Badge>
      {actions.map((action) => (
        <ActionButton key={action.label} {...action} fullLabel={`${action.label}: ${title}`} />
      ))}
    </>
  )
}
