import { Tooltip } from '@mantine/core'
import { type AriaAttributes, useEffect, useId, useRef } from 'react'
import type { Liveness } from '../api/events.ts'
import type { Self } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { KeyCaps } from './action-button.tsx'
import { Go, usePath } from './go.tsx'
import { Icon } from './icons.tsx'
import { openPalette } from './open-palette.ts'
import { usePreference, writePreference } from './preferences.ts'
import styles from './rail.module.css'
import { type RailGroup, type RailPlace, railGroups } from './rail-places.ts'
import { RailViews, useShownView } from './rail-views.tsx'
import { SelfMenu } from './self-menu.tsx'

/** The left rail: where one is, where one can go, who one is. */
export const Rail = ({
  self,
  isOpen,
  liveness,
  showKeys,
}: {
  readonly self: Self
  readonly isOpen: boolean
  readonly liveness: Liveness
  readonly showKeys: () => void
}) => {
  const texts = useTexts()
  const groups = useRef<HTMLDivElement>(null)
  const path = usePath()
  // where one is may be below the edge of a low window
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path has another entry
  useEffect(() => {
    const entry = groups.current?.querySelector('[aria-current="page"]')
    if (groups.current !== null && entry != null) showWithin(groups.current, entry)
  }, [path])
  const liveWords = { opening: texts.shell.connecting, live: texts.shell.live, lost: texts.shell.notLive }
  return (
    <nav id="rail" className={styles.rail} data-open={isOpen} aria-label={texts.shell.navigation}>
      <div className={styles.brand}>
        <img src="/favicon.svg" alt="" width={22} height={22} />
        Causeway
      </div>
      <button type="button" className={styles.search} onClick={openPalette}>
        <Icon name="search" size={14} />
        <span>{texts.shell.search}</span>
        <KeyCaps keys="mod+k" />
      </button>
      <div className={styles.groups} ref={groups}>
        {railGroups(self, texts).map((group) => (
          <Group key={group.name} group={group} />
        ))}
      </div>
      <div className={styles.foot}>
        <span className={styles.live} data-live={liveness} role="status">
          {liveWords[liveness]}
        </span>
        <SelfMenu self={self} showKeys={showKeys} />
      </div>
    </nav>
  )
}

/** Not by `scrollIntoView`: Chromium 150 moves where Tab goes on to it, past the link that skips this rail. */
const showWithin = (list: Element, entry: Element): void => {
  const [edges, at] = [list.getBoundingClientRect(), entry.getBoundingClientRect()]
  if (at.top < edges.top) list.scrollTop -= edges.top - at.top
  else if (at.bottom > edges.bottom) list.scrollTop += at.bottom - edges.bottom
}

/** Entries that belong together. Its name folds them away, which this browser remembers; one's own are always there. */
const Group = ({ group: { name, places } }: { readonly group: RailGroup }) => {
  const texts = useTexts()
  const id = useId()
  const folded = (usePreference('railFolded') ?? '').split(' ').filter(Boolean)
  const isFolded = folded.includes(name)
  const toggle = (): void => {
    const next = isFolded ? folded.filter((one) => one !== name) : [...folded, name]
    writePreference('railFolded', next.length === 0 ? null : next.join(' '))
  }
  if (name === 'mine') return <Places places={places} aria-label={texts.rail.groups.mine} />
  return (
    <div>
      <button type="button" id={id} className={styles.name} aria-expanded={!isFolded} onClick={toggle}>
        {texts.rail.groups[name]}
      </button>
      {isFolded ? null : <Places places={places} aria-labelledby={id} />}
    </div>
  )
}

const Places = ({
  places,
  ...named
}: {
  readonly places: readonly RailPlace[]
} & Pick<AriaAttributes, 'aria-label' | 'aria-labelledby'>) => (
  <ul className={styles.places} {...named}>
    {places.map((place) => (
      <Place key={place.to} place={place} />
    ))}
  </ul>
)

const Place = ({ place }: { readonly place: RailPlace }) => {
  const { to, with: alike = [], icon, label, keys, reason, list } = place
  const path = usePath()
  const shown = useShownView(list)
  const isHere =
    path === to ||
    alike.includes(path) ||
    ([to, ...alike].some((one) => path.startsWith(`${one}/`)) && path !== paths.newTicket())
  const inside = (
    <>
      <Icon name={icon} />
      <span>{label}</span>
      <KeyCaps keys={keys} />
    </>
  )
  if (reason !== null)
    return (
      <li>
        <Tooltip label={reason} position="right">
          <button type="button" className={styles.place} aria-disabled="true">
            {inside}
            <span className="visually-hidden">{reason}</span>
          </button>
        </Tooltip>
      </li>
    )
  return (
    <li>
      <Go to={to} className={styles.place} aria-current={isHere && shown === undefined ? 'page' : undefined}>
        {inside}
      </Go>
      {list === undefined ? null : <RailViews list={list} label={label} />}
    </li>
  )
}
