import { useQuery } from '@tanstack/react-query'
import { wishesOfWorkQuery } from '../api/enhancements.ts'
import { useMay } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Facts } from './record.tsx'
import { FormProblem } from './states.tsx'
import { WISH_TONES } from './tones.ts'
import { ReceptionFacts } from './wish-facts.tsx'

/** What customers wished for that this answers, and how they took it: for the team that built it. */
export const WorkItemWishes = ({ id }: { readonly id: string }) => {
  const { enhancements } = useTexts()
  const mayRead = useMay('enhancements.read')
  const found = useQuery({ ...wishesOfWorkQuery(id), enabled: mayRead })
  if (found.isError)
    return (
      <Facts title={enhancements.ofWork}>
        <FormProblem error={found.error} />
      </Facts>
    )
  const wishes = found.data?.items ?? []
  return wishes.map((wish) => (
    <div key={wish.id}>
      <Facts title={enhancements.ofWork}>
        <Go to={paths.enhancement(wish.key)}>
          <strong>{wish.key}</strong> {wish.title}
        </Go>{' '}
        <Badge tone={WISH_TONES[wish.standing]}>{enhancements.standings[wish.standing]}</Badge>
        <p className="quiet plain">{enhancements.wanted(wish.demand.customers, wish.demand.tickets)}</p>
      </Facts>
      <ReceptionFacts wish={wish} />
    </div>
  ))
}
