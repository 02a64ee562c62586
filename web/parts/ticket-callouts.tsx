import { Button, Group } from '@mantine/core'
import { canEscalationMove, hasEnded } from '../../src/domain/escalation.ts'
import { useMay } from '../api/session.ts'
import { type Ticket, useTicketStep } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Go } from './go.tsx'
import { Markdown } from './markdown.tsx'
import { Callout } from './record.tsx'
import { say } from './say.ts'
import { FormProblem } from './states.tsx'
import { Time } from './time.tsx'
import { useReinstating } from './use-reinstating.ts'

/** What one must not miss on a ticket: a question of engineering, their answer, a fix to confirm, a merge. */
export const TicketCallouts = ({
  refOfTicket,
  ticket,
  answer,
}: {
  readonly refOfTicket: string
  readonly ticket: Ticket
  readonly answer: () => void
}) => {
  const texts = useTexts()
  const mayAnswer = useMay('escalations.send')
  const bond = ticket.inside?.escalation ?? null
  const asked = bond?.asked ?? null
  const { mergedInto, inside } = ticket
  return (
    <>
      {mergedInto === null ? null : (
        <Callout tone="info" title={texts.ticket.merged}>
          <Go to={paths.ticket(mergedInto.key)}>{mergedInto.key}</Go>
        </Callout>
      )}
      {inside?.wokenBecause == null || ticket.state !== 'open' ? null : (
        <Callout tone="move" title={texts.ticket.woken}>
          <p>{say(inside.wokenBecause, texts)}</p>
        </Callout>
      )}
      {bond?.state === 'sending' ? (
        <Callout tone="warn" title={texts.words.escalationState.sending}>
          <p>{bond.reason ?? texts.ticket.sendingAbout}</p>
        </Callout>
      ) : null}
      {asked === null ? null : (
        <Callout tone="move" title={texts.ticket.question(asked.by.name)}>
          <Markdown text={asked.text} />
          <p className="quiet">
            <Time at={asked.at} />
          </p>
          {mayAnswer ? (
            <Group>
              <Button onClick={answer}>{texts.ticket.answerQuestion}</Button>
            </Group>
          ) : null}
        </Callout>
      )}
      <Returned ticket={ticket} />
      <EngineeringSays ticket={ticket} />
      <Verify refOfTicket={refOfTicket} ticket={ticket} />
    </>
  )
}

const Returned = ({ ticket }: { readonly ticket: Ticket }) => {
  const texts = useTexts()
  const maySend = useMay('escalations.send')
  const { reinstate, isPending } = useReinstating()
  const bond = ticket.inside?.escalation
  if (bond == null || !hasEnded(bond.state) || bond.reason === null) return null
  const isOurs = bond.state === 'withdrawn'
  return (
    <Callout tone={isOurs ? 'info' : 'bad'} title={texts.words.escalationState[bond.state]}>
      <p>{bond.reason}</p>
      {isOurs && maySend && ticket.state !== 'merged' ? (
        <Group>
          <Button variant="default" loading={isPending} onClick={() => reinstate(ticket.key)}>
            {texts.withdraw.back}
          </Button>
        </Group>
      ) : null}
    </Callout>
  )
}

/** Engineering's words that are fit for customers. */
export const EngineeringSays = ({
  ticket: { answer },
  title,
}: {
  readonly ticket: Ticket
  readonly title?: string
}) => {
  const texts = useTexts()
  const said = [
    [texts.fields.workaround, answer?.workaround],
    [texts.fields.behaviourNote, answer?.behaviourNote],
    [texts.fields.declineReason, answer?.declineReason],
  ].filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '')
  return said.length === 0 ? null : (
    <Callout tone="info" title={title ?? texts.ticket.engineeringSays}>
      {said.map(([label, text]) => (
        <p key={label}>
          <span className="quiet">{label}: </span>
          {text}
        </p>
      ))}
    </Callout>
  )
}

/** The fix is there: does it work for the customer? */
export const Verify = ({
  refOfTicket,
  ticket,
  words,
}: {
  readonly refOfTicket: string
  readonly ticket: Ticket
  /** As one speaks with the customer themselves. */
  readonly words?: { readonly about: string; readonly works: string; readonly stillBroken: string }
}) => {
  const texts = useTexts()
  const step = useTicketStep(refOfTicket)
  const maySay = useMay('tickets.reopen')
  const state = ticket.inside?.escalation?.state
  const isOut =
    state === undefined ? ticket.engineeringStatus === 'Released' : canEscalationMove(state, 'works')
  if (!isOut || !maySay || ticket.state === 'closed') return null
  return (
    <Callout tone="good" title={texts.ticket.fixed}>
      <p>{words?.about ?? texts.ticket.fixedAbout}</p>
      <FormProblem error={step.error} />
      <Group gap="xs">
        <Button
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'verify', body: { works: true } })}
        >
          {words?.works ?? texts.ticket.works}
        </Button>
        <Button
          variant="default"
          loading={step.isPending}
          onClick={() => step.mutate({ step: 'verify', body: { works: false } })}
        >
          {words?.stillBroken ?? texts.ticket.stillBroken}
        </Button>
      </Group>
    </Callout>
  )
}
