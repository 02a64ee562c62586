import type { KnownProblems, ReasonWords, RefusedWords } from './shape.ts'

const problems: KnownProblems = {
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
  'second-factor-needed': {
    title: 'Der Code des zweiten Faktors fehlt',
    detail: 'Geben Sie den Code ein, den Ihre App zeigt, oder einen der Wiederherstellungscodes.',
  },
  'second-factor-required': {
    title: 'Zuerst kommt der zweite Faktor',
    detail: 'Ihre Organisation verlangt ihn. Richten Sie ihn im Profil ein; dann geht es weiter.',
  },
  'too-many-requests': {
    title: 'Zu viele Versuche',
    detail: 'Warten Sie einen Augenblick.',
  },
  'changed-meanwhile': {
    title: 'Das hat inzwischen jemand geändert',
    detail: 'Sie sehen jetzt deren Stand. Prüfen Sie, ob Ihre Änderung noch nötig ist.',
  },
  malformed: {
    title: 'Die Anfrage war nicht zu lesen',
    detail: 'Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    exact: true,
  },
  unauthenticated: { title: 'Sie sind abgemeldet', detail: 'Melden Sie sich wieder an.' },
  'not-allowed': {
    title: 'Ihre Rolle darf das nicht',
    detail: 'Bitten Sie jemanden aus der Verwaltung, wenn Sie es brauchen.',
  },
  'not-found': {
    title: 'Nicht gefunden',
    detail: 'Es ist nicht da, oder Sie dürfen es nicht sehen.',
  },
  'already-done': { title: 'Das ist schon geschehen', detail: 'Es ist nichts mehr zu tun.' },
  'wrong-state': {
    title: 'Der Zustand lässt das nicht zu',
    detail: 'Sehen Sie nach, wie es jetzt steht.',
    exact: true,
  },
  'sharing-ended': {
    title: 'Die Freigabe ist beendet',
    detail: 'Der Partner hat sie beendet, oder wir. Wenn es weitergehen soll, eine neue einrichten.',
  },
  'in-use': {
    title: 'Das ist schon vergeben',
    detail: 'Etwas anderes benutzt es. Wählen Sie ein anderes Wort, oder ändern Sie das andere zuerst.',
    exact: true,
  },
  'still-running': {
    title: 'Die erste Anfrage läuft noch',
    detail: 'Warten Sie einen Augenblick und sehen Sie dann nach.',
  },
  'too-large': { title: 'Das ist zu groß', detail: 'Schicken Sie weniger auf einmal.' },
  'unsupported-type': {
    title: 'Diese Art von Inhalt wird hier nicht angenommen',
    detail: 'Schicken Sie es in einer anderen Form.',
  },
  invalid: {
    title: 'Ein Wert ist nicht gültig',
    detail: 'Prüfen Sie, was Sie eingegeben haben.',
    exact: true,
  },
  'no-route': {
    title: 'Kein Weg führt zur Entwicklung',
    detail: 'Geben Sie Produkt und Komponente an, oder legen Sie fest, wohin Eskalationen gehen.',
    exact: true,
  },
  'idempotency-key-reused': {
    title: 'Das wurde mit dem Schlüssel von etwas anderem geschickt',
    detail: 'Laden Sie die Seite neu und versuchen Sie es noch einmal.',
  },
  internal: {
    title: 'Der Server hat einen Fehler',
    detail: 'Versuchen Sie es noch einmal. Bleibt es dabei, hilft das Protokoll des Servers weiter.',
    exact: true,
  },
  'storage-full': {
    title: 'Der Speicher ist fast voll',
    detail: 'Es wird nichts mehr geschrieben, bis Platz frei ist. Sonst ist nichts zu tun.',
  },
  'database-unavailable': {
    title: 'Die Datenbank ist nicht zu erreichen',
    detail: 'Versuchen Sie es in ein paar Sekunden wieder.',
  },
  'too-busy': { title: 'Der Server hat viel zu tun', detail: 'Versuchen Sie es gleich noch einmal.' },
}
export const deProblems: RefusedWords = problems

export const deReasons: ReasonWords = {
  'grant-deciders': () => 'Wer was darf, entscheiden Inhaber und Admins. Bitten Sie jemanden von ihnen.',
  'grant-owners': () => 'Über Inhaber entscheiden nur Inhaber.',
  'grant-self': () => 'Niemand gibt sich selbst eine Rolle. Bitten Sie jemand anderen aus der Verwaltung.',
  'token-beyond-maker': ({ role }) =>
    `Sie haben die Rolle ${role} nicht, also hat sie auch kein Token von Ihnen.`,
  'token-beyond-holder': ({ role }) => `Für wen das Token steht, hat die Rolle ${role} nicht.`,
  'password-short': () =>
    'Ein Passwort hat mindestens 12 Zeichen; ein paar Wörter, die nicht zusammengehören, merkt man sich leicht.',
  'password-long': () => 'Ein Passwort hat höchstens 200 Zeichen.',
  'password-plain': () => 'Dieses Passwort hat zu wenig verschiedene Zeichen.',
  'password-known': () => 'Dieses Passwort ist zu nah an einem Namen oder einer Adresse von Ihnen.',
  'wrong-password': () => 'Das ist nicht Ihr Passwort.',
  'wrong-code': () => 'Dieser Code ist falsch, verbraucht oder zu alt. Geht die Uhr des Telefons richtig?',
  'spent-token': () => 'Dieser Link ist unbekannt, verbraucht oder zu alt. Bitten Sie um einen neuen.',
  'no-account': () => 'Sie kamen mit einem Token, und das hat kein Konto.',
  'no-mail': () => 'Dieses Causeway verschickt keine Mails.',
  'too-many-mails': () => 'Davon haben Sie in dieser Stunde schon einige geschickt. Warten Sie eine Weile.',
  'own-second-factor': () => 'Den eigenen zweiten Faktor schalten Sie im Profil ab, mit Ihrem Passwort.',
  'no-second-factor': () => 'Dort ist kein zweiter Faktor eingeschaltet.',
  'hub-not-empty': () =>
    'Beispieldaten sind für ein Causeway ohne Produkte, Kunden, Tickets und Arbeitspakete.',
  'no-sample': () => 'Die Beispieldaten sind schon weg.',
  'sample-in-use': ({ names }) =>
    `Einem Beispiel-Team gehören Teile von Ihnen: ${names}. Geben Sie ihnen zuerst ein eigenes Team.`,
  'undo-no-mirror': () => 'Das Gegenstück im Werkzeug wird nicht mehr abgeglichen.',
  'undo-nothing': () =>
    'Davon steht nichts mehr: jedes Feld wurde seitdem geändert oder ist ein Status, und der wird nie zurückgesetzt.',
  'not-escalated': ({ ticket }) => `${ticket} ist nicht bei der Entwicklung.`,
  'file-not-withheld': () =>
    'Diese Datei wird nicht zurückgehalten: die Entwicklung hat sie, oder sie kam später.',
  'element-taken': () => 'Dieser Kommentar oder diese Datei steht hier schon für etwas anderes.',
  'item-taken': () => 'Dieser Vorgang steht hier schon für einen anderen Datensatz.',
  'say-which-item': () => 'Welcher Vorgang dort ist es? Es braucht seine Kennung im Werkzeug.',
  'looked-at-now': () => 'Es wird gerade angesehen. In ein paar Sekunden geht es.',
  'environment-booked': ({ environment, by, purpose }) =>
    `Zu dieser Zeit hat ${by} ${environment}: „${purpose}“. Wählen Sie eine andere Zeit.`,
}
