import { useEffect } from 'react'
import { useSelf } from '../api/session.ts'
import { useGo } from '../parts/go.tsx'
import { isCustomer } from '../parts/roles.ts'
import { Loading } from '../parts/states.tsx'
import { paths } from '../paths.ts'

/** The first screen is another one for customers. */
export const Home = () => {
  const to = isCustomer(useSelf()) ? paths.requests() : paths.myMove()
  const go = useGo()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` is made anew each time and does the same
  useEffect(() => go(to, { replace: true }), [to])
  return <Loading />
}
