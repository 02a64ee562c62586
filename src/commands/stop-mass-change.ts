import type { Tx } from '../store/database.ts'
import { appendEvents, type EventContext } from '../store/events.ts'
import { stopForMassChange } from '../store/mass-change.ts'

/** Stops a connection on which too much happens at once; whoever resumes it lets the rest go on. */
export const stopMassChange = async (
  tx: Tx,
  context: EventContext,
  connectionId: string,
  what: string,
): Promise<void> => {
  const reason = `${what} Nothing more is taken over until a person has looked: “causeway connections resume” goes on.`
  if (!(await stopForMassChange(tx, connectionId, reason, context.now))) return
  await appendEvents(tx, context, [
    {
      kind: 'connection.mass-change-stopped',
      record: { kind: 'connection', id: connectionId },
      data: { reason },
      connectionId,
    },
  ])
}
