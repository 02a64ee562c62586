/** Somebody calls, and support must say what it is. */
export const enBugOrFeature = {
  title: 'Is it a bug or a feature?',
  /** In the rail, where little fits. */
  short: 'Bug or feature?',
  ask: 'Bug or feature?',
  about: 'What engineering knows of a caller’s words',
  text: 'What the caller says',
  placeholder: 'For example: printing takes two pages for one label',
  customerFirst: 'Choose a customer first',
  noInstallations: 'None is written down',
  installation: 'Installation',
  start: 'What does the caller say?',
  startAbout:
    'Write it down in their words and choose what they run. Engineering’s work that says something alike is read as you type.',
  verdicts: { intended: 'Intended', 'known defect': 'Known defect', unknown: 'Unknown' },
  abouts: {
    intended: (key: string) => `It behaves so by design, as ${key} says.`,
    'known defect': (key: string) => `Engineering knows it as ${key}, which is not done yet.`,
    lacks: (key: string) => `Engineering knew it as ${key}, and their version lacks the fix.`,
    fixed: (key: string) =>
      `${key} was such a defect, and their version has its fix. If it happens all the same, it is a regression.`,
    newer: (key: string) => `${key} is something like it, and comes with a newer release than theirs.`,
    inNone: (key: string) => `${key} is something like it, and no release has it yet.`,
    related: (key: string) => `${key} is most like it, and settles nothing.`,
    nothing: 'Engineering knows nothing that says something like it.',
  },
  noteAbouts: {
    intended: (release: string) => `It behaves so since ${release}, and support agreed what to say.`,
    'known defect': (release: string) => `It is known to be broken in ${release}.`,
    fixed: (release: string) =>
      `It was broken in ${release}, and their version has its fix. If it happens all the same, it is a regression.`,
    newer: (release: string) => `It comes with ${release}, which is newer than theirs.`,
    related: (release: string) =>
      `A note of ${release} is most like it, and settles nothing for their version.`,
  },
  say: 'What to say',
  noWorkaround: 'No workaround is written down.',
  open: 'Open a ticket with these words',
  evidence: 'What it is read from',
  readings: {
    intended: 'Intended',
    'known defect': 'Known defect',
    fixed: 'Fixed',
    newer: 'Not there yet',
    related: 'Related',
  },
  runs: 'They run',
  noRelease: (version: string) => `No release is called ${version}: which fixes it has is not known.`,
  noProduct: 'A version says something together with its product.',
  noVersion: 'Without a version, nobody knows which fixes they have.',
  has: { yes: 'Their version has it', no: 'Their version lacks it', unknown: 'Not known of their version' },
  hasFix: { yes: 'Their version has the fix', no: 'Their version lacks the fix' },
  firstIn: 'First in',
  release: 'Planned release',
}
