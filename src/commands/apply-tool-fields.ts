import type { Refusal } from '../domain/refusal.ts'
import type { Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import type { HubFields, HubView } from '../sync/hub-view.ts'
import type { RemotePerson } from '../sync/snapshot.ts'
import { applyReleaseFields } from './apply-release-fields.ts'
import { applyTicketFields } from './apply-ticket-fields.ts'
import { applyWorkItemFields } from './apply-work-item-fields.ts'
import type { CommandContext, Outcome } from './run-command.ts'
import type { AppliedFields } from './tool-values.ts'

/** Takes in what a tool shows, into the record the mirror stands for. */
export const applyToolFields = async (
  tx: Tx,
  context: CommandContext,
  /** `version`: the one the asker saw; null: whatever it is now. */
  view: Pick<HubView, 'kind' | 'id'> & { readonly version: number | null },
  set: HubFields,
  state: string | null,
  people: readonly RemotePerson[],
): Promise<Result<Outcome<AppliedFields>, Refusal>> => {
  const names = Object.fromEntries(
    people.flatMap((person) => (person.email === null ? [] : [[person.email.toLowerCase(), person.name]])),
  )
  const input = { id: view.id, version: view.version, set, state, names }
  switch (view.kind) {
    case 'ticket':
      return applyTicketFields(tx, context, input)
    case 'work item':
      return applyWorkItemFields(tx, context, input)
    case 'release':
      return applyReleaseFields(tx, context, input)
  }
}
