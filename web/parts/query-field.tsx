import { Autocomplete } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { completionsFor, writingAt } from '../../src/domain/query/complete.ts'
import type { FilterName, QueryList } from '../../src/domain/query/filters.ts'
import { type Hint, parseQuery } from '../../src/domain/query/parse.ts'
import { MAX_QUERY } from '../../src/domain/query/tokens.ts'
import { type Noun, organisationQuery } from '../api/organisation.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { Texts } from '../texts/en.ts'
import { Icon } from './icons.tsx'
import styles from './query-field.module.css'
import { useTypedFilter } from './use-filters.ts'

/** Whose names the server is asked for behind these filters. */
const NOUN_OF: Partial<Readonly<Record<FilterName, Noun>>> = {
  owner: 'people',
  team: 'teams',
  customer: 'customers',
  contact: 'contacts',
  product: 'products',
}
const SHOWN = 12

/** Where a query of words and filters is written: it offers filters and their values. `/` leads into it (focus-query.ts). */
export const QueryField = ({
  value,
  set,
  list,
  label,
  isFirst = false,
}: {
  readonly value: string | undefined
  readonly set: (value: string) => void
  readonly list: QueryList
  readonly label?: string
  /** It is what the screen is for. */
  readonly isFirst?: boolean
}) => {
  const texts = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const field = useTypedFilter(value ?? '', set)
  const [cursor, setCursor] = useState(0)
  const known = useKnownNames(field.value, cursor)
  const offered = completionsFor(field.value, cursor, list, known).slice(0, SHOWN)
  const labels = new Map(offered.map(({ text, label: shown }) => [text, shown]))
  const type = (text: string): void => {
    field.type(text)
    // a completion sets the whole text, and ends where its cursor would be
    setCursor(
      offered.find((one) => one.text === text)?.cursor ?? input.current?.selectionStart ?? text.length,
    )
  }
  // after a completion the library still points at the option that was chosen, which is gone
  useEffect(() => {
    const chosen = input.current?.getAttribute('aria-activedescendant')
    if (chosen != null && document.getElementById(chosen) === null)
      input.current?.removeAttribute('aria-activedescendant')
  })
  return (
    <Autocomplete
      ref={input}
      className={isFirst ? `${styles.field} ${styles.first}` : styles.field}
      size={isFirst ? 'sm' : 'xs'}
      type="search"
      aria-label={label ?? texts.search.field}
      placeholder={isFirst ? texts.search.placeholder : (label ?? texts.search.field)}
      leftSection={<Icon name="search" size={14} />}
      maxLength={MAX_QUERY}
      value={field.value}
      onChange={type}
      onSelect={(event) => setCursor(event.currentTarget.selectionStart ?? 0)}
      data={[...labels.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => labels.get(option.value) ?? option.value}
      comboboxProps={{ shadow: 'md', withinPortal: false }}
      withScrollArea={false}
    />
  )
}

const useKnownNames = (text: string, cursor: number): readonly string[] => {
  const writing = writingAt(text, cursor)
  const noun = writing?.of === 'value' ? (NOUN_OF[writing.name] ?? null) : null
  const found = useQuery({
    ...organisationQuery(noun ?? 'customers', writing?.typed ?? ''),
    enabled: noun !== null,
    placeholderData: keepPreviousData,
  })
  return noun === null ? [] : (found.data?.items ?? []).slice(0, SHOWN).map(({ name }) => name)
}

/** What of the query counts for nothing, in sentences. */
export const QueryHints = ({
  text,
  list,
}: {
  readonly text: string | undefined
  readonly list: QueryList
}) => {
  const texts = useTexts()
  const { hints } = parseQuery(text ?? '', list)
  if (hints.length === 0) return null
  return (
    <ul className={styles.hints} role="status">
      {hints.map((hint) => (
        <li key={`${hint.code} ${hint.name} ${hint.value}`}>
          <Icon name="warn" size={14} />
          {sentenceOf(hint, texts)}
        </li>
      ))}
    </ul>
  )
}

const sentenceOf = ({ code, name, value, choices }: Hint, { search: { hints } }: Texts): string => {
  const all = choices.join(', ')
  switch (code) {
    case 'unknown filter':
      return choices.length === 1 ? hints.meant(name, all) : hints.unknown(name, all)
    case 'not here':
      return hints.notHere(name, all)
    case 'no value':
      return all === '' ? hints.noValue(name) : hints.noWord(name, choices.slice(0, 4).join(', '))
    case 'unknown value':
      return all === '' ? hints.badTime(name, value ?? '') : hints.badWord(name, value ?? '', all)
  }
}
