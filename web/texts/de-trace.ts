import type { enTrace } from './en-trace.ts'

export const deTrace: typeof enTrace = {
  title: 'Was darin ist',
  about: 'So sagen es seine Commits, was auch immer geplant war.',
  source: (commits, since) =>
    `${commits === 1 ? '1 Commit' : `${commits} Commits`} ${since === null ? 'seit dem Anfang' : `seit ${since}`}`,
  untraced: 'Was darin ist, ist noch nicht bekannt',
  untracedAbout:
    'Dies in einem Checkout ausführen, oder in der Pipeline, die Releases macht: dann sagen Commits, was in jedem ist.',
  untracedHow: 'Wie man es in GitHub Actions, GitLab oder Jenkins einrichtet:',
  command: 'Befehl',
  changes: { enters: 'Neu darin', leaves: 'Zurückgenommen', stays: 'War schon vorher darin' },
  counted: (title, count) => `${title} (${count})`,
  leavesAbout: 'War im Release davor, und ist in diesem rückgängig gemacht.',
  nothingNew: 'Keiner seiner Commits nennt eine Arbeit, die nicht schon vorher darin war.',
  nobodys: 'Keine Arbeit hier hat diesen Schlüssel.',
  commits: (count, most) =>
    count === 1 ? '1 Commit' : count >= most ? `${count} Commits oder mehr` : `${count} Commits`,
  commitsOf: (key) => `zu ${key}`,
  differ: 'Plan und Commits weichen ab',
  missing: 'Dafür geplant, aber nicht in seinen Commits',
  unplanned: 'In seinen Commits, aber nicht dafür geplant',
  further: (count) => `und ${count} mehr`,
  tooMuch: 'Es ist mehr darin, als hier verglichen wurde.',
  planned: 'Dafür geplant',
  releases: 'Releases',
  firstIn: 'Zuerst in',
  leftIn: 'Zurückgenommen in',
  inNone: 'Ihre Commits sind noch in keinem Release.',
  whoHas: 'Wer sie hat',
  whoHasOf: (key) => `Wer ${key} hat`,
  counts: {
    yes: (count) => (count === 1 ? '1 hat sie' : `${count} haben sie`),
    no: (count) => (count === 1 ? '1 fehlt sie' : `${count} fehlt sie`),
    unknown: (count) => `${count} unbekannt`,
  },
  has: { yes: 'Hat sie', no: 'Fehlt dort', unknown: 'Unbekannt' },
  hasFilter: 'Ob sie dort ist',
  unknownAbout: 'Unbekannt: welche Commits in der Version sind, die dort läuft, wurde nie gesagt.',
  noInstallations: 'Keine Installation ihres Produkts ist eingetragen.',
  noneFits: 'Keine Installation ist so.',
  noVersion: 'Keine Version',
}
