import type { Texts } from './en.ts'

/** Was Kunden über Releases erfahren (siehe en-outreach.ts). */
export const deOutreach: Texts['outreach'] = {
  title: 'Kundeninfo',
  about: 'Was Kunden erfahren, wenn ein Release sie erreicht',
  tabs: { messages: 'Nachrichten', report: 'Wer Bescheid weiß', settings: 'Vorlagen und Regeln' },
  states: { proposed: 'Wartet', sent: 'Gesendet', dismissed: 'Verworfen', suppressed: 'Unterblieben' },
  standing: 'Stand',
  empty: 'Nichts wartet darauf, gemeldet zu werden',
  emptyAbout:
    'Wenn eine Korrektur einen Kunden erreicht oder mit einem Release erscheint, steht hier von selbst eine Nachricht an ihn.',
  noneOfState: 'Es gibt keine.',
  ofRelease: 'Nachrichten dazu',
  noneOfRelease: 'Zurzeit ist keinem Kunden etwas dazu zu melden.',
  noContact: 'Kein Kontakt bekannt',
  noCustomer: 'Kein Kunde bekannt',
  through: (channel) => `über ${channel}`,
  portal: 'im Portal',
  languages: { en: 'Englisch', de: 'Deutsch' },
  edited: 'Von Hand geschrieben',
  held: 'Zurückgehalten',
  goes: 'Geht hinaus',
  byPolicy: 'von selbst',
  chosen: (count) => (count === 1 ? '1 Nachricht gewählt' : `${count} Nachrichten gewählt`),
  chooseAll: 'Alle, die zu sehen sind',
  clear: 'Keine wählen',
  send: 'Senden',
  sendMany: (count) => (count === 1 ? '1 Nachricht senden' : `${count} Nachrichten senden`),
  sending: (count) =>
    count === 1
      ? '1 Nachricht geht in 10 Sekunden hinaus.'
      : `${count} Nachrichten gehen in 10 Sekunden hinaus.`,
  left: (count, why) => (count === 1 ? `1 blieb zurück: ${why}` : `${count} blieben zurück. ${why}`),
  hold: 'Zurückhalten',
  heldBack: 'Zurückgehalten.',
  dismiss: 'Nicht melden',
  dismissTitle: (count) =>
    count === 1 ? 'Diesem Kunden nichts melden?' : `Diese ${count} Nachrichten nicht senden?`,
  dismissAbout: 'Es wird nicht wieder vorgeschlagen. Das lässt sich zurücknehmen.',
  why: 'Warum',
  whyAbout: 'Für Kollegen, zum Beispiel, dass Sie es am Telefon gesagt haben.',
  dismissed: 'Verworfen.',
  restore: 'Wieder vorschlagen',
  restored: 'Sie wartet wieder.',
  edit: 'Schreiben',
  editTitle: (whom) => `An ${whom}`,
  editAbout: 'Nur dieser Kunde liest diese Worte. Stand sie kurz davor hinauszugehen, wartet sie wieder.',
  words: 'Nachricht',
  asTemplate: 'Wie in der Vorlage',
  written: 'Gespeichert.',
  reasons: {
    reopened: 'seitdem wieder geöffnet',
    'opted out': 'möchte keine Nachrichten',
    'already told': 'weiß schon Bescheid',
    closed: 'das Ticket ist zu Ende',
    'changed since': 'stimmt nicht mehr',
    'turned off': 'durch die Regeln abgeschaltet',
    answered: 'hat geantwortet',
    'not taken': 'das Ticket nahm nichts an',
    dismissed: 'verworfen',
  },
  answers: { works: 'Es klappt', 'still broken': 'Fehler besteht noch' },
  sentBy: (name) => `von ${name}`,
  report: {
    about: 'Die Korrekturen eines Releases, die Tickets dahinter und wer wann davon erfuhr',
    choose: 'Wählen Sie ein Release.',
    nothing: 'Hinter dem, was darin neu ist, steht kein Ticket.',
    coverage: (inTime, affected) =>
      affected === 0
        ? 'Noch keinen Kunden hat es erreicht, dessen Tag vorüber ist.'
        : `${inTime} von ${affected} Kunden erfuhren davon innerhalb eines Werktags.`,
    pending: (count) =>
      count === 1
        ? '1 weiß noch nichts davon, und es ist noch Zeit.'
        : `${count} wissen noch nichts davon, und es ist noch Zeit.`,
    optedOut: (count) =>
      count === 1 ? '1 möchte keine Nachrichten.' : `${count} möchten keine Nachrichten.`,
    fix: 'Korrektur',
    ticket: 'Ticket',
    customer: 'Kunde',
    told: 'Gemeldet',
    notYet: 'Noch nicht',
    waits: 'Wartet aufs Senden',
    notTold: (why) => `Nicht gemeldet: ${why}`,
    of: (release) => `zu ${release}`,
  },
  settings: {
    about: 'Was vorgeschlagen wird, was von selbst hinausgeht, und die Worte',
    rules: 'Was an Kunden geht',
    rulesAbout: 'Für alle Produkte, die keine eigenen Regeln haben.',
    rulesOf: (product) => `Regeln für ${product}`,
    own: 'Eigene Regeln für ein Produkt',
    ownAbout: 'Sie treten an die Stelle derer für alle.',
    addOwn: 'Hinzufügen',
    dropOwn: 'Wie für alle',
    modes: { off: 'Gar nicht', review: 'Ein Mensch gibt es frei', automatic: 'Von selbst' },
    delay: 'Minuten, in denen sich zurückhalten lässt, was von selbst geht',
    save: 'Speichern',
    saved: 'Gespeichert.',
    templates: 'Vorlagen',
    templatesAbout:
      'Namen in Klammern werden ersetzt: {hello} die Anrede, {requests} ihre Tickets mit dem, was sie einsetzen, {product}, {release}, {when} die geplanten Tage, {customer}. Was wartet, wird neu geschrieben.',
    template: (standing, language) => `${standing}, ${language}`,
    asShipped: 'Wie ausgeliefert',
  },
  takesNotices: 'Erfährt von Releases',
}
