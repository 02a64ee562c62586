import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { requestSearch } from '../api/portal.ts'
import { KeyCaps } from '../parts/action-button.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { paletteStore, takeTyped, useFirstMarked } from '../parts/open-palette.ts'
import styles from '../parts/palette.module.css'
import { useOfferedKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

const TYPED_MS = 150

/** Mod+K for customers: what this screen can do, and their requests by words or key. */
export const PortalPalette = () => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const [query, setQuery] = useState('')
  const [text] = useDebouncedValue(query.trim().slice(0, 200), TYPED_MS)
  const found = useQuery({ ...requestSearch(text), enabled: text !== '' })
  const requests = text === '' ? [] : (found.data?.items ?? [])
  const words = query.trim().toLowerCase()
  useFirstMarked(requests.map(({ id }) => id).join(' '))
  const actions = useOfferedKeys()
    .toReversed()
    .flatMap(({ actions: offered }) =>
      offered.filter(({ hidden, label }) => hidden !== true && label.toLowerCase().includes(words)),
    )
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
        placeholder={portal.search}
        aria-label={texts.shell.palette}
        leftSection={<Icon name="search" />}
        onFocus={() => {
          const typed = takeTyped()
          setQuery((before) => before + typed)
        }}
      />
      <Spotlight.ActionsList>
        {actions.length === 0 ? null : (
          <Spotlight.ActionsGroup label={texts.palette.actions}>
            {actions.map(({ keys, label, reason, run }) => (
              <Spotlight.Action key={keys} onClick={run} disabled={reason != null} className={styles.action}>
                <Icon name="arrow" />
                <span className={styles.label}>
                  {label}
                  {reason == null ? null : <small>{reason}</small>}
                </span>
                <KeyCaps keys={keys} />
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {requests.length === 0 ? null : (
          <Spotlight.ActionsGroup label={portal.navigation}>
            {requests.map(({ id, key, title, state }) => (
              <Spotlight.Action key={id} onClick={() => go(paths.request(key))} className={styles.action}>
                <Icon name="ticket" />
                <span className={styles.label}>
                  {`${key} ${title}`}
                  <small>{portal.states[state]}</small>
                </span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length === 0 && requests.length === 0 ? (
          <Spotlight.Empty>{found.isFetching ? texts.states.loading : texts.palette.nothing}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}
