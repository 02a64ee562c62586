import { useEffect, useRef } from 'react'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go, usePath } from './go.tsx'
import styles from './managed-list.module.css'

/** Screens that belong together. Each has its own address. */
export const Tabs = ({
  label,
  places,
}: {
  readonly label: string
  readonly places: readonly { readonly to: string; readonly label: string }[]
}) => {
  const path = usePath()
  // what stands below a place has no tab of its own
  const [here] = places
    .filter(({ to }) => path === to || path.startsWith(`${to}/`))
    .sort((a, b) => b.to.length - a.to.length)
  const row = useRef<HTMLElement>(null)
  useEffect(() => showWithin(row.current, here?.to), [here?.to])
  return (
    <nav ref={row} className={styles.tabs} aria-label={label}>
      {places.map((place) => (
        <Go
          key={place.to}
          to={place.to}
          aria-current={place !== here ? undefined : path === place.to ? 'page' : 'true'}
        >
          {place.label}
        </Go>
      ))}
    </nav>
  )
}

/** Where the row is longer than the screen, the place one is at is in its middle. */
const showWithin = (row: HTMLElement | null, to: string | undefined): void => {
  const link = row?.querySelector<HTMLElement>('[aria-current]')
  if (row == null || link == null || to === undefined) return
  row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.clientWidth) / 2
}

export const PeopleTabs = () => {
  const texts = useTexts()
  return (
    <Tabs
      label={texts.people.group}
      places={[
        { to: paths.people(), label: texts.people.title },
        { to: paths.teams(), label: texts.teams.title },
        { to: paths.tokens(), label: texts.tokens.title },
      ]}
    />
  )
}

export const SettingsTabs = () => {
  const texts = useTexts()
  return (
    <Tabs
      label={texts.settings.group}
      places={[
        { to: paths.settings(), label: texts.settings.title },
        { to: paths.audit(), label: texts.audit.title },
      ]}
    />
  )
}

export const CustomerTabs = () => {
  const texts = useTexts()
  return (
    <Tabs
      label={texts.customers.title}
      places={[
        { to: paths.customers(), label: texts.customers.title },
        { to: paths.contacts(), label: texts.contacts.title },
        { to: paths.installations(), label: texts.installations.title },
      ]}
    />
  )
}

export const ChangeTabs = () => {
  const { changes } = useTexts()
  return (
    <Tabs
      label={changes.title}
      places={[
        { to: paths.changes(), label: changes.title },
        { to: paths.changeModels(), label: changes.models.title },
        { to: paths.changeRules(), label: changes.rules.title },
      ]}
    />
  )
}
