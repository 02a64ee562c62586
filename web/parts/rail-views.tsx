import { Menu } from '@mantine/core'
import type { SavedView } from '../api/views.ts'
import { viewAddress, viewQuery } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go, usePath, useQueryOfAddress } from './go.tsx'
import { Icon } from './icons.tsx'
import { pinnedOf } from './pinned-order.ts'
import styles from './rail.module.css'
import { usePinning } from './use-pinning.ts'

/** The view of a list that is shown now, of those in the rail; undefined: none of them. */
export const useShownView = (list: SavedView['list'] | undefined): SavedView | undefined => {
  const { views } = usePinning()
  const path = usePath()
  const query = viewQuery(useQueryOfAddress())
  if (list === undefined || path !== `/${list}`) return undefined
  return pinnedOf(views, list).find((view) => view.query === query)
}

/** Under a list, the views of it that one keeps in sight. */
export const RailViews = ({ list, label }: { readonly list: SavedView['list']; readonly label: string }) => {
  const texts = useTexts()
  const { views } = usePinning()
  const shown = useShownView(list)
  const pinned = pinnedOf(views, list)
  if (pinned.length === 0) return null
  return (
    <ul className={styles.views} aria-label={texts.rail.viewsOf(label)}>
      {pinned.map((view) => (
        <li key={view.id}>
          <Go
            to={viewAddress(view.list, view.query)}
            className={styles.place}
            aria-current={view.id === shown?.id ? 'page' : undefined}
          >
            <span title={view.isMine ? undefined : texts.views.by(view.owner.name)}>{view.name}</span>
          </Go>
          <ViewMenu view={view} />
        </li>
      ))}
    </ul>
  )
}

const ViewMenu = ({ view }: { readonly view: SavedView }) => {
  const { rail } = useTexts()
  const { reason, unpin, move } = usePinning()
  const steps = [
    { label: rail.up, run: move(view.id, -1), end: rail.isFirst },
    { label: rail.down, run: move(view.id, 1), end: rail.isLast },
  ]
  return (
    <Menu shadow="md" position="right-start">
      <Menu.Target>
        <button type="button" className={styles.more} aria-label={rail.actions(view.name)}>
          <Icon name="more" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {steps.map(({ label, run, end }) => {
          const against = reason ?? (run === null ? end : null)
          return (
            <Menu.Item
              key={label}
              disabled={against !== null}
              title={against ?? undefined}
              onClick={run ?? undefined}
            >
              {label}
            </Menu.Item>
          )
        })}
        <Menu.Item disabled={reason !== null} title={reason ?? undefined} onClick={() => unpin(view)}>
          {rail.unpin}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
