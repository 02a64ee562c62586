import { isForCustomers, type Role } from '../../src/domain/words.ts'
import { mayDo, type Self } from '../api/session.ts'
import type { EveryonesTexts } from '../texts/en-everyone.ts'

/** In the words of the reader: `agent, engineer`. */
export const roleWords = (roles: readonly Role[], texts: EveryonesTexts): string =>
  roles.map((role) => texts.words.role[role]).join(', ')

/** Why somebody may not do something that their roles do not open. */
export const roleReason = ({ roles }: Pick<Self, 'roles'>, texts: EveryonesTexts): string =>
  texts.reasons.role(roleWords(roles, texts), roles.length)

/** Whom the portal is for. */
export const isCustomer = ({ roles }: Pick<Self, 'roles'>): boolean => isForCustomers(roles)

/** Which side's own words somebody reads and writes; a lead or an owner those of both. */
export const sidesOf = (self: Self): { readonly support: boolean; readonly engineering: boolean } => ({
  support: mayDo(self, 'tickets.write'),
  engineering: mayDo(self, 'escalations.answer'),
})
