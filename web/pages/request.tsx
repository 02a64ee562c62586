import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { canTicket } from '../../src/domain/ticket.ts'
import { useSelf } from '../api/session.ts'
import { type Ticket, ticketQuery, useTicketStep } from '../api/tickets.ts'
import { Composer, type Mode } from '../forms/composer.tsx'
import { Badge } from '../parts/badge.tsx'
import { Go, useParam } from '../parts/go.tsx'
import { Markdown } from '../parts/markdown.tsx'
import styles from '../parts/portal.module.css'
import { Block, recordStyles } from '../parts/record.tsx'
import { useReleaseWords } from '../parts/release-station.tsx'
import { standingTone, standingWords } from '../parts/request-words.ts'
import { useTabTitle } from '../parts/screen.tsx'
import { Failed, FormProblem, Loading } from '../parts/states.tsx'
import { EngineeringSays, Verify } from '../parts/ticket-callouts.tsx'
import { Time } from '../parts/time.tsx'
import { Timeline } from '../parts/timeline.tsx'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

/** One request as its customer sees it: where it stands, what we promise, what was said. */
export const Request = () => {
  const ref = useParam('ref')
  const ticket = useQuery(ticketQuery(ref))
  if (ticket.isPending) return <Loading />
  if (ticket.data === undefined)
    return <Failed isScreen error={ticket.error} retry={() => void ticket.refetch()} />
  return <OneRequest key={ref} refOfTicket={ref} ticket={ticket.data} />
}

const OneRequest = ({ refOfTicket, ticket }: { readonly refOfTicket: string; readonly ticket: Ticket }) => {
  const texts = useTexts()
  const { portal, composer } = texts
  const self = useSelf()
  useTabTitle(`${ticket.key} ${ticket.title}`)
  const [focusCount, setFocusCount] = useState(0)
  const home = { noun: 'tickets', ref: refOfTicket } as const
  const mode: Mode = {
    ...{ id: 'reply', audience: 'everyone', icon: 'globe', label: portal.reply },
    goesTo: composer.goesToSupport,
    placeholder: composer.supportHint,
    send: composer.sendReply,
  }
  const canReply = canTicket(ticket.state, 'reply')
  useKeys(ticket.key, [
    {
      keys: 'r',
      label: portal.reply,
      run: () => setFocusCount((count) => count + 1),
      reason: canReply ? null : texts.reasons.state(portal.states[ticket.state]),
    },
  ])
  const isTheirOwn = ticket.contact === null || ticket.contact.id === self.contactId
  return (
    <article className={styles.page}>
      <div className={recordStyles.crumbs}>
        <Go to={paths.requests()}>{portal.back}</Go>
        <span>/</span>
        <span>{ticket.key}</span>
      </div>
      <h1>{ticket.title}</h1>
      <Standing refOfTicket={refOfTicket} ticket={ticket} />
      <EngineeringSays ticket={ticket} title={portal.weSay} />
      <Verify
        refOfTicket={refOfTicket}
        ticket={ticket}
        words={{ about: portal.fixedAbout, works: portal.works, stillBroken: portal.stillBroken }}
      />
      <Block title={isTheirOwn ? portal.youWrote : portal.wrote(ticket.contact?.name ?? '')}>
        {ticket.description.trim() === '' ? (
          <p className="quiet">{texts.ticket.noDescription}</p>
        ) : (
          <Markdown text={ticket.description} />
        )}
        <p className="quiet">
          <Time at={ticket.createdAt} />
        </p>
      </Block>
      {canReply ? (
        <Composer home={home} modes={[mode]} mode="reply" setMode={() => undefined} focusCount={focusCount} />
      ) : null}
      <Timeline home={home} isForCustomers />
    </article>
  )
}

const Standing = ({ refOfTicket, ticket }: { readonly refOfTicket: string; readonly ticket: Ticket }) => {
  const texts = useTexts()
  const { portal } = texts
  const when = useReleaseWords()
  const step = useTicketStep(refOfTicket)
  const fix = portal.fix[ticket.engineeringStatus] ?? null
  const { release, mergedInto } = ticket
  return (
    <section className={styles.standing} aria-label={portal.state}>
      <Badge tone={standingTone(ticket)}>{portal.states[ticket.state]}</Badge>
      <p className={styles.says}>{standingWords(ticket, texts)}</p>
      {fix === null ? null : <p>{fix}</p>}
      {release === null ? null : <p>{portal.promise(release.name, when(release))}</p>}
      {mergedInto === null ? null : <Go to={paths.request(mergedInto.key)}>{mergedInto.key}</Go>}
      <FormProblem error={step.error} />
      {canTicket(ticket.state, 'reopen') ? (
        <Group>
          <Button variant="default" loading={step.isPending} onClick={() => step.mutate({ step: 'reopen' })}>
            {portal.notSolved}
          </Button>
        </Group>
      ) : null}
    </section>
  )
}
