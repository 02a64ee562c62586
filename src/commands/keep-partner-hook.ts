import { endOfEvents } from '../store/events.ts'
import { forgetPartnerHook, savePartnerHook } from '../store/partner-hooks.ts'
import { fingerprint, type MasterKey, openSecret, type SecretPlace, sealSecret } from '../store/secrets.ts'
import { heldPartner } from './change-partner.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** A sealed secret opens only for the address it was given for. */
export const placeOfHook = (partnerId: string, address: string): SecretPlace => ({
  connectionId: partnerId,
  field: 'hook',
  origin: address,
})

/** Where a partner wants to be told of changes, from now on. Asked again and again, it changes nothing. */
export const keepPartnerHook =
  (
    master: MasterKey,
  ): Command<
    { readonly id: string; readonly address: string; readonly secret: string },
    { readonly did: 'nothing' | 'registered' }
  > =>
  async (tx, _context, { id, address, secret }) => {
    const held = await heldPartner(tx, id)
    if (!held.ok) return held
    const { hook_address, hook_secret } = held.value
    const place = placeOfHook(id, address)
    const kept =
      hook_address === address && hook_secret !== null ? openSecret(master, place, hook_secret) : null
    if (kept?.ok && fingerprint(master, kept.value.reveal()) === fingerprint(master, secret))
      return done({ did: 'nothing' })
    await savePartnerHook(tx, id, {
      address,
      secret: sealSecret(master, place, secret),
      from: await endOfEvents(tx),
    })
    return done({ did: 'registered' })
  }

export const dropPartnerHook: Command<
  { readonly id: string /** null: whatever it is. */; readonly address: string | null },
  null
> = async (tx, _context, { id, address }) => {
  const held = await heldPartner(tx, id)
  if (!held.ok) return held
  if (address === null || held.value.hook_address === address) await forgetPartnerHook(tx, id)
  return done(null)
}
