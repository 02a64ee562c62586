import type { RefusedWords } from './shape.ts'

export const deProblems: RefusedWords = {
  offline: {
    title: 'Der Server ist nicht zu erreichen',
    detail:
      'Prüfen Sie die Verbindung. Was Sie geschrieben haben, steht noch da; versuchen Sie es dann wieder.',
  },
  unreadable: {
    title: 'Die Antwort war nicht zu lesen',
    detail:
      'Zwischen Ihnen und dem Server hat etwas anderes geantwortet. Versuchen Sie es gleich noch einmal.',
  },
  fault: { title: 'Diese Seite hat einen Fehler', detail: null },
  'sign-in-refused': {
    title: 'Das stimmt nicht',
    detail:
      'Prüfen Sie, was Sie eingegeben haben. Nach mehreren falschen Versuchen wartet ein Konto eine Weile.',
  },
  'second-factor-needed': { title: 'Der Code des zweiten Faktors fehlt', detail: null },
  'too-many-requests': {
    title: 'Zu viele Versuche',
    detail: 'Warten Sie einen Augenblick.',
  },
  'changed-meanwhile': {
    title: 'Das hat inzwischen jemand geändert',
    detail: 'Sie sehen jetzt deren Stand. Prüfen Sie, ob Ihre Änderung noch nötig ist.',
  },
  'not-allowed': { title: 'Ihre Rolle darf das nicht', detail: null },
  'not-found': { title: 'Nicht gefunden', detail: null },
  'already-done': { title: 'Das ist schon geschehen', detail: null },
  'wrong-state': { title: 'Der Zustand lässt das nicht zu', detail: null },
  'storage-full': { title: 'Der Speicher ist fast voll', detail: null },
  'database-unavailable': { title: 'Die Datenbank ist nicht zu erreichen', detail: null },
  'no-route': { title: 'Kein Weg führt zur Entwicklung', detail: null },
  invalid: { title: 'Ein Wert ist nicht gültig', detail: null },
}
