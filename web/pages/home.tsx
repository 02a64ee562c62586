import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { startQuery } from '../api/administration.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { useGo } from '../parts/go.tsx'
import { isCustomer } from '../parts/roles.ts'
import { Loading } from '../parts/states.tsx'
import { paths } from '../paths.ts'

/** The first screen is another one for customers, and for who sets Causeway up. */
export const Home = () => {
  const self = useSelf()
  const mayBegin = mayDo(self, 'settings.write') && mayDo(self, 'organisation.read')
  const standing = useQuery({ ...startQuery, enabled: mayBegin })
  const isKnown = !mayBegin || !standing.isPending
  const to = isCustomer(self)
    ? paths.requests()
    : standing.data?.isEmpty === true
      ? paths.start()
      : paths.myMove()
  const go = useGo()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is made anew each time and does the same
  useEffect(() => {
    if (isKnown) go(to, { replace: true })
  }, [isKnown, to])
  return <Loading />
}
