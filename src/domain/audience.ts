/**
 * Who may see a comment, an attachment or a fact. Deny by default: nothing reaches a tool or a screen whose party is
 * not in the audience.
 */
export type Audience = 'everyone' | 'staff' | 'support' | 'engineering'
/** `both sides`: colleagues who read what support and what engineering keep for themselves. */
export type Party = 'customer' | 'support' | 'engineering' | 'both sides'

/** Whose words a colleague reads; customers read theirs in the portal alone. */
export type StaffParty = Exclude<Party, 'customer'>

export const AUDIENCES = [
  'everyone',
  'staff',
  'support',
  'engineering',
] as const satisfies readonly Audience[]

const SEEN_BY: Readonly<Record<Audience, readonly Party[]>> = {
  everyone: ['customer', 'support', 'engineering', 'both sides'],
  staff: ['support', 'engineering', 'both sides'],
  support: ['support', 'both sides'],
  engineering: ['engineering', 'both sides'],
}

export const isSeenBy = (audience: Audience, party: Party): boolean => SEEN_BY[audience].includes(party)

/** The audiences a party may read, for a query's filter. */
export const audiencesOf = (party: Party): readonly Audience[] =>
  AUDIENCES.filter((audience) => isSeenBy(audience, party))
