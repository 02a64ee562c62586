import type { Notice } from '../api/outreach.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Markdown } from './markdown.tsx'
import styles from './notice-card.module.css'
import rows from './rows.module.css'
import { Time } from './time.tsx'
import { STANDING_TONES } from './tones.ts'

export interface NoticeActions {
  /** Null: they can. */
  readonly reason: string | null
  readonly send: (notice: Notice) => void
  readonly hold: (notice: Notice) => void
  readonly dismiss: (notice: Notice) => void
  readonly restore: (notice: Notice) => void
  readonly edit: (notice: Notice) => void
}

/** One message exactly as its customer reads it, to whom, of what, and what can be done with it. */
export const NoticeCard = ({
  notice,
  actions,
}: {
  readonly notice: Notice
  readonly actions: NoticeActions
}) => {
  const texts = useTexts()
  const { outreach: words } = texts
  const { customer, contact, release, product, standing } = notice
  return (
    <article className={`${rows.row} ${styles.notice}`}>
      <div className={styles.head}>
        <strong>{contact?.name ?? words.noContact}</strong>
        <span>{customer?.name ?? words.noCustomer}</span>
        <Badge tone={STANDING_TONES[standing]}>{texts.trace.waiting.standings[standing]}</Badge>
        <Go to={paths.releaseWaiting(release.id)}>
          {product.name} {release.name}
        </Go>
        <Standing notice={notice} />
      </div>
      <p className={`${styles.facts} plain`}>
        <span>{notice.channel === null ? words.portal : words.through(notice.channel)}</span>
        <span>{words.languages[notice.language]}</span>
        {notice.isEdited ? <span>{words.edited}</span> : null}
        {notice.state === 'proposed' && notice.isHeld ? <span>{words.held}</span> : null}
        {notice.tickets.map(({ id, key, reason, answer }) => (
          <span key={id}>
            <Go to={paths.ticket(key)} className={reason === null ? undefined : styles.dropped}>
              {key}
            </Go>
            {reason === null ? '' : ` ${words.reasons[reason]}`}
            {answer === null ? '' : ` ${words.answers[answer]}`}
          </span>
        ))}
      </p>
      <div className={styles.words} lang={notice.language}>
        <Markdown text={notice.text} />
      </div>
      <Buttons notice={notice} actions={actions} />
    </article>
  )
}

/** When it goes or went, by whom; or why not. */
const Standing = ({ notice }: { readonly notice: Notice }) => {
  const { outreach: words } = useTexts()
  const { state, dueAt, approvedBy, endedAt, endedBy, reason, why } = notice
  if (state === 'proposed')
    return dueAt === null ? (
      <span />
    ) : (
      <span>
        {words.goes} <Time at={dueAt} /> {approvedBy?.kind === 'system' ? words.byPolicy : ''}
      </span>
    )
  return (
    <span>
      {words.states[state]}
      {reason === null || state === 'dismissed' ? '' : `: ${words.reasons[reason]}`}
      {why === null ? '' : `: ${why}`} {endedAt === null ? null : <Time at={endedAt} />}{' '}
      {endedBy === null || endedBy.kind === 'system' ? '' : words.sentBy(endedBy.name)}
    </span>
  )
}

const Buttons = ({ notice, actions }: { readonly notice: Notice; readonly actions: NoticeActions }) => {
  const { outreach: words } = useTexts()
  const { reason } = actions
  const whom = notice.contact?.name ?? notice.tickets[0]?.key ?? ''
  const button = (label: string, run: (notice: Notice) => void) => (
    <ActionButton label={label} fullLabel={`${label}: ${whom}`} reason={reason} run={() => run(notice)} />
  )
  if (notice.state === 'dismissed')
    return <div className={styles.actions}>{button(words.restore, actions.restore)}</div>
  if (notice.state !== 'proposed') return null
  return (
    <div className={styles.actions}>
      {notice.dueAt === null ? button(words.send, actions.send) : button(words.hold, actions.hold)}
      {button(words.edit, actions.edit)}
      {button(words.dismiss, actions.dismiss)}
    </div>
  )
}
