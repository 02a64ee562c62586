import type { Role } from './words.ts'

/**
 * Who may give which roles to whom. An owner may everything. An admin looks after people, but makes no owner, changes
 * none, and does not widen what they may do themselves. Nobody else decides about roles.
 */
export interface RoleChange {
  readonly before: readonly Role[]
  readonly after: readonly Role[]
  /** It is whoever asks. */
  readonly isSelf: boolean
}

/** Why not. The code is stable: screens have their own words for it. */
export interface GrantFault {
  readonly code: GrantCode
  /** The role it is about. */
  readonly role?: Role
}

export const GRANT_CODES = [
  'grant-deciders',
  'grant-owners',
  'grant-self',
  'token-beyond-maker',
  'token-beyond-holder',
] as const
export type GrantCode = (typeof GRANT_CODES)[number]

const SENTENCES: Readonly<Record<GrantCode, (role: string) => string>> = {
  'grant-deciders': () => 'Owners and admins decide who may do what. Ask one of them.',
  'grant-owners': () => 'Only an owner decides about owners.',
  'grant-self': () => 'Nobody gives a role to themselves. Ask another admin.',
  'token-beyond-maker': (role) => `You have not the role ${role}, so no token of yours has it. Ask an owner.`,
  'token-beyond-holder': (role) => `Whom the token stands for has not the role ${role}.`,
}

/** For programs and files, in English. */
export const grantSentence = ({ code, role = 'owner' }: GrantFault): string => SENTENCES[code](role)

/** Null: they may. */
export const grantFault = (by: readonly Role[], { before, after, isSelf }: RoleChange): GrantFault | null => {
  if (by.includes('owner')) return null
  if (!by.includes('admin')) return { code: 'grant-deciders' }
  if (before.includes('owner') || after.includes('owner')) return { code: 'grant-owners' }
  const isWider = after.some((role) => !before.includes(role))
  return isSelf && isWider ? { code: 'grant-self' } : null
}

/** A token may not do what whoever it stands for may not, and one for nobody not what its maker may not. */
export const tokenFault = (
  by: readonly Role[],
  token: {
    readonly roles: readonly Role[]
    readonly holder: readonly Role[] | null
    readonly isSelf: boolean
  },
): GrantFault | null => {
  const { roles, holder, isSelf } = token
  const limit = holder ?? by
  const beyond = roles.find((role) => rolesNow([role], limit).length === 0)
  if (beyond !== undefined)
    return { code: holder === null ? 'token-beyond-maker' : 'token-beyond-holder', role: beyond }
  return holder === null || isSelf ? null : grantFault(by, { before: holder, after: holder, isSelf })
}

/**
 * What a token may do at this moment: never more than whom it stands for, or else who made it, may now (null: it was
 * made by nobody who could lose a role). An owner may everything; of a whole organisation's requests some are one's own.
 */
export const rolesNow = (roles: readonly Role[], limit: readonly Role[] | null): readonly Role[] => {
  if (limit === null || limit.includes('owner')) return roles
  const widest = limit.includes('customer admin') ? [...limit, 'customer'] : limit
  const kept = roles.filter((role) => widest.includes(role))
  return kept.length === 0 && roles.includes('customer admin') && limit.includes('customer')
    ? ['customer']
    : kept
}
