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

/** Why not, in a sentence; null: they may. */
export const grantFault = (by: readonly Role[], { before, after, isSelf }: RoleChange): string | null => {
  if (by.includes('owner')) return null
  if (!by.includes('admin')) return 'Owners and admins decide who may do what. Ask one of them.'
  if (before.includes('owner') || after.includes('owner')) return 'Only an owner decides about owners.'
  const isWider = after.some((role) => !before.includes(role))
  return isSelf && isWider ? 'Nobody gives a role to themselves. Ask another admin.' : null
}

/** A token may not do what whoever it stands for may not, and one for nobody not what its maker may not. */
export const tokenFault = (
  by: readonly Role[],
  token: {
    readonly roles: readonly Role[]
    readonly holder: readonly Role[] | null
    readonly isSelf: boolean
  },
): string | null => {
  const { roles, holder, isSelf } = token
  const limit = holder ?? (by.includes('owner') ? null : by)
  const beyond = limit === null ? undefined : roles.find((role) => !limit.includes(role))
  if (beyond !== undefined)
    return holder === null
      ? `You have not the role ${beyond}, so no token of yours has it. Ask an owner.`
      : `Whom the token stands for has not the role ${beyond}.`
  return holder === null || isSelf ? null : grantFault(by, { before: holder, after: holder, isSelf })
}
