import type { Ticket } from '../api/tickets.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/texts.tsx'
import { Badge } from './badge.tsx'
import { Go } from './go.tsx'
import { Road, Station } from './record.tsx'
import { ReleaseStation } from './release-station.tsx'
import { useStandingWords } from './ticket-row.tsx'
import { Time } from './time.tsx'
import { ENGINEERING_TONES, TICKET_TONES } from './tones.ts'

/** status ‖ engineering status ‖ planned or actual release: the ticket's whole way in one line. */
export const TicketRoad = ({ ticket }: { readonly ticket: Ticket }) => {
  const texts = useTexts()
  const standing = useStandingWords()
  const workItem = ticket.inside?.workItem ?? null
  const isNamed = ticket.needs == null && ticket.waitingFor == null
  return (
    <Road>
      <Station
        title={texts.fields.status}
        about={isNamed ? ticket.standing : texts.words.ticketState[ticket.state]}
      >
        <Badge tone={TICKET_TONES[ticket.state]} large>
          {standing(ticket)}
        </Badge>
      </Station>
      <Station
        title={texts.fields.engineeringStatus}
        about={
          workItem === null ? null : (
            <>
              <Go to={paths.workItem(workItem.key)}>{workItem.key}</Go>
              {workItem.team === null ? null : ` · ${workItem.team.name}`} ·{' '}
              <Time at={workItem.statusMovedAt} />
            </>
          )
        }
      >
        <Badge tone={ENGINEERING_TONES[ticket.engineeringStatus]} large>
          {texts.words.engineeringStatus[ticket.engineeringStatus]}
        </Badge>
      </Station>
      <ReleaseStation release={ticket.release} />
    </Road>
  )
}
