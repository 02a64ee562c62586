import type { Enhancement } from '../api/enhancements.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { useLocale } from '../texts/texts.tsx'
import { numberFormat } from './formatters.ts'
import { FactList, Facts } from './record.tsx'

/** Who wants it: each figure by itself, and none made of others. */
export const DemandFacts = ({ wish: { demand } }: { readonly wish: Enhancement }) => {
  const texts = useTexts()
  const { enhancements, fields } = texts
  const number = numberFormat(useLocale(), {})
  const { importances } = enhancements
  const [none = 0, ...more] = [...demand.importance].reverse()
  const matters = [
    ...more.map((count, at) => [importances[(3 - at) as 0 | 1 | 2 | 3], count] as const),
    [importances.none, none] as const,
  ]
  return (
    <Facts title={enhancements.demand}>
      <FactList
        facts={[
          [fields.customers, String(demand.customers)],
          [fields.tickets, String(demand.tickets)],
          [
            enhancements.revenue,
            demand.revenue === null ? enhancements.noRevenue : number.format(demand.revenue),
          ],
          [
            enhancements.tiers,
            Object.entries(demand.tiers)
              .map(([tier, count]) => `${tier === '' ? enhancements.noTier : tier}: ${count}`)
              .join(' · ') || null,
          ],
        ]}
      />
      <p className="quiet">{enhancements.mattersTo}</p>
      <FactList facts={matters.map(([label, count]) => [label, String(count)] as const)} />
    </Facts>
  )
}

/** What who asked says of it, now that they have it; nothing, before it is shipped. */
export const ReceptionFacts = ({ wish: { reception, standing, demand } }: { readonly wish: Enhancement }) => {
  const { enhancements } = useTexts()
  const { adopted, praise, complaint, works, stillBroken, ticketsSince, haveIt } = reception
  if (standing !== 'shipped' && adopted + praise + complaint + works + stillBroken === 0) return null
  return (
    <Facts title={enhancements.reception}>
      <FactList
        facts={[
          ...(haveIt === null
            ? []
            : [[enhancements.haveIt, enhancements.ofAsked(haveIt, demand.customers)] as const]),
          [enhancements.receptions.adopted, String(adopted)],
          [enhancements.receptions.praise, String(praise)],
          [enhancements.receptions.complaint, String(complaint)],
          [enhancements.works, String(works)],
          [enhancements.stillBroken, String(stillBroken)],
          ...(ticketsSince === null ? [] : [[enhancements.ticketsSince, String(ticketsSince)] as const]),
        ]}
      />
    </Facts>
  )
}
