import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { wishOfTicketQuery } from '../api/enhancements.ts'
import { useMay } from '../api/session.ts'
import type { Ticket } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Facts } from './record.tsx'
import { FormProblem } from './states.tsx'
import { WISH_TONES } from './tones.ts'

const FileWishDialog = lazy(async () => ({
  default: (await import('../forms/file-wish.tsx')).FileWishDialog,
}))
const FileWishButton = lazy(async () => ({
  default: (await import('../forms/file-wish.tsx')).FileWishButton,
}))

/** What a ticket asks for, where it wishes for something. */
export const TicketWish = ({ ticket }: { readonly ticket: Ticket }) => {
  const { enhancements } = useTexts()
  const mayRead = useMay('enhancements.read')
  const mayFile = useMay('enhancements.write')
  const isWish = ticket.kind === 'enhancement request'
  const found = useQuery({ ...wishOfTicketQuery(ticket.key), enabled: mayRead && isWish })
  const [isFiling, setFiling] = useState(false)
  if (!isWish || !mayRead || found.isPending) return null
  const wish = found.data?.ask?.enhancement ?? null
  return (
    <Facts title={enhancements.ofTicket}>
      <FormProblem error={found.error} />
      {wish === null ? (
        <Suspense fallback={null}>
          {mayFile ? <FileWishButton open={() => setFiling(true)} /> : null}
        </Suspense>
      ) : (
        <>
          <Go to={paths.enhancement(wish.key)}>
            <strong>{wish.key}</strong> {wish.title}
          </Go>{' '}
          <Badge tone={WISH_TONES[wish.standing]}>{enhancements.standings[wish.standing]}</Badge>
        </>
      )}
      {isFiling ? (
        <Suspense fallback={null}>
          <FileWishDialog
            ticket={ticket.key}
            title={ticket.title}
            product={ticket.product?.id ?? null}
            close={() => setFiling(false)}
          />
        </Suspense>
      ) : null}
    </Facts>
  )
}
