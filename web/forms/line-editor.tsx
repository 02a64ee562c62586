import { Autocomplete, Button } from '@mantine/core'
import { useId } from 'react'
import { Icon } from '../parts/icons.tsx'
import styles from '../parts/mapping.module.css'
import { type Line, saidTwice } from '../parts/mapping-draft.ts'
import { useTexts } from '../texts/desk-texts.tsx'

/** Something that can be chosen, or typed: a tool may have words it does not tell of. */
export interface Choice {
  readonly value: string
  readonly label: string
}

const plain = (words: readonly string[]): readonly Choice[] => words.map((value) => ({ value, label: value }))

export { plain as wordsAsChoices }

/** A word there and a word here, line by line. */
export const LineEditor = ({
  lines,
  change,
  labels,
  choices,
  isDisabled,
}: {
  readonly lines: readonly Line[]
  readonly change: (lines: readonly Line[]) => void
  readonly labels: readonly [there: string, here: string]
  readonly choices: readonly [there: readonly Choice[], here: readonly Choice[]]
  readonly isDisabled: boolean
}) => {
  const { mapping } = useTexts()
  const twice = saidTwice(lines)
  const id = useId()
  return (
    <div className={styles.lines}>
      {lines.map((line, index) => (
        // a line has no name of its own while it is typed
        // biome-ignore lint/suspicious/noArrayIndexKey: lines stand where they stand
        <div key={`${id} ${index}`} className={styles.line}>
          {([0, 1] as const).map((side) => (
            <Typed
              key={side}
              label={labels[side]}
              value={line[side]}
              choices={choices[side]}
              isDisabled={isDisabled}
              error={side === 0 && twice.includes(line[0].trim())}
              set={(value) => change(lines.with(index, side === 0 ? [value, line[1]] : [line[0], value]))}
            />
          ))}
          <Button
            variant="subtle"
            color="gray"
            px={8}
            disabled={isDisabled}
            aria-label={mapping.remove(line[0])}
            onClick={() => change(lines.toSpliced(index, 1))}
          >
            <Icon name="close" size={14} />
          </Button>
        </div>
      ))}
      {isDisabled ? null : (
        <div>
          <Button variant="default" size="xs" onClick={() => change([...lines, ['', '']])}>
            {mapping.addLine}
          </Button>
        </div>
      )}
      {twice.length === 0 ? null : (
        <p className={styles.bad} role="alert">
          {mapping.twice(twice.join(', '))}
        </p>
      )}
    </div>
  )
}

/** Shows names, keeps words: a person is chosen by name and kept by their id there. */
export const Typed = ({
  label,
  value,
  choices,
  set,
  isDisabled,
  error = false,
}: {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly set: (value: string) => void
  readonly isDisabled: boolean
  readonly error?: boolean
}) => {
  const shown = choices.find((choice) => choice.value === value)?.label ?? value
  return (
    <Autocomplete
      aria-label={label}
      placeholder={label}
      size="xs"
      disabled={isDisabled}
      error={error}
      maxLength={300}
      limit={100}
      data={[...new Set(choices.map((choice) => choice.label))]}
      value={shown}
      onChange={(text) => set(choices.find((choice) => choice.label === text)?.value ?? text)}
    />
  )
}
