/** Of what was written to a tool and is taken back: whose value changes. */
export const UNDO_SIDES = ['there', 'both'] as const
export type UndoSides = (typeof UNDO_SIDES)[number]

/** Why a field of the crossing stays as it is. */
export const KEPT_BECAUSE = ['changed-since', 'is-status', 'not-mapped'] as const
export type KeptBecause = (typeof KEPT_BECAUSE)[number]
