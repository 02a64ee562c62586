import type { WorkItemLinkKind } from './words.ts'

/** How a link reads from one of its ends. */
export const LINK_ROLES = ['parent of', 'child of', 'blocks', 'blocked by', 'related to'] as const
export type LinkRole = (typeof LINK_ROLES)[number]

/** What is kept of a link: three kinds, each with a direction. `isFrom`: who says it is the first end. */
export interface LinkEnds {
  readonly kind: WorkItemLinkKind
  readonly isFrom: boolean
}

const ENDS: Readonly<Record<LinkRole, LinkEnds>> = {
  'parent of': { kind: 'parent', isFrom: true },
  'child of': { kind: 'parent', isFrom: false },
  blocks: { kind: 'blocks', isFrom: true },
  'blocked by': { kind: 'blocks', isFrom: false },
  'related to': { kind: 'related', isFrom: true },
}

export const endsOf = (role: LinkRole): LinkEnds => ENDS[role]

/** `parent` from the second end reads `child of`; being related reads alike from both. */
export const roleOf = ({ kind, isFrom }: LinkEnds): LinkRole => {
  switch (kind) {
    case 'parent':
      return isFrom ? 'parent of' : 'child of'
    case 'blocks':
      return isFrom ? 'blocks' : 'blocked by'
    case 'related':
      return 'related to'
  }
}

const URL_MAX = 2_000

/** An address elsewhere: the web's own kinds only, for what else would run in the reader's browser when it is clicked. */
export const isLinkable = (url: string): boolean => {
  if (url.length > URL_MAX) return false
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol)
  } catch {
    return false
  }
}
