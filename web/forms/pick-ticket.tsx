import { useQuery } from '@tanstack/react-query'
import { pickedTicketsQuery } from '../api/desk.ts'
import type { ListedTicket, TicketQuery } from '../api/tickets.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { PickByWords, useTypedWords } from './pick-by-words.tsx'

const SHOWN = 8

/** Chooses a ticket by its key or words of its title; the latest changed ones before anything is typed. */
export const PickTicket = ({
  filters = {},
  fits,
  ...field
}: {
  readonly label: string
  readonly about?: string
  readonly nothing: string
  readonly filters?: TicketQuery
  readonly fits: (ticket: ListedTicket) => boolean
  readonly value: string | null
  readonly choose: (key: string) => void
}) => {
  const texts = useTexts()
  const words = useTypedWords()
  const query = { ...filters, ...(words.text === '' ? {} : { text: words.text }), limit: SHOWN * 2 }
  const found = useQuery(pickedTicketsQuery(query))
  const tickets = (found.data?.items ?? []).filter(fits).slice(0, SHOWN)
  return (
    <PickByWords
      {...field}
      words={words}
      isPending={found.isPending}
      found={tickets.map(({ id, key, title, state, customer }) => ({
        ...{ id, key, title },
        more: [texts.words.ticketState[state], customer].filter(Boolean).join(' · '),
      }))}
    />
  )
}
