import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MAX_QUERY } from '../../src/domain/query/tokens.ts'
import { searchQuery } from '../api/search.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { KeyCaps } from './action-button.tsx'
import { aboutOf, KIND_ICONS, placeOf } from './found.tsx'
import { useGo } from './go.tsx'
import { Icon, type IconName } from './icons.tsx'
import { paletteStore, takeTyped, useFirstMarked } from './open-palette.ts'
import styles from './palette.module.css'
import { useOfferedKeys } from './use-keys.tsx'

const TYPED_MS = 150
const EACH = 4

interface Choice {
  readonly id: string
  readonly icon: IconName
  readonly label: string
  readonly about?: string
  readonly keys?: string
  readonly reason?: string | null
  readonly run: () => void
}

/** Mod+K: everything this screen can do, and every record one may see by its words or key. */
export const Palette = () => {
  const texts = useTexts()
  const [query, setQuery] = useState('')
  const actions = useActions(query)
  const found = useFound(query)
  useFirstMarked(found.items.map(({ id }) => id).join(' '))
  const isEmpty = actions.length === 0 && found.items.length === 0
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      lockScroll={false}
      shortcut={null}
      attributes={{ content: { 'aria-label': texts.shell.palette } }}
      centered={false}
      // the library would blur the screen behind, which costs a slow machine half a second
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      yOffset="14vh"
      scrollable
      maxHeight={420}
      size={600}
    >
      <Spotlight.Search
        placeholder={texts.palette.placeholder}
        aria-label={texts.shell.palette}
        leftSection={<Icon name="search" />}
        onFocus={() => {
          const typed = takeTyped()
          setQuery((before) => before + typed)
        }}
      />
      <Spotlight.ActionsList>
        {actions.length === 0 ? null : (
          <Spotlight.ActionsGroup label={texts.palette.actions}>{actions.map(draw)}</Spotlight.ActionsGroup>
        )}
        {found.items.length === 0 ? null : (
          <Spotlight.ActionsGroup label={texts.search.results}>
            {found.items.map(draw)}
          </Spotlight.ActionsGroup>
        )}
        {isEmpty ? (
          <Spotlight.Empty>{found.isLooking ? texts.states.loading : texts.palette.nothing}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

const draw = ({ id, icon, label, about, keys, reason, run }: Choice) => (
  <Spotlight.Action key={id} onClick={run} disabled={reason != null} className={styles.action}>
    <Icon name={icon} />
    <span className={styles.label}>
      {label}
      {about === undefined && reason == null ? null : <small>{reason ?? about}</small>}
    </span>
    {keys === undefined ? null : <KeyCaps keys={keys} />}
  </Spotlight.Action>
)

const useActions = (query: string): readonly Choice[] => {
  const words = query.trim().toLowerCase()
  const groups = useOfferedKeys()
  return groups
    .toReversed()
    .flatMap(({ actions }) =>
      actions
        .filter(({ hidden, label }) => hidden !== true && label.toLowerCase().includes(words))
        .map(
          ({ keys, label, reason, run }) => ({ id: keys, icon: 'arrow', label, keys, reason, run }) as const,
        ),
    )
}

/** The best of each kind; more of them on the search screen, where the last choice leads. */
const useFound = (typed: string): { readonly items: readonly Choice[]; readonly isLooking: boolean } => {
  const go = useGo()
  const texts = useTexts()
  const [text] = useDebouncedValue(typed.trim().slice(0, MAX_QUERY), TYPED_MS)
  const found = useQuery({
    ...searchQuery(text, null, EACH),
    enabled: text !== '',
    placeholderData: keepPreviousData,
  })
  if (text === '') return { items: [], isLooking: false }
  const items = (found.data?.groups ?? []).flatMap(({ kind, items: some }) =>
    some.map((item): Choice => {
      const about = aboutOf(kind, item, texts)
      return {
        id: item.id,
        icon: KIND_ICONS[kind],
        label: item.key === null || item.state === null ? item.title : `${item.key} ${item.title}`,
        about: item.state === null ? [texts.search.kinds[kind], about].filter(Boolean).join(' · ') : about,
        run: () => go(placeOf(kind, item)),
      }
    }),
  )
  const all: Choice = {
    id: 'search',
    icon: 'search',
    label: `${texts.search.open}: ${text}`,
    run: () => go(paths.search({ q: text })),
  }
  // what is still being looked for comes first, or Enter would lead past it
  return { items: found.isFetching ? items : [...items, all], isLooking: found.isFetching }
}
