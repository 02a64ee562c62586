import { MultiSelect, Select, Switch } from '@mantine/core'
import type { Described } from '../api/connections.ts'
import { Card } from '../parts/card.tsx'
import { Icon } from '../parts/icons.tsx'
import styles from '../parts/mapping.module.css'
import { type StatusDraft, stateRows, withRule, withState, wordRows } from '../parts/mapping-draft.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'

/** `waiting customer`, `in review`: as a mapping writes a state, in the reader's words. */
const stateName = (state: string, { words }: Texts): string => {
  const known: Readonly<Partial<Record<string, string>>> = {
    ...words.workItemState,
    ...words.ticketState,
    ...Object.fromEntries(Object.entries(words.waitingFor).map(([word, text]) => [`waiting ${word}`, text])),
  }
  return known[state] ?? state
}

interface Around {
  readonly states: readonly string[]
  readonly described: Described | undefined
  readonly isDisabled: boolean
}

/** Their statuses and ours side by side, both directions, with those that lead nowhere marked. */
export const MappingStatuses = ({
  status,
  change,
  problem,
  ...around
}: {
  readonly status: StatusDraft | null
  readonly change: (status: StatusDraft | null) => void
  readonly problem: string | null
} & Around) => {
  const { mapping } = useTexts()
  const owners = Object.entries(mapping.owners).map(([value, label]) => ({ value, label }))
  return (
    <Card title={mapping.statuses} about={mapping.statusesAbout}>
      <Switch
        label={mapping.useStatuses}
        disabled={around.isDisabled}
        checked={status !== null}
        onChange={(event) =>
          change(event.currentTarget.checked ? { owner: 'tool', toHub: [], toTool: [] } : null)
        }
      />
      {status === null ? null : (
        <>
          <Select
            label={mapping.owner}
            allowDeselect={false}
            disabled={around.isDisabled}
            data={owners}
            value={status.owner}
            onChange={(word) => change({ ...status, owner: word === 'hub' ? 'hub' : 'tool' })}
          />
          <div className={styles.sides}>
            <TheirWords status={status} change={change} {...around} />
            <OurStates status={status} change={change} {...around} />
          </div>
        </>
      )}
      {problem === null ? null : (
        <p className={styles.bad} role="alert">
          {problem}
        </p>
      )}
    </Card>
  )
}

interface Side extends Around {
  readonly status: StatusDraft
  readonly change: (status: StatusDraft) => void
}

const wordsOf = (described: Described | undefined): readonly string[] =>
  described?.statuses.map(({ word }) => word) ?? []

const TheirWords = ({ status, change, states, described, isDisabled }: Side) => {
  const texts = useTexts()
  const { mapping } = texts
  const rows = wordRows(wordsOf(described), status)
  return (
    <section>
      <h3>{mapping.theirWords}</h3>
      {rows.length === 0 ? <p className="quiet plain">{mapping.noStatuses}</p> : null}
      <ul className={styles.states}>
        {rows.map(({ word, state, isKnown }) => (
          <li key={word} className={styles.state} data-unmapped={state === ''}>
            <span>
              {word}
              {isKnown || described === undefined ? null : <small>{mapping.goneThere}</small>}
            </span>
            <Icon name="arrow" size={13} />
            <Select
              aria-label={`${mapping.theirWords}: ${word}`}
              placeholder={mapping.unmapped}
              size="xs"
              clearable
              // to choose what stands there already changes nothing
              allowDeselect={false}
              searchable
              disabled={isDisabled}
              data={[...new Set([...states, ...(state === '' ? [] : [state])])].map((value) => ({
                value,
                label: stateName(value, texts),
              }))}
              value={state === '' ? null : state}
              onChange={(next) => change(withState(status, word, next ?? ''))}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const OurStates = ({ status, change, states, described, isDisabled }: Side) => {
  const texts = useTexts()
  const { mapping } = texts
  const words = [...new Set([...wordsOf(described), ...status.toHub.map(([word]) => word)])]
  const choose = (when: string, index: number | null, to: string | null): void => {
    if (index === null) change(to === null ? status : withRule(status, when, to))
    else
      change({
        ...status,
        toTool:
          to === null
            ? status.toTool.toSpliced(index, 1)
            : status.toTool.map((rule, at) => (at === index ? { ...rule, to } : rule)),
      })
  }
  return (
    <section>
      <h3>{mapping.ourStates}</h3>
      <ul className={styles.states}>
        {stateRows(states, status).map(({ state, rules }) => (
          <li key={state} className={styles.state} data-unmapped={rules.length === 0}>
            <span>{stateName(state, texts)}</span>
            <Icon name="arrow" size={13} />
            <div className={styles.rules}>
              {(rules.length === 0 ? [null] : rules).map((index) => {
                const rule = index === null ? undefined : status.toTool[index]
                return (
                  <div key={index ?? 'none'}>
                    <Select
                      aria-label={`${mapping.ourStates}: ${stateName(state, texts)}`}
                      placeholder={mapping.notSent}
                      size="xs"
                      clearable
                      allowDeselect={false}
                      searchable
                      disabled={isDisabled}
                      data={[...new Set([...words, ...(rule === undefined ? [] : [rule.to])])]}
                      value={rule?.to ?? null}
                      onChange={(to) => choose(state, index, to)}
                    />
                    {rule === undefined || index === null ? null : (
                      <MultiSelect
                        aria-label={`${mapping.from}: ${stateName(state, texts)}`}
                        placeholder={rule.from.length === 0 ? mapping.fromAny : ''}
                        size="xs"
                        clearable
                        disabled={isDisabled}
                        data={[...new Set([...words, ...rule.from])]}
                        value={[...rule.from]}
                        onChange={(from) =>
                          change({
                            ...status,
                            toTool: status.toTool.map((one, at) => (at === index ? { ...one, from } : one)),
                          })
                        }
                      />
                    )}
                  </div>
                )
              })}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
