import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { usePresence } from '../api/desk.ts'
import { useMay, useSelf } from '../api/session.ts'
import { type Ticket as TicketRecord, ticketQuery } from '../api/tickets.ts'
import { Composer, type Mode } from '../forms/composer.tsx'
import { FormAnswers } from '../parts/form-answers.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { Markdown } from '../parts/markdown.tsx'
import { PresenceNotice } from '../parts/presence-notice.tsx'
import { Block, RecordHead, RecordLayout } from '../parts/record.tsx'
import { sidesOf } from '../parts/roles.ts'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, Loading, NoRights } from '../parts/states.tsx'
import { TicketCallouts } from '../parts/ticket-callouts.tsx'
import { TicketCauses } from '../parts/ticket-causes.tsx'
import { TicketHead } from '../parts/ticket-head.tsx'
import { TicketPanel } from '../parts/ticket-panel.tsx'
import { TicketRoad } from '../parts/ticket-road.tsx'
import { TicketToolbar } from '../parts/ticket-toolbar.tsx'
import { Time } from '../parts/time.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { useTyping } from '../parts/use-typing.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

export const Ticket = () => {
  const ref = useParam('ref')
  const mayRead = useMay('tickets.read')
  const ticket = useQuery({ ...ticketQuery(ref), enabled: mayRead })
  if (!mayRead) return <NoRights isScreen />
  if (ticket.isPending) return <Loading />
  if (ticket.data === undefined)
    return <Failed isScreen error={ticket.error} retry={() => void ticket.refetch()} />
  // another ticket is another screen: nothing that was typed for one is sent to the other
  return <OneTicket key={ref} refOfTicket={ref} ticket={ticket.data} />
}

const OneTicket = ({
  refOfTicket,
  ticket,
}: {
  readonly refOfTicket: string
  readonly ticket: TicketRecord
}) => {
  const texts = useTexts()
  useTabTitle(`${ticket.key} ${ticket.title}`)
  const modes = useTicketModes(ticket)
  const [mode, setMode] = useState<Mode['id']>(modes[0]?.id ?? 'reply')
  const [focusCount, setFocusCount] = useState(0)
  const [callCount, setCallCount] = useState(0)
  const write = (wanted: Mode['id'], call?: 'macro'): void => {
    setMode(wanted)
    setFocusCount((count) => count + 1)
    if (call === 'macro') setCallCount((count) => count + 1)
  }
  const mayWrite = useMay('tickets.comment')
  const [isTyping, typed] = useTyping()
  const others = usePresence(refOfTicket, isTyping, useMay('tickets.presence'))
  const home = { noun: 'tickets', ref: refOfTicket } as const
  return (
    <RecordLayout panel={<TicketPanel refOfTicket={refOfTicket} ticket={ticket} />}>
      <RecordHead
        title={ticket.title}
        crumbs={
          <>
            <Go to={paths.tickets()}>{texts.tickets.title}</Go>
            <span>/</span>
            <span>{ticket.key}</span>
            <span>·</span>
            <span>{texts.words.ticketKind[ticket.kind]}</span>
          </>
        }
      >
        <TicketHead ticket={ticket} />
        <PresenceNotice others={others} />
        <TicketRoad ticket={ticket} />
      </RecordHead>
      <TicketToolbar refOfTicket={refOfTicket} ticket={ticket} write={write} />
      <TicketCallouts refOfTicket={refOfTicket} ticket={ticket} answer={() => write('answer')} />
      <Block title={texts.ticket.asked(ticket.contact?.name ?? ticket.customer?.name ?? null)}>
        {ticket.description.trim() === '' ? (
          <p className="quiet">{texts.ticket.noDescription}</p>
        ) : (
          <Markdown text={ticket.description} />
        )}
        <FormAnswers answers={ticket.inside?.answers ?? []} />
        <p className="quiet">
          <Time at={ticket.createdAt} />
        </p>
      </Block>
      {ticket.kind === 'incident' ? <TicketCauses ticketKey={ticket.key} /> : null}
      {mayWrite ? (
        <Composer {...{ home, modes, mode, setMode, focusCount, callCount }} onTyping={typed} />
      ) : null}
      <Timeline home={home} />
    </RecordLayout>
  )
}

/** Who one can speak to here: nobody writes what they could not read afterwards. */
const useTicketModes = (ticket: TicketRecord): readonly Mode[] => {
  const { composer } = useTexts()
  const sides = sidesOf(useSelf())
  const reply: Mode = {
    ...{ id: 'reply', audience: 'everyone', icon: 'globe', label: composer.reply },
    goesTo: composer.goesToCustomer(ticket.customer?.name ?? ticket.contact?.name ?? null),
    placeholder: composer.replyHint,
    send: composer.sendReply,
    mayAsk: sides.support,
  }
  const staff: Mode = {
    ...{ id: 'staff', audience: 'staff', icon: 'lock', label: composer.note },
    ...{ goesTo: composer.goesToStaff, placeholder: composer.noteHint, send: composer.sendNote },
  }
  const support: Mode = {
    ...{ id: 'support', audience: 'support', icon: 'lock', label: composer.support },
    ...{ goesTo: composer.goesToSupportOnly, placeholder: composer.noteHint, send: composer.sendNote },
  }
  const engineering: Mode = {
    ...{ id: 'engineering', audience: 'engineering', icon: 'engine', label: composer.engineering },
    ...{ goesTo: composer.goesToEngineering, placeholder: composer.noteHint, send: composer.sendNote },
  }
  const answer: Mode = {
    ...{ id: 'answer', audience: 'staff', icon: 'engine', label: composer.answer },
    ...{ goesTo: composer.goesToQuestion, placeholder: composer.answerHint, send: composer.sendAnswer },
  }
  if (!sides.support) return [staff, ...(sides.engineering ? [engineering] : []), reply]
  const isAsked = ticket.inside?.escalation?.state === 'more information asked'
  return [reply, staff, support, ...(sides.engineering ? [engineering] : []), ...(isAsked ? [answer] : [])]
}
