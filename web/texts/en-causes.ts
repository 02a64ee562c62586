import type { CAUSE_REASONS, CauseKind, CauseState } from '../../src/domain/cause.ts'

type Words<W extends string> = Readonly<Record<W, string>>

export const enCauses = {
  title: 'Suspected causes',
  none: (hours: number) => `Nothing was done to it in the ${hours} hours before.`,
  isCut: 'There is more than is listed.',
  impact: 'Impact began',
  assumed: 'assumed: when the ticket was made',
  setImpact: 'Say when it began',
  impactTitle: 'When did the impact begin?',
  impactAbout: 'What it may have been caused by is looked for before that. Empty: when the ticket was made.',
  saved: 'Saved.',
  confirm: 'Confirm',
  clear: 'Clear',
  takeBack: 'Take back',
  confirmed: 'Confirmed as a cause.',
  cleared: 'Cleared.',
  tookBack: 'Taken back.',
  nothingOpen: 'Nothing is left to decide.',
  kinds: {
    change: 'Change',
    release: 'Release',
    deployment: 'Deployment',
    'flag flip': 'Flag',
  } satisfies Words<CauseKind> as Words<CauseKind>,
  states: {
    suspected: 'Suspected',
    confirmed: 'Caused by',
    cleared: 'Cleared',
  } satisfies Words<CauseState> as Words<CauseState>,
  reasons: {
    'minutes before': 'less than an hour before',
    'hours before': 'hours before',
    'long before': 'more than a day before',
    'same component': 'same component',
    'another component': 'another component',
    'their release': 'the release it was reported on',
    'their place': 'at their installation',
    'went wrong': 'it went wrong',
    'high risk': 'high risk',
    emergency: 'emergency',
  } satisfies Words<(typeof CAUSE_REASONS)[number]> as Words<(typeof CAUSE_REASONS)[number]>,
  points: (points: number) => (points === 1 ? '1 point' : `${points} points`),
  by: (name: string) => `by ${name}`,
  cost: {
    title: 'What it cost',
    none: 'No incident was caused by it, as far as is known.',
    sum: (incidents: number, tickets: number, minutes: string) =>
      `${incidents === 1 ? '1 incident' : `${incidents} incidents`}, ${tickets === 1 ? '1 ticket' : `${tickets} tickets`}, ${minutes} minutes`,
    about: 'From when the impact began until it was resolved, or until now; confirmed causes only.',
    minutes: (minutes: string) => `${minutes} min`,
    assumed: 'from when the ticket was made',
    more: 'The latest are listed; all are counted.',
  },
  person: { changes: 'Changes they carry out', none: 'None.' },
}
