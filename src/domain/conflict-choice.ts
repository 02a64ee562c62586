/** What a person can say of a field that both sides changed: which side counts, what stood before, or another value. */
export const CONFLICT_CHOICES = ['hub', 'tool', 'base', 'value'] as const
export type ConflictChoice = (typeof CONFLICT_CHOICES)[number]
