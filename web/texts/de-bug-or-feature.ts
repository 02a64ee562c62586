import type { enBugOrFeature } from './en-bug-or-feature.ts'

export const deBugOrFeature: typeof enBugOrFeature = {
  title: 'Ist das ein Fehler oder Absicht?',
  short: 'Bug? Absicht?',
  ask: 'Fehler oder Absicht?',
  about: 'Was die Entwicklung zu den Worten eines Anrufers weiß',
  text: 'Was der Anrufer sagt',
  placeholder: 'Zum Beispiel: für ein Etikett werden zwei Seiten gedruckt',
  customerFirst: 'Erst einen Kunden wählen',
  noInstallations: 'Keine ist eingetragen',
  installation: 'Installation',
  start: 'Was sagt der Anrufer?',
  startAbout:
    'In dessen Worten aufschreiben und wählen, was dort läuft. Beim Schreiben wird gelesen, welche Arbeit der Entwicklung Ähnliches sagt.',
  verdicts: { intended: 'Absicht', 'known defect': 'Bekannter Fehler', unknown: 'Unbekannt' },
  abouts: {
    intended: (key) => `Es verhält sich so mit Absicht, wie ${key} sagt.`,
    'known defect': (key) => `Die Entwicklung kennt es als ${key}, und das ist noch nicht erledigt.`,
    lacks: (key) => `Die Entwicklung kannte es als ${key}, und in der Version dort fehlt die Behebung.`,
    fixed: (key) =>
      `${key} war ein solcher Fehler, und die Version dort hat die Behebung. Geschieht es trotzdem, ist der Fehler zurück.`,
    newer: (key) => `${key} ist etwas Ähnliches und kommt mit einem neueren Release als dem dort.`,
    inNone: (key) => `${key} ist etwas Ähnliches und noch in keinem Release.`,
    related: (key) => `${key} ist dem am ähnlichsten und entscheidet nichts.`,
    nothing: 'Die Entwicklung weiß von nichts, das Ähnliches sagt.',
  },
  noteAbouts: {
    intended: (release) => `Das ist seit ${release} so, und der Support weiß, was er dazu sagt.`,
    'known defect': (release) => `Dass das in ${release} nicht geht, ist bekannt.`,
    fixed: (release) =>
      `Das ging in ${release} nicht, und deren Version hat die Behebung. Tritt es trotzdem auf, ist es ein Rückfall.`,
    newer: (release) => `Das kommt mit ${release}, neuer als deren Version.`,
    related: (release) => `Ein Hinweis zu ${release} ist am ähnlichsten und klärt für deren Version nichts.`,
  },
  say: 'Was zu sagen ist',
  noWorkaround: 'Keine Umgehung ist eingetragen.',
  open: 'Ein Ticket mit diesen Worten eröffnen',
  evidence: 'Woraus das gelesen ist',
  readings: {
    intended: 'Absicht',
    'known defect': 'Bekannter Fehler',
    fixed: 'Behoben',
    newer: 'Noch nicht dort',
    related: 'Verwandt',
  },
  runs: 'Dort läuft',
  noRelease: (version) => `Kein Release heißt ${version}: welche Behebungen darin sind, ist nicht bekannt.`,
  noProduct: 'Eine Version sagt etwas zusammen mit ihrem Produkt.',
  noVersion: 'Ohne Version ist nicht bekannt, welche Behebungen dort sind.',
  has: {
    yes: 'In der Version dort',
    no: 'Fehlt in der Version dort',
    unknown: 'Für die Version dort unbekannt',
  },
  hasFix: { yes: 'In der Version dort behoben', no: 'In der Version dort nicht behoben' },
  firstIn: 'Zuerst in',
  release: 'Geplantes Release',
}
