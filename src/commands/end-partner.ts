import { endPartner as markEnded } from '../store/partners.ts'
import { heldPartner } from './change-partner.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Ends the sharing at once, from either side. What each side has of the other stays where it is. */
export const endPartner: Command<
  { readonly id: string; readonly by: 'us' | 'them' },
  { readonly id: string }
> = async (tx, context, input) => {
  const held = await heldPartner(tx, input.id)
  if (!held.ok) return held
  await markEnded(tx, held.value.id, input.by, context.now)
  return done(
    { id: held.value.id },
    {
      events: [
        {
          kind: 'partner.ended',
          record: { kind: 'partner', id: held.value.id },
          data: { name: held.value.name, by: input.by },
        },
      ],
      changed: [],
    },
  )
}
