import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import styles from '../parts/pairs.module.css'
import {
  columnsOf,
  MAX_PAIRS,
  matchOf,
  otherOf,
  type PairList,
  type PairsDraft,
  pairsOf,
  readPairList,
  withWay,
} from '../parts/pairs-draft.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const WAYS = ['key', 'link', 'title', 'text', 'list'] as const

/** How pairs are to be found. */
export const PairsForm = ({
  draft,
  change,
  others,
  find,
  isFinding,
}: {
  readonly draft: PairsDraft
  readonly change: (draft: PairsDraft) => void
  /** The connections of the other party. */
  readonly others: readonly { readonly key: string; readonly title: string }[]
  readonly find: () => void
  readonly isFinding: boolean
}) => {
  const { pairs: words } = useTexts()
  const isReady = matchOf(draft) !== null
  const submitted = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !isFinding) find()
  }
  return (
    <form onSubmit={submitted}>
      <Stack gap="sm">
        {others.length < 2 ? null : (
          <NativeSelect
            label={words.other}
            value={otherOf(draft, others).with}
            data={others.map(({ key, title }) => ({ value: key, label: title }))}
            onChange={({ currentTarget: { value } }) => change({ ...draft, other: value })}
          />
        )}
        <NativeSelect
          label={words.how}
          description={words.byAbout[draft.by]}
          value={draft.by}
          data={WAYS.map((way) => ({ value: way, label: words.by[way] }))}
          onChange={({ currentTarget: { value } }) => {
            const way = WAYS.find((one) => one === value)
            if (way !== undefined) change(withWay(draft, way))
          }}
        />
        {draft.by === 'key' ? (
          <TextInput
            label={words.field}
            description={words.fieldAbout}
            required
            value={draft.field}
            onChange={({ currentTarget: { value } }) => change({ ...draft, field: value })}
          />
        ) : null}
        {draft.by === 'title' || draft.by === 'text' ? (
          <Whole
            label={words.hours}
            value={draft.hours}
            least={1}
            most={9_999}
            change={(hours) => change({ ...draft, hours })}
          />
        ) : null}
        {draft.by === 'text' ? (
          <Whole
            label={words.least}
            value={draft.least}
            least={30}
            most={100}
            change={(least) => change({ ...draft, least })}
          />
        ) : null}
        {draft.by === 'list' ? (
          <ListFields list={draft.list} change={(list) => change({ ...draft, list })} />
        ) : null}
        <Group>
          <Button type="submit" disabled={!isReady} loading={isFinding}>
            {words.find}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

const Whole = ({
  label,
  value,
  least,
  most,
  change,
}: {
  readonly label: string
  readonly value: number
  readonly least: number
  readonly most: number
  readonly change: (value: number) => void
}) => (
  <NumberInput
    label={label}
    value={value}
    min={least}
    max={most}
    allowDecimal={false}
    clampBehavior="strict"
    onChange={(next) => {
      if (typeof next === 'number') change(Math.min(Math.max(next, least), most))
    }}
  />
)

const ListFields = ({
  list,
  change,
}: {
  readonly list: PairList | null
  readonly change: (list: PairList) => void
}) => {
  const { pairs: words } = useTexts()
  const take = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) change(readPairList(file.name, await file.text()))
  }
  const count = list === null ? 0 : pairsOf(list).length
  const problem =
    list === null ? null : count === 0 ? words.noPairs : count > MAX_PAIRS ? words.tooMany(MAX_PAIRS) : null
  return (
    <>
      <label className={styles.file}>
        <span>{words.file}</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,text/csv"
          onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
        />
      </label>
      {list === null ? null : (
        <>
          <Checkbox
            label={words.hasNames}
            checked={list.hasNames}
            onChange={({ currentTarget: { checked } }) => change({ ...list, hasNames: checked })}
          />
          <Group grow>
            <Column
              label={words.deskColumn}
              list={list}
              at={list.desk}
              change={(desk) => change({ ...list, desk })}
            />
            <Column
              label={words.trackerColumn}
              list={list}
              at={list.tracker}
              change={(tracker) => change({ ...list, tracker })}
            />
          </Group>
          <p className={problem === null ? 'quiet plain' : styles.bad} role="status">
            {problem ?? words.pairsInFile(count)}
          </p>
        </>
      )}
    </>
  )
}

const Column = ({
  label,
  list,
  at,
  change,
}: {
  readonly label: string
  readonly list: PairList
  readonly at: number
  readonly change: (at: number) => void
}) => {
  const { pairs: words } = useTexts()
  const names = list.hasNames ? (list.rows[0] ?? []) : []
  return (
    <NativeSelect
      label={label}
      value={String(at)}
      data={Array.from({ length: columnsOf(list) }, (_, column) => ({
        value: String(column),
        label: words.column(column + 1, (names[column] ?? '').slice(0, 60)),
      }))}
      onChange={({ currentTarget: { value } }) => change(Number(value))}
    />
  )
}
