import type { Texts } from './en.ts'

/** Vieles auf einmal, Ansichten in der Leiste, und Eskalationen zurückziehen. */
export const deLists: Pick<Texts, 'bulk' | 'rail' | 'withdraw'> = {
  bulk: {
    title: 'Mit den ausgewählten',
    all: 'Alle passenden auswählen',
    onlyFirst: (max) => `Es passen mehr. Ausgewählt sind die ersten ${max}; mehr geht nicht auf einmal.`,
    tooMany: (max) => `Höchstens ${max} auf einmal. Einige weglassen.`,
    clear: 'Keine auswählen',
    kinds: {
      assign: 'Zuweisen',
      priority: 'Priorität',
      severity: 'Schweregrad',
      snooze: 'Zurückstellen',
      join: 'An eine Arbeit hängen',
      resolve: 'Lösen',
      close: 'Schließen',
      cancel: 'Abbrechen',
      assignee: 'Zuweisen',
      team: 'An ein Team geben',
      component: 'Komponente',
      release: 'Für ein Release planen',
      rank: 'Priorität',
      move: 'Verschieben',
      accept: 'Annehmen',
      decline: 'Ablehnen',
      putOff: 'Aufschieben',
    },
    of: {
      tickets: {
        chosen: (count) => (count === 1 ? '1 Ticket ausgewählt' : `${count} Tickets ausgewählt`),
        about: (count) =>
          count === 1 ? 'Das ändert 1 Ticket.' : `Das ändert ${count} Tickets, jedes für sich.`,
        apply: (count) => (count === 1 ? '1 Ticket ändern' : `${count} Tickets ändern`),
        done: (count) => (count === 1 ? '1 Ticket ist geändert.' : `${count} Tickets sind geändert.`),
        undone: (count) => (count === 1 ? '1 Ticket ist wie zuvor.' : `${count} Tickets sind wie zuvor.`),
        notUndone: (count, keys) =>
          count === 1
            ? `${keys} ließ sich nicht zurücknehmen: es wurde seitdem geändert.`
            : `${count} Tickets ließen sich nicht zurücknehmen, sie wurden seitdem geändert: ${keys}`,
      },
      workItems: {
        chosen: (count) => (count === 1 ? '1 Arbeit ausgewählt' : `${count} Arbeiten ausgewählt`),
        about: (count) =>
          count === 1 ? 'Das ändert 1 Arbeit.' : `Das ändert ${count} Arbeiten, jede für sich.`,
        apply: (count) => (count === 1 ? '1 Arbeit ändern' : `${count} Arbeiten ändern`),
        done: (count) => (count === 1 ? '1 Arbeit ist geändert.' : `${count} Arbeiten sind geändert.`),
        undone: (count) => (count === 1 ? '1 Arbeit ist wie zuvor.' : `${count} Arbeiten sind wie zuvor.`),
        notUndone: (count, keys) =>
          count === 1
            ? `${keys} ließ sich nicht zurücknehmen: es wurde seitdem geändert.`
            : `${count} Arbeiten ließen sich nicht zurücknehmen, sie wurden seitdem geändert: ${keys}`,
      },
    },
    progress: (done, of) => `${done} von ${of}`,
    refused: (count) => (count === 1 ? '1 wurde abgelehnt' : `${count} wurden abgelehnt`),
    understood: 'Verstanden',
    workItem: 'Arbeit',
    workItemAbout: 'Der Schlüssel der Arbeit, die alle beantwortet.',
    joinedByMistake: 'Es wurde mit vielen anderen aus Versehen angehängt und sofort zurückgenommen.',
    followSeverity: 'Wieder dem Schweregrad folgen',
    followsSeverity: 'wie der Schweregrad sagt',
    severityFollows: 'Ihr Schweregrad ist der der Tickets dahinter. Dort lässt er sich ändern.',
    severityAbout: 'Für Arbeit ohne Tickets: sonst zählt der schlimmste Schweregrad der Tickets dahinter.',
    rankAbout: 'So, wie die Entwicklung sie schreibt: 1, hoch, muss sein …',
    noRelease: 'Für keines planen',
    moveAbout: 'Was abgelehnt oder ein Duplikat ist, kommt nur über Sichtung oder Vorrat zurück.',
    declineAbout:
      'Dieselben Worte erreichen jedes Ticket hinter jeder von ihnen. Das lässt sich nicht zurücknehmen.',
  },
  rail: {
    groups: {
      mine: 'Für mich',
      support: 'Support',
      engineering: 'Entwicklung',
      together: 'Zwischen beiden',
      organisation: 'Organisation',
      running: 'Betrieb',
    },
    viewsOf: (list) => `Ansichten von ${list}`,
    pin: 'In der Leiste behalten',
    unpin: 'Aus der Leiste nehmen',
    pinned: (name) => `„${name}“ steht jetzt in der Leiste.`,
    unpinned: (name) => `„${name}“ steht nicht mehr in der Leiste, aber noch unter den Ansichten.`,
    up: 'Nach oben',
    down: 'Nach unten',
    isFirst: 'Sie ist schon die erste.',
    isLast: 'Sie ist schon die letzte.',
    actions: (name) => `Was mit der Ansicht ${name} zu tun ist`,
    full: (most) => `In die Leiste passen höchstens ${most} Ansichten. Zuerst eine herausnehmen.`,
    pinNew: 'Auch in der Leiste behalten',
  },
  withdraw: {
    action: 'Eskalation zurückziehen',
    title: (ticket, item) => `${ticket} von ${item} zurückziehen?`,
    about: (item) =>
      `${item} bleibt bei der Entwicklung; sie entscheidet, ob es die Arbeit noch braucht. Dort steht der Grund; Kunden lesen ihn nicht. Was dort gesagt wurde und wird, zeigt das Ticket nicht mehr.`,
    others: (item, count) =>
      count === 0
        ? `Hinter ${item} steht kein anderes Ticket.`
        : `${count === 1 ? '1 anderes Ticket bleibt' : `${count} andere Tickets bleiben`} hinter ${item}.`,
    reason: 'Warum',
    reasonAbout: 'Für die Entwicklung.',
    done: (ticket, item) => `${ticket} ist von ${item} zurückgezogen.`,
    undone: (ticket, item) => `${ticket} steht wieder hinter ${item}.`,
    back: 'Das Zurückziehen zurücknehmen',
    none: 'Es ist nicht bei der Entwicklung.',
    ended: 'Auch beendete',
  },
}
