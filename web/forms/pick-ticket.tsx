import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { pickedTicketsQuery } from '../api/desk.ts'
import type { ListedTicket, TicketQuery } from '../api/tickets.ts'
import styles from '../parts/ticket-desk.module.css'
import { useTexts } from '../texts/desk-texts.tsx'

const TYPED_MS = 150
const SHOWN = 8

/** Chooses a ticket by its key or words of its title; the latest changed ones before anything is typed. */
export const PickTicket = ({
  label,
  about,
  nothing,
  filters = {},
  fits,
  value,
  choose,
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
  const [typed, setTyped] = useState('')
  const [text] = useDebouncedValue(typed.trim().slice(0, 200), TYPED_MS)
  const query = { ...filters, ...(text === '' ? {} : { text }), limit: SHOWN * 2 }
  const found = useQuery(pickedTicketsQuery(query))
  const tickets = (found.data?.items ?? []).filter(fits).slice(0, SHOWN)
  return (
    <>
      <TextInput
        label={label}
        description={about}
        placeholder={texts.ticketLinks.key}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {tickets.length === 0 ? (
        <p className="quiet" role="status">
          {found.isPending ? texts.states.loading : nothing}
        </p>
      ) : (
        <ul className={styles.choices} aria-label={label}>
          {tickets.map(({ id, key, title, state, customer }) => (
            <li key={id}>
              <label>
                <input type="radio" name="ticket" checked={value === key} onChange={() => choose(key)} />
                <span>
                  <strong>{key}</strong> {title}{' '}
                  <small className="quiet">
                    {[texts.words.ticketState[state], customer].filter(Boolean).join(' · ')}
                  </small>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
