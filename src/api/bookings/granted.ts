import type { BookEnvironment } from '../../commands/book-environment.ts'
import type { Command } from '../../commands/run-command.ts'
import { refuse } from '../../domain/refusal.ts'
import { err } from '../../lib/result.ts'
import { findBooking } from '../../store/environments.ts'
import { findPerson } from '../../store/organisation.ts'
import { allows } from '../access.ts'
import type { Caller } from '../caller.ts'

/** One books for oneself; a lead or an owner for anybody. Checked in the command's own transaction. */

export type AskedBooking = Omit<BookEnvironment, 'person'> & { readonly person?: string }

export const newBookingBy =
  <T>(caller: Caller, command: Command<BookEnvironment, T>): Command<AskedBooking, T> =>
  async (tx, context, input) => {
    const person = input.person ?? caller.personId
    if (person === null)
      return err(refuse('invalid', 'Say for whom: this token stands for nobody.', { field: '/person' }))
    const isOwn = caller.personId !== null && (await findPerson(tx, person))?.id === caller.personId
    return isOwn || allows('bookings.others', caller.roles)
      ? command(tx, context, { ...input, person })
      : err(
          refuse('not-allowed', 'You book for yourself only. A lead books for others.', { field: '/person' }),
        )
  }

export const bookingBy =
  <I extends { readonly booking: string }, T>(caller: Caller, command: Command<I, T>): Command<I, T> =>
  async (tx, context, input) => {
    const booking = await findBooking(tx, input.booking)
    const isOwn = booking === null || booking.person_id === caller.personId
    return isOwn || allows('bookings.others', caller.roles)
      ? command(tx, context, input)
      : err(refuse('not-allowed', 'This is somebody else’s booking. Ask them, or a lead.'))
  }
