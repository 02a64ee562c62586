import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Cause, type Causes, causesQuery, useDecideCause, useSetImpact } from '../api/causes.ts'
import { useMay, useSelf } from '../api/session.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { localMinute, momentOf } from '../forms/local-minute.ts'
import { TimesZone } from '../forms/times-zone.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { Badge } from './badge.tsx'
import styles from './change.module.css'
import { Go } from './go.tsx'
import { Block } from './record.tsx'
import { roleReason } from './roles.ts'
import { Failed } from './states.tsx'
import { tell } from './tell.tsx'
import { Time, useTimeZone } from './time.tsx'
import { useKeys } from './use-keys.tsx'
import { useTellProblem } from './use-tell-problem.ts'

const TONES = { suspected: 'warn', confirmed: 'bad', cleared: 'plain' } as const

/** What was done before an incident, ranked; one key says whether it was that. */
export const TicketCauses = ({ ticketKey }: { readonly ticketKey: string }) => {
  const texts = useTexts()
  const { causes: words } = texts
  const found = useQuery(causesQuery(ticketKey))
  return (
    <Block title={words.title}>
      {found.data === undefined && found.error !== null ? (
        <Failed error={found.error} retry={() => void found.refetch()} />
      ) : null}
      {found.data === undefined ? null : <Shown ticketKey={ticketKey} found={found.data} />}
    </Block>
  )
}

const useDecision = (ticketKey: string) => {
  const { causes: words, forms } = useTexts()
  const decide = useDecideCause(ticketKey)
  const tellProblem = useTellProblem()
  const said = { suspected: words.tookBack, confirmed: words.confirmed, cleared: words.cleared }
  const send = ({ kind, id }: Cause, state: Cause['state'], undo?: Cause['state']): void =>
    decide.mutate(
      { kind, id, state },
      {
        onSuccess: () =>
          tell({
            text: said[state],
            tone: 'good',
            ...(undo === undefined
              ? {}
              : { undo: { label: forms.undo, run: () => send({ kind, id } as Cause, undo) } }),
          }),
        onError: tellProblem,
      },
    )
  return send
}

const Shown = ({ ticketKey, found }: { readonly ticketKey: string; readonly found: Causes }) => {
  const texts = useTexts()
  const { causes: words } = texts
  const self = useSelf()
  const role = useMay('causes.write') ? null : roleReason(self, texts)
  const [isAsking, setAsking] = useState(false)
  const send = useDecision(ticketKey)
  const [at, setAt] = useState<string | null>(null)
  const open = found.causes.filter(({ state }) => state === 'suspected')
  const next = open.find(({ id }) => id === at) ?? open[0]
  const reason = role ?? (next === undefined ? words.nothingOpen : null)
  const decide = (state: Cause['state']) => (): void => {
    if (next !== undefined) send(next, state, 'suspected')
  }
  useKeys(words.title, [
    { keys: 'shift+y', label: words.clear, run: decide('cleared'), reason },
    { keys: 'y', label: words.confirm, run: decide('confirmed'), reason },
  ])
  return (
    <>
      <p>
        {words.impact} <Time at={found.impact.at} />{' '}
        {found.impact.isAssumed ? <span className="quiet">({words.assumed}) </span> : null}
        <ActionButton size="xs" label={words.setImpact} reason={role} run={() => setAsking(true)} />
      </p>
      {found.causes.length === 0 ? <p className="quiet">{words.none(found.hours)}</p> : null}
      <ul className={styles.keys}>
        {found.causes.map((cause) => (
          <CauseRow
            key={`${cause.kind} ${cause.id}`}
            cause={cause}
            isNext={cause === next}
            reach={() => setAt(cause.id)}
            reason={role}
            send={send}
          />
        ))}
      </ul>
      {found.isCut ? <p className="quiet">{words.isCut}</p> : null}
      {isAsking ? (
        <ImpactDialog ticketKey={ticketKey} impact={found.impact} close={() => setAsking(false)} />
      ) : null}
    </>
  )
}

const placeOf = ({ kind, key, release }: Cause): string | null =>
  kind === 'change' && key !== null ? paths.change(key) : release === null ? null : paths.release(release.id)

const CauseRow = ({
  cause,
  isNext,
  reach,
  reason,
  send,
}: {
  readonly cause: Cause
  /** The keys are for it. */
  readonly isNext: boolean
  /** The focus comes to it. */
  readonly reach: () => void
  readonly reason: string | null
  readonly send: ReturnType<typeof useDecision>
}) => {
  const { causes: words } = useTexts()
  const { kind, key, title, place, by, at, state, suspicion } = cause
  const name = key === null ? title : `${key} ${title}`
  const to = placeOf(cause)
  const why = suspicion.reasons.map(({ because, points }) => `${words.reasons[because]} (${points})`)
  const action = (label: string, next: Cause['state'], keys?: string) => (
    <ActionButton
      size="xs"
      label={label}
      // its keys belong to its name: a label of its own would leave them out
      {...(keys !== undefined && isNext ? { keys } : { fullLabel: `${label}: ${name}` })}
      reason={reason}
      run={() => send(cause, next, state)}
    />
  )
  return (
    <li onFocus={reach}>
      <Badge tone={TONES[state]}>{words.states[state]}</Badge>
      <span>{words.kinds[kind]}</span>
      {to === null ? <strong>{name}</strong> : <Go to={to}>{name}</Go>}
      <Time at={at} />
      {state === 'suspected' ? (
        <>
          {action(words.confirm, 'confirmed', 'y')}
          {action(words.clear, 'cleared', 'shift+y')}
        </>
      ) : (
        action(words.takeBack, 'suspected')
      )}
      <p>
        {[
          words.points(suspicion.points),
          ...why,
          ...(place === null ? [] : [place]),
          ...(by === null ? [] : [words.by(by)]),
        ].join(' · ')}
      </p>
    </li>
  )
}

const ImpactDialog = ({
  ticketKey,
  impact,
  close,
}: {
  readonly ticketKey: string
  readonly impact: Causes['impact']
  readonly close: () => void
}) => {
  const { causes: words, manage } = useTexts()
  const set = useSetImpact(ticketKey)
  const zone = useTimeZone()
  const [at, setAt] = useState(impact.isAssumed ? '' : localMinute(impact.at, zone))
  const send = (): void =>
    set.mutate(at === '' ? null : momentOf(at, zone), {
      onSuccess: () => {
        close()
        tell({ text: words.saved, tone: 'good' })
      },
    })
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.impactTitle}
      send={send}
      sendLabel={manage.save}
      isSending={set.isPending}
      error={set.error}
    >
      <TextInput
        type="datetime-local"
        label={words.impact}
        description={words.impactAbout}
        data-autofocus
        value={at}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <TimesZone />
    </FormDialog>
  )
}
