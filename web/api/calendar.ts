import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/calendar/schema.ts'
import { get, post, remove } from './client.ts'
import { queryKeys } from './query-keys.ts'

export type Calendar = Static<typeof schema.Calendar>
export type CalendarEntry = Calendar['entries'][number]
export type CalendarConflict = Calendar['conflicts'][number]
export type ChangeConflict = Calendar['changeConflicts'][number]

export const calendarQuery = (span: { readonly from: string; readonly to: string }) =>
  queryOptions({
    queryKey: queryKeys.calendar(span),
    queryFn: ({ signal }) => get<Calendar>('/calendar', span, signal),
    placeholderData: keepPreviousData,
  })

export const calendarAddressQuery = queryOptions({
  queryKey: queryKeys.calendarAddress,
  queryFn: ({ signal }) => get<Static<typeof schema.OpenedCalendar>>('/calendar/address', {}, signal),
})

/** The address is in the answer, and nowhere else. */
export const useNewCalendarAddress = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => post<Static<typeof schema.CalendarAddress>>('/calendar/address'),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.calendarAddress }),
  })
}

export const useEndCalendarAddress = () => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => remove('/calendar/address'),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.calendarAddress }),
  })
}
