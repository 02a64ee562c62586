import { Tooltip } from '@mantine/core'
import type { Liveness } from '../api/events.ts'
import { mayDo, type Self } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { KeyCaps } from './action-button.tsx'
import { Go, usePath } from './go.tsx'
import { Icon, type IconName } from './icons.tsx'
import { openPalette } from './open-palette.ts'
import styles from './rail.module.css'
import { roleReason } from './roles.ts'
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
  const role = roleReason(self, texts)
  const liveWords = { opening: texts.shell.connecting, live: texts.shell.live, lost: texts.shell.notLive }
  const unless = (isAllowed: boolean): string | null => (isAllowed ? null : role)
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
      <ul className={styles.places}>
        <Place to={paths.myMove()} icon="move" label={texts.myMove.title} keys="g m" reason={null} />
        <Place
          to={paths.search()}
          icon="search"
          label={texts.search.title}
          keys="/"
          reason={unless(mayDo(self, 'search'))}
        />
        <Place
          to={paths.tickets()}
          icon="ticket"
          label={texts.tickets.title}
          keys="g t"
          reason={unless(mayDo(self, 'tickets.read'))}
        />
        <Place
          to={paths.workItems()}
          icon="work"
          label={texts.workItems.title}
          keys="g w"
          reason={unless(mayDo(self, 'work-items.read'))}
        />
        <Place
          to={paths.myWork()}
          icon="hammer"
          label={texts.myWork.title}
          keys="g y"
          reason={unless(mayDo(self, 'escalations.answer'))}
        />
        <Place
          to={paths.triage()}
          icon="queue"
          label={texts.triage.title}
          keys="g r"
          reason={unless(mayDo(self, 'work-items.read'))}
        />
        <Place
          to={paths.board()}
          icon="board"
          label={texts.board.title}
          keys="g b"
          reason={unless(mayDo(self, 'work-items.read'))}
        />
        <Place
          to={paths.escalations()}
          icon="bridge"
          label={texts.escalations.title}
          keys="g e"
          reason={unless(mayDo(self, 'escalations.read'))}
        />
        <Place
          to={paths.releases()}
          icon="tag"
          label={texts.releases.title}
          keys="g l"
          reason={unless(mayDo(self, 'releases.read'))}
        />
        <Place
          to={paths.macros()}
          icon="file"
          label={texts.macros.title}
          keys="g a"
          reason={unless(mayDo(self, 'tickets.write'))}
        />
        <Place
          to={paths.newTicket()}
          icon="plus"
          label={texts.newTicket.title}
          keys="c"
          reason={unless(mayDo(self, 'tickets.create'))}
        />
        <Place
          to={paths.customers()}
          with={[paths.contacts(), paths.installations()]}
          icon="house"
          label={texts.customers.title}
          keys="g c"
          reason={unless(mayDo(self, 'organisation.read'))}
        />
        <Place
          to={paths.products()}
          icon="box"
          label={texts.products.title}
          keys="g o"
          reason={unless(mayDo(self, 'organisation.read'))}
        />
        <Place
          to={paths.connections()}
          with={[paths.holds(), paths.conflicts(), paths.lostAnswers(), paths.crossings()]}
          icon="link"
          label={texts.connections.title}
          keys="g n"
          reason={unless(mayDo(self, 'connections.read'))}
        />
        <Place
          to={paths.people()}
          with={[paths.teams(), paths.tokens()]}
          icon="people"
          label={texts.people.title}
          keys="g p"
          reason={unless(mayDo(self, 'people.read'))}
        />
        <Place
          to={paths.settings()}
          with={[paths.audit()]}
          icon="engine"
          label={texts.settings.title}
          keys="g s"
          reason={unless(mayDo(self, 'settings.read'))}
        />
      </ul>
      <div className={styles.foot}>
        <span className={styles.live} data-live={liveness} role="status">
          {liveWords[liveness]}
        </span>
        <SelfMenu self={self} showKeys={showKeys} />
      </div>
    </nav>
  )
}

const Place = ({
  to,
  with: alike = [],
  icon,
  label,
  keys,
  reason,
}: {
  readonly to: string
  /** Other screens behind the same entry. */
  readonly with?: readonly string[]
  readonly icon: IconName
  readonly label: string
  readonly keys: string
  readonly reason: string | null
}) => {
  const path = usePath()
  const isHere =
    path === to || alike.includes(path) || (path.startsWith(`${to}/`) && path !== paths.newTicket())
  const inside = (
    <>
      <Icon name={icon} />
      <span>{label}</span>
      <KeyCaps keys={keys} />
    </>
  )
  return (
    <li>
      {reason === null ? (
        <Go to={to} className={styles.place} aria-current={isHere ? 'page' : undefined}>
          {inside}
        </Go>
      ) : (
        <Tooltip label={reason} position="right">
          <button type="button" className={styles.place} aria-disabled="true">
            {inside}
            <span className="visually-hidden">{reason}</span>
          </button>
        </Tooltip>
      )}
    </li>
  )
}
