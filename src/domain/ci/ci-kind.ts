/** The CI systems we understand (ci-kinds.ts says how). */
export const CI_KINDS = ['signed', 'github', 'gitlab', 'argo cd'] as const
export type CiKind = (typeof CI_KINDS)[number]
