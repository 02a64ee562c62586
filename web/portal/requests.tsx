import { Button } from '@mantine/core'
import { TICKET_STATES } from '../../src/domain/words.ts'
import { useSelf } from '../api/session.ts'
import { type ListedTicket, type TicketQuery, useTickets } from '../api/tickets.ts'
import { Badge } from '../parts/badge.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import styles from '../parts/portal.module.css'
import { standingTone, standingWords } from '../parts/request-words.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'

const KNOWN = { state: TICKET_STATES, text: 'any' } as const

/** A customer's own requests; of who looks after an organisation, all of theirs. */
export const Requests = () => {
  const texts = useTexts()
  const { portal } = texts
  const go = useGo()
  const seesAll = useSelf().roles.includes('customer admin')
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.requests)
  const requests = useTickets(filters as TicketQuery)
  const create = (
    <Button leftSection={<Icon name="plus" size={14} />} onClick={() => go(paths.newRequest())}>
      {portal.newRequest}
    </Button>
  )
  return (
    <>
      <ScreenHead
        title={seesAll ? portal.theirs : portal.mine}
        about={seesAll ? portal.theirsAbout : portal.mineAbout}
      >
        {create}
      </ScreenHead>
      <Filters label={texts.filters.title}>
        <TextFilter label={portal.search} value={filters.text} set={(text) => set('text', text)} />
        <WordFilter
          label={portal.state}
          words={portal.states}
          value={filters.state}
          set={(word) => set('state', word)}
        />
      </Filters>
      <List
        source={requests}
        row={(request) => <Request request={request} />}
        open={({ key }) => go(paths.request(key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={portal.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {texts.tickets.noneAbout}
            </Empty>
          ) : (
            <Empty icon="ticket" title={portal.empty} actions={create}>
              {portal.emptyAbout}
            </Empty>
          )
        }
      />
    </>
  )
}

const Request = ({ request }: { readonly request: ListedTicket }) => {
  const texts = useTexts()
  const fix = texts.portal.fix[request.engineeringStatus] ?? null
  return (
    <Go to={paths.request(request.key)} className={styles.request}>
      <span className={styles.key}>{request.key}</span>
      <span className={styles.title}>
        {request.title}
        <small>{[standingWords(request, texts), fix].filter(Boolean).join(' ')}</small>
      </span>
      <Badge tone={standingTone(request)}>{texts.portal.states[request.state]}</Badge>
      <span className={styles.when}>
        <Time at={request.updatedAt} short />
      </span>
    </Go>
  )
}
