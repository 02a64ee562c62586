import type { WorkItem } from '../api/work-items.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { Badge } from './badge.tsx'
import { Mirrors } from './mirrors.tsx'
import { Person } from './person.tsx'
import { FactList, Facts } from './record.tsx'
import { Time } from './time.tsx'
import { SEVERITY_TONES } from './tones.ts'
import { WorkItemReleases } from './work-item-releases.tsx'
import { WorkItemWishes } from './work-item-wishes.tsx'

export const WorkItemPanel = ({ item }: { readonly item: WorkItem }) => {
  const texts = useTexts()
  const { fields } = texts
  const { severity } = item.severity
  return (
    <>
      <Facts title={texts.panel.people}>
        <FactList
          facts={[
            [fields.team, item.team?.name ?? null],
            [
              fields.assignee,
              <Person key="a" name={item.assignee?.name ?? null} nobody={texts.filters.owner.nobody} />,
            ],
          ]}
        />
      </Facts>
      <Facts title={texts.panel.weight}>
        <FactList
          facts={[
            [
              fields.severity,
              severity === null ? null : (
                <Badge key="s" tone={SEVERITY_TONES[severity]} title={texts.workItem.severityAbout}>
                  {texts.words.severity[severity]}
                </Badge>
              ),
            ],
            [fields.priority, item.priority],
            [fields.tickets, String(item.ticketCount)],
            [fields.customers, String(item.customerCount)],
            ...(item.withoutCustomer === 0
              ? []
              : [[fields.withoutCustomer, String(item.withoutCustomer)] as const]),
          ]}
        />
      </Facts>
      <Facts title={texts.panel.where}>
        <FactList
          facts={[
            [fields.product, item.product?.name ?? null],
            [fields.component, item.component?.name ?? null],
            [fields.version, item.version],
            [fields.environment, item.environment],
          ]}
        />
      </Facts>
      {item.kind === 'feature' ? <WorkItemWishes id={item.id} /> : null}
      <WorkItemReleases item={item} />
      {item.mirrors.length === 0 ? null : (
        <Facts title={texts.panel.mirrors}>
          <Mirrors mirrors={item.mirrors} of={item.key} />
        </Facts>
      )}
      <Facts title={texts.panel.times}>
        <FactList
          facts={[
            [fields.createdAt, <Time key="c" at={item.createdAt} />],
            [fields.updatedAt, <Time key="u" at={item.updatedAt} />],
            ...(item.doneAt === null ? [] : [[fields.doneAt, <Time key="d" at={item.doneAt} />] as const]),
          ]}
        />
      </Facts>
    </>
  )
}
