import { mayDo, useSelf } from '../api/session.ts'
import { type TicketInside, useShareFile } from '../api/tickets.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { roleReason } from './roles.ts'
import { FormProblem } from './states.tsx'
import { tell } from './tell.tsx'
import styles from './withheld-files.module.css'

/** What engineering does not get of this ticket, because somebody left it out, and the way to let it go after all. */
export const WithheldFiles = ({
  files,
  refOfTicket,
}: {
  readonly files: TicketInside['withheld']
  readonly refOfTicket: string
}) => {
  const texts = useTexts()
  const { handOver } = texts
  const self = useSelf()
  const share = useShareFile(refOfTicket)
  const reason = mayDo(self, 'escalations.send') ? null : roleReason(self, texts)
  return (
    <section className={styles.withheld} aria-label={handOver.withheld}>
      <h4>{handOver.withheld}</h4>
      <ul>
        {files.map(({ id, name }) => (
          <li key={id}>
            <span>{name}</span>
            <ActionButton
              size="xs"
              variant="subtle"
              label={handOver.share}
              fullLabel={handOver.shareOne(name)}
              reason={reason}
              loading={share.isPending && share.variables === id}
              run={() => toTheEnd(share, id, () => tell({ text: handOver.shared(name), tone: 'good' }))}
            />
          </li>
        ))}
      </ul>
      <FormProblem error={share.error} />
    </section>
  )
}
