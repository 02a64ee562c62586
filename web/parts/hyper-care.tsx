import { useQuery } from '@tanstack/react-query'
import { type ComponentContacts, careQuery, useDismissJump } from '../api/hyper-care.ts'
import type { Release } from '../api/releases.ts'
import { useMay, useSelf } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import styles from './go-live.module.css'
import { Block } from './record.tsx'
import { roleReason } from './roles.ts'
import { Failed, Loading } from './states.tsx'
import { tell } from './tell.tsx'
import { useTellProblem } from './use-tell-problem.ts'

/** Contacts of each component since it came out, against the same hours of the weeks before. Nothing before it is out. */
export const HyperCare = ({ release }: { readonly release: Release }) => {
  const { hyperCare: words } = useTexts()
  const isOut = release.releasedAt !== null
  const care = useQuery({ ...careQuery(release.id), enabled: isOut })
  if (!isOut) return null
  return (
    <Block title={words.title}>
      {care.isPending ? <Loading /> : null}
      {care.isError && care.data === undefined ? (
        <Failed error={care.error} retry={() => void care.refetch()} />
      ) : null}
      {care.data == null ? null : (
        <>
          <p className="quiet plain">
            {care.data.hours === 0
              ? words.off
              : (care.data.isRunning ? words.running : words.over)(care.data.hours)}
          </p>
          {care.data.hours > 0 && care.data.components.length === 0 ? (
            <p className="quiet">{words.none}</p>
          ) : null}
          <ul className={styles.rows}>
            {care.data.components.map((one) => (
              <li key={one.component?.id ?? ''}>
                <Contacts release={release.id} one={one} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Block>
  )
}

const Contacts = ({ release, one }: { readonly release: string; readonly one: ComponentContacts }) => {
  const texts = useTexts()
  const { hyperCare: words } = texts
  const { component, contacts, before, median, ratio, hasJumped, jump } = one
  const mayRead = useMay('tickets.read')
  const isOpen = jump === null ? hasJumped : jump.dismissedAt === null
  return (
    <>
      <div className={styles.words}>
        <strong>{component?.name ?? words.nowhere}</strong>
        <small>
          {words.contacts(contacts)} · {words.before(median, before.join(', '))}
          {ratio === null ? null : ` · ${words.uplift(ratio)}`}
        </small>
        {jump?.ticket == null ? null : (
          <small>
            {mayRead ? (
              <Go to={paths.ticket(jump.ticket.key)}>
                {jump.ticket.key} {jump.ticket.title}
              </Go>
            ) : (
              jump.ticket.key
            )}
          </small>
        )}
        {jump?.dismissedBy == null ? null : <small>{words.dismissed(jump.dismissedBy.name)}</small>}
      </div>
      <Badge tone={isOpen ? 'bad' : 'plain'}>{isOpen ? words.jumped : words.asBefore}</Badge>
      {jump === null ? null : (
        <Judge
          release={release}
          jump={jump.id}
          isDismissed={jump.dismissedAt !== null}
          name={component?.name ?? words.nowhere}
        />
      )}
    </>
  )
}

const Judge = ({
  release,
  jump,
  isDismissed,
  name,
}: {
  readonly release: string
  readonly jump: string
  readonly isDismissed: boolean
  readonly name: string
}) => {
  const texts = useTexts()
  const { hyperCare: words } = texts
  const self = useSelf()
  const reason = useMay('go-live.plan') ? null : roleReason(self, texts)
  const dismissing = useDismissJump(release)
  const tellProblem = useTellProblem()
  const take = (step: 'dismiss' | 'reopen'): void =>
    dismissing.mutate(
      { jump, step },
      {
        onSuccess: () =>
          tell({
            text: words.dismissDone,
            tone: 'good',
            ...(step === 'reopen' ? {} : { undo: { label: texts.forms.undo, run: () => take('reopen') } }),
          }),
        onError: tellProblem,
      },
    )
  const label = isDismissed ? words.reopen : words.dismiss
  return (
    <ActionButton
      label={label}
      fullLabel={`${label}: ${name}`}
      reason={reason}
      loading={dismissing.isPending}
      run={() => take(isDismissed ? 'reopen' : 'dismiss')}
    />
  )
}
