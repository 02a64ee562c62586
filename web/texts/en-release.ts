/** One release: its tabs, when it may come out, and who has it. */
export const enRelease = {
  title: 'Release',
  tabs: {
    plan: 'Plan',
    contents: 'What is in it',
    waiting: 'Who waits',
    installations: 'Who has it',
  },
  forecast: {
    title: 'As measured',
    days: (range: string, percent: number) => `${range}, the last day with ${percent} %`,
    about: (left: number, weeks: number) =>
      `${left === 1 ? '1 item is' : `${left} items are`} left, at the pace of the last ${weeks} weeks, if the product’s people work on nothing else first.`,
    take: 'Take it over as the estimate',
    taken: 'Estimate noted.',
    'not enough history':
      'Too little was finished in the last weeks to tell: 10 items in 6 weeks are the least.',
    'nothing left': 'Nothing that is planned for it is open.',
    'too far': 'At the pace of the last weeks it takes longer than two years.',
    pace: 'Finished week by week',
    cycle: 'From started to done',
    cycleDays: (median: number, p85: number) => `${median} days (median), ${p85} days (85 %)`,
    promises: 'Promises before',
    held: (held: number, all: number) => `${held} of ${all} came out on their day or before`,
    slip: (days: number) =>
      days === 0
        ? 'in the middle on the day'
        : days > 0
          ? `in the middle ${days} days late`
          : `in the middle ${-days} days early`,
    noPromises: 'None of its product’s releases had an estimate before it came out.',
    none: 'Not known',
  },
  installations: {
    about: 'Every installation of the product, and whether what runs there has this release.',
    since: 'since',
    getsIt: 'Who lacks it gets it when it is put there; “Who waits” says what for.',
    when: 'When it is put there',
    noChange: 'No change names it yet. One that does says when, and who let it.',
  },
}
