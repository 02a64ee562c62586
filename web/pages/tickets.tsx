import { Button } from '@mantine/core'
import { OPEN_NEEDS, SEVERITIES, TICKET_KINDS, TICKET_STATES } from '../../src/domain/words.ts'
import { useMay } from '../api/session.ts'
import { type TicketQuery, useTickets } from '../api/tickets.ts'
import { useTicketBulk } from '../forms/bulk-tickets.tsx'
import { BulkBar } from '../parts/bulk-bar.tsx'
import { ExportButton } from '../parts/export-button.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { QueryField, QueryHints } from '../parts/query-field.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { TicketRow } from '../parts/ticket-row.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useSelection } from '../parts/use-selection.ts'
import { ViewsMenu } from '../parts/views-menu.tsx'
import { paths, viewQuery } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = {
  state: TICKET_STATES,
  needs: OPEN_NEEDS,
  owner: ['me', 'nobody'],
  kind: TICKET_KINDS,
  severity: SEVERITIES,
  escalated: ['true', 'false'],
  text: 'any',
  q: 'any',
} as const

export const Tickets = () => {
  const texts = useTexts()
  const mayRead = useMay('tickets.read')
  return mayRead ? (
    <AllTickets />
  ) : (
    <>
      <ScreenHead title={texts.tickets.title} />
      <NoRights />
    </>
  )
}

const AllTickets = () => {
  const texts = useTexts()
  const go = useGo()
  const mayCreate = useMay('tickets.create')
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.tickets)
  const selection = useSelection()
  const bulk = useTicketBulk(filters as TicketQuery)
  // words of the list of filters, checked against the same lists the API has
  const tickets = useTickets(filters as TicketQuery)
  const create = (
    <Button
      leftSection={<Icon name="plus" size={14} />}
      onClick={() => go(paths.newTicket())}
      disabled={!mayCreate}
    >
      {texts.newTicket.title}
    </Button>
  )
  return (
    <>
      <ScreenHead title={texts.tickets.title}>
        <ViewsMenu list="tickets" query={viewQuery(filters)} />
        <ExportButton list="tickets" filters={filters} />
        {create}
      </ScreenHead>
      <Filters label={texts.filters.title}>
        <QueryField value={filters.q ?? filters.text} set={(q) => set('q', q)} list="tickets" />
        <WordFilter
          label={texts.fields.state}
          words={texts.words.ticketState}
          value={filters.state}
          set={(word) => set('state', word)}
        />
        <WordFilter
          label={texts.fields.needs}
          words={texts.words.needs}
          value={filters.needs}
          set={(word) => set('needs', word)}
        />
        <WordFilter
          label={texts.fields.owner}
          words={texts.filters.owner}
          value={filters.owner}
          set={(word) => set('owner', word)}
        />
        <WordFilter
          label={texts.fields.severity}
          words={texts.words.severity}
          value={filters.severity}
          set={(word) => set('severity', word)}
        />
        <WordFilter
          label={texts.fields.escalated}
          words={texts.filters.escalated}
          value={filters.escalated}
          set={(word) => set('escalated', word)}
        />
        <WordFilter
          label={texts.fields.kind}
          words={texts.words.ticketKind}
          value={filters.kind}
          set={(word) => set('kind', word)}
        />
      </Filters>
      <QueryHints text={filters.q} list="tickets" />
      <List
        source={tickets}
        selection={selection}
        row={(ticket) => <TicketRow ticket={ticket} />}
        open={({ key }) => go(paths.ticket(key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={texts.tickets.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {texts.tickets.noneAbout}
            </Empty>
          ) : (
            <Empty icon="ticket" title={texts.tickets.empty} actions={create}>
              {texts.tickets.emptyAbout}
            </Empty>
          )
        }
      />
      <BulkBar selection={selection} subject={bulk} />
    </>
  )
}
