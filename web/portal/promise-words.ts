import type { ListedRequest } from '../api/portal.ts'
import { useDay, useDays } from '../parts/time.tsx'
import { useTexts } from '../texts/texts.tsx'

type Told = NonNullable<ListedRequest['promise']>

/** When it is planned to be solved, in plain words. */
export const usePromiseWords = (): ((promise: Told) => string) => {
  const { portal } = useTexts()
  const day = useDay()
  const days = useDays()
  return ({ release, from, to, releasedAt }) => {
    if (releasedAt !== null) return portal.releasedIn(release, day(releasedAt))
    const when = days(from, to)
    return when === null ? portal.plannedIn(release) : portal.plannedFor(release, when)
  }
}
