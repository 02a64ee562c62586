import { Button, Modal, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionConfiguration, Described } from '../api/connections.ts'
import { Card } from '../parts/card.tsx'
import { fieldName } from '../parts/field-words.ts'
import { Icon } from '../parts/icons.tsx'
import styles from '../parts/mapping.module.css'
import type { FieldDraft } from '../parts/mapping-draft.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { type Choice, LineEditor, Typed, wordsAsChoices } from './line-editor.tsx'

type Ours = ConnectionConfiguration['ours']

interface Around {
  readonly ours: Ours
  readonly described: Described | undefined
  readonly isDisabled: boolean
}

/** What crosses, as a table: ours, theirs, the direction, what happens when both change it, which word is which. */
export const MappingFields = ({
  fields,
  change,
  problems,
  ...around
}: {
  readonly fields: readonly FieldDraft[]
  readonly change: (fields: readonly FieldDraft[]) => void
  /** By place of the line. */
  readonly problems: ReadonlyMap<number, string>
} & Around) => {
  const { mapping } = useTexts()
  const add = (): void =>
    change([...fields, { hub: '', tool: '', direction: 'both', conflict: 'ask', values: null }])
  return (
    <Card title={mapping.fields} about={mapping.fieldsAbout}>
      {fields.length === 0 ? <p className="quiet plain">{mapping.noFields}</p> : null}
      <ol className={styles.fields}>
        {fields.map((field, index) => (
          // a line has no name of its own while it is typed
          // biome-ignore lint/suspicious/noArrayIndexKey: lines stand where they stand
          <li key={index}>
            <FieldLine
              field={field}
              problem={problems.get(index)}
              set={(next) => change(fields.with(index, next))}
              remove={() => change(fields.toSpliced(index, 1))}
              {...around}
            />
          </li>
        ))}
      </ol>
      {around.isDisabled ? null : (
        <div>
          <Button variant="default" size="xs" onClick={add}>
            {mapping.addField}
          </Button>
        </div>
      )}
    </Card>
  )
}

const FieldLine = ({
  field,
  set,
  remove,
  problem,
  ours,
  described,
  isDisabled,
}: {
  readonly field: FieldDraft
  readonly set: (field: FieldDraft) => void
  readonly remove: () => void
  readonly problem: string | undefined
} & Around) => {
  const texts = useTexts()
  const { mapping, why } = texts
  const [isOpen, setOpen] = useState(false)
  const derived = ours.fields.find((one) => one.field === field.hub)?.derived ?? false
  const tool = described?.fields.find((one) => one.field === field.tool)
  const values = field.values === null ? mapping.valuesAs : mapping.valuesCount(field.values.length)
  const name = field.hub === '' ? mapping.field : fieldName(field.hub, texts)
  const directions = Object.entries(why.directions).map(([value, label]) => ({
    value,
    label,
    // what is derived never comes back, and what the tool does not let us write never goes
    disabled: (derived && value !== 'to tool') || (tool?.writable === false && value !== 'to hub'),
  }))
  return (
    <div className={styles.field}>
      <Typed
        label={mapping.ours}
        value={field.hub}
        choices={ours.fields.map((one) => ({ value: one.field, label: fieldName(one.field, texts) }))}
        isDisabled={isDisabled}
        error={problem !== undefined}
        set={(hub) => set({ ...field, hub, direction: directionFor(ours, hub, field.direction) })}
      />
      <Typed
        label={mapping.theirs}
        value={field.tool}
        choices={(described?.fields ?? []).map((one) => ({
          value: one.field,
          label: one.title === one.field ? one.title : `${one.title} (${one.field})`,
        }))}
        isDisabled={isDisabled}
        error={problem !== undefined}
        set={(next) => set({ ...field, tool: next })}
      />
      <Select
        aria-label={`${mapping.direction}: ${name}`}
        size="xs"
        allowDeselect={false}
        disabled={isDisabled}
        data={directions}
        value={field.direction}
        onChange={(word) => set({ ...field, direction: (word ?? 'both') as FieldDraft['direction'] })}
      />
      {field.direction === 'both' ? (
        <Select
          aria-label={`${mapping.conflict}: ${name}`}
          size="xs"
          allowDeselect={false}
          disabled={isDisabled}
          data={Object.entries(why.conflicts).map(([value, label]) => ({ value, label }))}
          value={field.conflict}
          onChange={(word) => set({ ...field, conflict: (word ?? 'ask') as FieldDraft['conflict'] })}
        />
      ) : (
        <span className={styles.quiet}>{mapping.notOneWay}</span>
      )}
      <Button
        variant="subtle"
        size="xs"
        // who speaks to their computer says the words that they see
        aria-label={`${mapping.values}: ${name}, ${values}`}
        onClick={() => setOpen(true)}
      >
        {values}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        px={8}
        disabled={isDisabled}
        aria-label={mapping.remove(name)}
        onClick={remove}
      >
        <Icon name="close" size={14} />
      </Button>
      {problem === undefined ? null : (
        <p className={styles.bad} role="alert">
          {problem}
        </p>
      )}
      {isOpen ? (
        <Values
          field={field}
          set={set}
          close={() => setOpen(false)}
          name={name}
          isDisabled={isDisabled}
          choices={[wordsAsChoices(tool?.options ?? []), ourWords(ours, field.hub)]}
        />
      ) : null}
    </div>
  )
}

const directionFor = (
  ours: Ours,
  hub: string,
  direction: FieldDraft['direction'],
): FieldDraft['direction'] =>
  ours.fields.find((one) => one.field === hub)?.derived === true ? 'to tool' : direction

const ourWords = (ours: Ours, hub: string): readonly Choice[] => {
  if (hub === 'product') return ours.products.map(({ key, name }) => ({ value: key, label: name }))
  if (hub === 'component') return ours.components.map(({ key, name }) => ({ value: key, label: name }))
  return wordsAsChoices(ours.fields.find((one) => one.field === hub)?.words ?? [])
}

const Values = ({
  field,
  set,
  close,
  name,
  choices,
  isDisabled,
}: {
  readonly field: FieldDraft
  readonly set: (field: FieldDraft) => void
  readonly close: () => void
  readonly name: string
  readonly choices: readonly [readonly Choice[], readonly Choice[]]
  readonly isDisabled: boolean
}) => {
  const { mapping } = useTexts()
  const begin = choices[0].map(({ value }) => {
    const same = choices[1].find((one) => one.value.toLowerCase() === value.toLowerCase())
    return [value, same?.value ?? ''] as const
  })
  return (
    <Modal opened onClose={close} title={mapping.valuesTitle(name)} size="lg">
      <div className={styles.lines}>
        <p className="quiet plain">{mapping.valuesAbout}</p>
        <Switch
          label={mapping.valuesAs}
          disabled={isDisabled}
          checked={field.values === null}
          onChange={(event) => set({ ...field, values: event.currentTarget.checked ? null : begin })}
        />
        {field.values === null ? null : (
          <LineEditor
            lines={field.values}
            change={(values) => set({ ...field, values })}
            labels={[mapping.theirs, mapping.ours]}
            choices={choices}
            isDisabled={isDisabled}
          />
        )}
      </div>
    </Modal>
  )
}
