import { bookEnvironment } from '../../commands/book-environment.ts'
import { cancelBooking, changeBooking } from '../../commands/change-booking.ts'
import type { Tx } from '../../store/database.ts'
import { findEnvironment } from '../../store/environments.ts'
import { type ListedBooking, listBookings } from '../../store/views/booking-list.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { asJson } from '../json.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, pageOf } from '../shapes.ts'
import { versionOf } from '../tickets/step-routes.ts'
import { bookingBy, newBookingBy } from './granted.ts'
import { Booking, BookingChange, BookingQuery, BookingStep, NewBooking } from './schema.ts'

const tags = ['environments']

const present = ({ version, updatedAt: _, ...booking }: ListedBooking) =>
  asJson({ ...booking, revision: version })

const presentOf = async (tx: Tx, { id }: { readonly id: string }) => {
  const page = await listBookings(tx, { id }, { after: null, limit: 1 })
  const found = page.ok ? page.value.items[0] : undefined
  if (found === undefined) throw new Error(`booking ${id} is gone within its own transaction`)
  return present(found)
}

/** A moment that was asked for, where one was. */
const momentOf = <N extends string>(name: N, text: string | undefined): Partial<Record<N, Date>> =>
  text === undefined ? {} : ({ [name]: new Date(text) } as Record<N, Date>)

/** Who has which environment, when, and what for. */
export const bookingRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/bookings',
    {
      config: { access: 'environments.read' },
      schema: {
        tags,
        summary: 'Bookings by their beginning',
        querystring: BookingQuery,
        response: { 200: pageOf(Booking) },
      },
    },
    async (request, reply) => {
      const { environment: ref, person, from, to, ended } = request.query
      const environment = ref === undefined ? null : await read(deps, (tx) => findEnvironment(tx, ref))
      if (ref !== undefined && environment === null)
        return sendProblem(reply, problem('not-found', 'There is no such environment.'))
      const filter = {
        ...(environment === null ? {} : { environmentId: environment.id }),
        ...(person === undefined ? {} : { personId: person }),
        ...(ended === undefined ? {} : { ended }),
        ...{ ...momentOf('from', from), ...momentOf('to', to) },
      }
      const page = await read(deps, (tx) => listBookings(tx, filter, pageRequest(request.query)))
      return sendPage(reply, page, present)
    },
  )
  app.post(
    '/api/v1/bookings',
    {
      config: { access: 'bookings.write' },
      schema: {
        tags,
        summary: 'Book an environment: refused, with the next free time, where somebody has it',
        body: NewBooking,
        response: { 201: Booking },
      },
    },
    async (request, reply) => {
      const { from, to, isShareable = false, ...body } = request.body
      return answer(deps, request, reply, {
        command: newBookingBy(callerOfRequest(request), bookEnvironment),
        input: { ...body, isShareable, from: new Date(from), to: new Date(to) },
        present: presentOf,
        status: 201,
      })
    },
  )
  app.patch(
    '/api/v1/bookings/:id',
    {
      config: { access: 'bookings.write' },
      schema: {
        tags,
        summary: 'Change a booking that is not over',
        params: ById,
        body: BookingChange,
        response: { 200: Booking },
      },
    },
    async (request, reply) => {
      const { revision, from, to, ...set } = request.body
      return answer(deps, request, reply, {
        command: bookingBy(callerOfRequest(request), changeBooking),
        input: {
          booking: request.params.id,
          set: { ...set, ...momentOf('from', from), ...momentOf('to', to) },
          ...versionOf(revision),
        },
        present: presentOf,
      })
    },
  )
  app.post(
    '/api/v1/bookings/:id/cancel',
    {
      config: { access: 'bookings.write' },
      schema: {
        tags,
        summary: 'Give the rest of its time back',
        params: ById,
        body: BookingStep,
        response: { 200: Booking },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: bookingBy(callerOfRequest(request), cancelBooking),
        input: { booking: request.params.id, ...versionOf(request.body.revision) },
        present: presentOf,
      }),
  )
}
