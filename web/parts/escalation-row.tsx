import { Menu, UnstyledButton } from '@mantine/core'
import { hasEnded } from '../../src/domain/escalation.ts'
import type { EscalationRow as Row } from '../api/escalations.ts'
import { useSelf } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { moverOf } from './escalation-movers.ts'
import styles from './escalation-row.module.css'
import { Go, useGo } from './go.tsx'
import { Icon } from './icons.tsx'
import { Face } from './person.tsx'
import { roleReason, sidesOf } from './roles.ts'
import { Time, useDay } from './time.tsx'
import { ESCALATION_TONES, SEVERITY_TONES } from './tones.ts'

/** What is asked for in a dialog of its own. */
interface Acts {
  readonly nudge: () => void
  readonly giveBack: () => void
  readonly withdraw: () => void
}

/** A bond between the two sides: the ticket, the work item, whose move it is and since when. */
export const EscalationRow = ({
  row,
  ...acts
}: {
  readonly row: Row
} & Acts) => {
  const texts = useTexts()
  const day = useDay()
  const { ticket, workItem, state } = row
  const { release } = workItem
  return (
    <div className={styles.row}>
      <div className={styles.ends}>
        <Go to={paths.ticket(ticket.key)}>
          <span>{ticket.key}</span> {ticket.title}
        </Go>
        <Go to={paths.workItem(workItem.key)}>
          <Icon name="arrow" size={12} /> <span>{workItem.key}</span> {workItem.title}
        </Go>
        {hasEnded(state) && row.reason !== null ? <small>{row.reason}</small> : null}
      </div>
      <span className={styles.side}>
        {ticket.customer ?? texts.fields.withoutCustomer}
        <small>
          {[workItem.component, release === null ? null : release.name, release?.to ? day(release.to) : null]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      <span className={styles.badges}>
        {ticket.severity === null ? null : (
          <Badge tone={SEVERITY_TONES[ticket.severity]} title={texts.fields.severity}>
            {texts.words.severity[ticket.severity]}
          </Badge>
        )}
        <Badge tone={ESCALATION_TONES[state]}>{texts.words.escalationState[state]}</Badge>
      </span>
      <Mover row={row} />
      <span className={styles.when} title={texts.escalations.waits}>
        <Time at={row.updatedAt} short />
      </span>
      <RowMenu row={row} {...acts} />
    </div>
  )
}

/** Whose move it is; a click shows what else waits for them. */
const Mover = ({ row }: { readonly row: Row }) => {
  const texts = useTexts()
  const mover = moverOf(row)
  if (mover.kind === 'nobody') return <span className={styles.mover}>–</span>
  if (mover.kind === 'side')
    return <span className={styles.mover}>{texts.escalations.moves[mover.side]}</span>
  const name = mover.isTeam ? texts.escalations.team(mover.name) : mover.name
  return (
    <Go className={styles.mover} to={mover.to} title={`${texts.escalations.toPerson} ${name}`}>
      {mover.isTeam ? <Icon name="people" size={14} /> : <Face name={mover.name} />}
      {mover.name}
    </Go>
  )
}

const RowMenu = ({ row, nudge, giveBack, withdraw }: { readonly row: Row } & Acts) => {
  const texts = useTexts()
  const self = useSelf()
  const go = useGo()
  const sides = sidesOf(self)
  const role = roleReason(self, texts)
  const isEnded = hasEnded(row.state)
  const mayNudge = isEnded ? texts.withdraw.none : sides.support || sides.engineering ? null : role
  const mayReturn = !sides.engineering
    ? role
    : row.move === 'engineering' || row.move === 'release'
      ? null
      : texts.escalations.notEngineering
  const mayWithdraw = !sides.support ? role : isEnded ? texts.withdraw.none : null
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <UnstyledButton className={styles.menu} aria-label={texts.escalations.actions(row.ticket.key)}>
          <Icon name="more" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={nudge} disabled={mayNudge !== null} title={mayNudge ?? undefined}>
          {texts.escalations.nudge}
        </Menu.Item>
        <Menu.Item onClick={giveBack} disabled={mayReturn !== null} title={mayReturn ?? undefined}>
          {texts.escalations.return}
        </Menu.Item>
        <Menu.Item onClick={withdraw} disabled={mayWithdraw !== null} title={mayWithdraw ?? undefined}>
          {texts.withdraw.action}
        </Menu.Item>
        <Menu.Item onClick={() => go(paths.ticket(row.ticket.key))}>
          {texts.shell.goTo(row.ticket.key)}
        </Menu.Item>
        <Menu.Item onClick={() => go(paths.workItem(row.workItem.key))}>
          {texts.shell.goTo(row.workItem.key)}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
