/** Taking back what went over. */
export const enUndo = {
  title: 'Take back what went over',
  which: 'The tool gets its value from before back. And here?',
  there: 'Put it back there only',
  thereAbout: 'Here nothing changes. The two sides then differ, and a conflict asks which one counts.',
  both: 'Put it back on both sides',
  bothAbout: 'The value from before counts here too, as soon as the tool shows it.',
  hereAbout:
    'What was set here gets its value from before. There nothing changes: the two sides then differ, and a conflict asks which one counts.',
  stays: (value: string) => `${value} (stays)`,
  becomes: (now: string, then: string) => `${now} → ${then}`,
  follows: (now: string) => `${now} → as there`,
  asks: 'The sides then differ: a conflict asks.',
  agrees: 'Both sides then agree.',
  kept: (field: string, because: string) => `${field} stays as it is: ${because}`,
  keptBecause: {
    'changed-since': 'it was changed since.',
    'is-status': 'a status is never put back.',
    'not-mapped': 'the mapping does not carry it any more.',
  },
  send: 'Take back',
  doneAsks: 'Taken back. Where the sides differ now, a conflict asks which one counts.',
  doneBoth: 'Taken back. Both sides show it in a moment.',
}
