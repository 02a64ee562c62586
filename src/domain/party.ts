import type { Party } from './audience.ts'
import type { Role } from './words.ts'

/** Whose words each role reads; null: nobody's (who looks after the pipes does not look at what flows). */
const PARTY: Readonly<Record<Role, Party | null>> = {
  owner: 'both sides',
  lead: 'both sides',
  auditor: 'both sides',
  agent: 'support',
  engineer: 'engineering',
  admin: null,
  integrator: null,
  'customer admin': 'customer',
  customer: 'customer',
}

/** Who is an agent and an engineer reads what either does. */
export const partyOf = (roles: readonly Role[]): Party | null => {
  const parties = new Set(roles.flatMap((role) => PARTY[role] ?? []))
  if (parties.has('both sides') || (parties.has('support') && parties.has('engineering'))) return 'both sides'
  return [...parties][0] ?? null
}
