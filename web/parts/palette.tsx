import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ticketSearch, workItemSearch } from '../api/search.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { KeyCaps } from './action-button.tsx'
import { useGo } from './go.tsx'
import { Icon, type IconName } from './icons.tsx'
import styles from './palette.module.css'
import { useOfferedKeys } from './use-keys.tsx'

const TYPED_MS = 150

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
export const Palette = ({ isForCustomers = false }: { readonly isForCustomers?: boolean }) => {
  const texts = useTexts()
  const [query, setQuery] = useState('')
  const actions = useActions(query)
  const found = useFound(query, isForCustomers)
  useFirstMarked(found.items.map(({ id }) => id).join(' '))
  const isEmpty = actions.length === 0 && found.items.length === 0
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      lockScroll={false}
      shortcut={null}
      attributes={{ content: { 'aria-label': texts.shell.palette } }}
      centered={false}
      yOffset="14vh"
      scrollable
      maxHeight={420}
      size={600}
    >
      <Spotlight.Search
        placeholder={isForCustomers ? texts.portal.search : texts.palette.placeholder}
        aria-label={texts.shell.palette}
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {actions.length === 0 ? null : (
          <Spotlight.ActionsGroup label={texts.palette.actions}>{actions.map(draw)}</Spotlight.ActionsGroup>
        )}
        {found.items.length === 0 ? null : (
          <Spotlight.ActionsGroup label={isForCustomers ? texts.portal.navigation : texts.palette.records}>
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

/**
 * What Enter chooses. The library marks the first choice as one types and leaves it at that; what the server finds comes
 * later, and would stay unmarked when it is all there is.
 */
const useFirstMarked = (found: string): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other choices are drawn
  useEffect(() => {
    const first = document.querySelector('[role=dialog] [data-action]')
    const isMarked = document.querySelector('[role=dialog] [data-action][data-selected]') !== null
    if (!isMarked) first?.setAttribute('data-selected', 'true')
  }, [found])
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

const useFound = (
  typed: string,
  isForCustomers: boolean,
): { readonly items: readonly Choice[]; readonly isLooking: boolean } => {
  const go = useGo()
  const texts = useTexts()
  const [text] = useDebouncedValue(typed.trim().slice(0, 200), TYPED_MS)
  const mayTickets = useMay('tickets.read')
  const mayWorkItems = useMay('work-items.read')
  const tickets = useQuery({ ...ticketSearch(text), enabled: text !== '' && mayTickets })
  const workItems = useQuery({ ...workItemSearch(text), enabled: text !== '' && mayWorkItems })
  if (text === '') return { items: [], isLooking: false }
  const items: readonly Choice[] = [
    ...(tickets.data?.items ?? []).map(
      ({ id, key, title, state, customer }): Choice => ({
        id,
        icon: 'ticket',
        label: `${key} ${title}`,
        about: isForCustomers
          ? texts.portal.states[state]
          : [texts.words.ticketState[state], customer].filter(Boolean).join(' · '),
        run: () => go(isForCustomers ? paths.request(key) : paths.ticket(key)),
      }),
    ),
    ...(workItems.data?.items ?? []).map(
      ({ id, key, title, state, team }): Choice => ({
        id,
        icon: 'work',
        label: `${key} ${title}`,
        about: [texts.words.workItemState[state], team].filter(Boolean).join(' · '),
        run: () => go(paths.workItem(key)),
      }),
    ),
  ]
  return { items, isLooking: tickets.isFetching || workItems.isFetching }
}
