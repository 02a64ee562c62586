/** When somebody may want to look at it again; in the reader's own time. */
export const SNOOZE_CHOICES = ['hours', 'tomorrow', 'monday'] as const
export type SnoozeChoice = (typeof SNOOZE_CHOICES)[number]

const HOURS = 3
const MORNING_HOUR = 9
const MONDAY = 1

export const snoozeUntil = (choice: SnoozeChoice, now: Date): Date => {
  if (choice === 'hours') return new Date(now.getTime() + HOURS * 3_600_000)
  const days = choice === 'tomorrow' ? 1 : (MONDAY + 7 - now.getDay()) % 7 || 7
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING_HOUR)
}
