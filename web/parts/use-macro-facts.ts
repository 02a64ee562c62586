import { useQuery } from '@tanstack/react-query'
import type { MacroFacts } from '../../src/domain/macro.ts'
import { useSelf } from '../api/session.ts'
import { ticketQuery } from '../api/tickets.ts'
import type { Home } from '../api/timeline.ts'
import { useDay } from './time.tsx'

/** What a macro's text may name, of the ticket on the screen. A date is written as the reader writes dates. */
export const useMacroFacts = ({ noun, ref }: Home): MacroFacts => {
  const day = useDay()
  const { name } = useSelf()
  const ticket = useQuery({ ...ticketQuery(ref), enabled: noun === 'tickets' }).data
  const release = ticket?.release ?? null
  const planned = release?.estimate.to ?? release?.estimate.from ?? null
  return {
    'contact.name': ticket?.contact?.name ?? null,
    'customer.name': ticket?.customer?.name ?? null,
    'ticket.key': ticket?.key ?? null,
    'ticket.title': ticket?.title ?? null,
    'product.name': ticket?.product?.name ?? null,
    version: ticket?.installation?.version ?? ticket?.version ?? null,
    'release.name': release?.name ?? null,
    'release.planned': planned === null ? null : day(planned),
    'owner.name': ticket?.owner?.name ?? null,
    'me.name': name,
  }
}
