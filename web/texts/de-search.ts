import type { enSearch } from './en-search.ts'

export const deSearch: typeof enSearch = {
  search: {
    title: 'Suche',
    about: 'Alles, was für dich sichtbar ist, schon beim Tippen',
    field: 'Wörter und Filter',
    placeholder: 'drucker status:open "genaue Wörter" -ohne',
    open: 'Alles durchsuchen',
    focus: 'Suchen',
    results: 'Gefunden',
    all: 'Alles',
    kinds: {
      ticket: 'Tickets',
      'work item': 'Arbeiten',
      customer: 'Kunden',
      contact: 'Ansprechpartner',
      person: 'Personen',
      team: 'Teams',
      product: 'Produkte',
      component: 'Komponenten',
      release: 'Versionen',
    },
    count: (count, isMore) => (isMore ? `${count}+` : String(count)),
    inList: {
      ticket: 'Alle in der Liste der Tickets',
      'work item': 'Alle in der Liste der Arbeiten',
    },
    moreOf: (kind) => `Weitere ${kind}`,
    start: 'Was wird gesucht?',
    startAbout:
      'Wörter in Tickets, Arbeiten und ihren Kommentaren; eigene Schlüssel und die der Werkzeuge; Namen. Kleine Tippfehler in Titeln und Namen schaden nicht.',
    none: 'Nichts gefunden',
    noneAbout: 'Weniger Wörter oder Filter helfen, oder nur der Anfang eines Worts.',
    tryFilters: 'Filter zum Ausprobieren',
    hints: {
      meant: (name, choice) =>
        `Einen Filter „${name}:“ gibt es nicht. War „${choice}:“ gemeint? Bis dahin zählt er nicht.`,
      unknown: (name, choices) =>
        `Einen Filter „${name}:“ gibt es nicht, gesucht wird nach den Wörtern. Filter: ${choices}.`,
      notHere: (name, choices) => `„${name}:“ bedeutet in dieser Liste nichts. Filter hier: ${choices}.`,
      noValue: (name) => `Nach „${name}:“ fehlt etwas.`,
      noWord: (name, choices) => `Nach „${name}:“ fehlt etwas, zum Beispiel ${choices}.`,
      badTime: (name, value) =>
        `„${value}“ ist nach „${name}:“ nicht lesbar. Möglich sind 7d, >30d, 2026-05-01 oder 2026-05-01..2026-05-31.`,
      badWord: (name, value, choices) => `„${value}“ passt nicht zu „${name}:“. Möglich sind ${choices}.`,
    },
  },
  views: {
    title: 'Ansichten',
    none: 'Noch keine Ansichten',
    keep: 'Als Ansicht behalten …',
    change: 'Umbenennen oder teilen …',
    delete: 'Löschen',
    deleted: (name) => `Die Ansicht „${name}“ ist gelöscht.`,
    kept: (name) => `Die Ansicht „${name}“ ist gespeichert.`,
    nothingToKeep: 'Zuerst einen Filter wählen oder etwas in die Suche schreiben.',
    name: 'Name',
    save: 'Behalten',
    sharedWith: 'Wer sie sieht',
    shared: { me: 'Nur ich', team: 'Ein Team', everyone: 'Alle' },
    by: (name) => `von ${name}`,
  },
  exports: { csv: 'CSV', about: 'Diese Liste als Datei für eine Tabelle, höchstens 10.000 Zeilen' },
}
