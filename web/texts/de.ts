import { deAdministration } from './de-administration.ts'
import { deBugOrFeature } from './de-bug-or-feature.ts'
import { deCauses } from './de-causes.ts'
import { deChanges } from './de-changes.ts'
import { deChats } from './de-chats.ts'
import { deDeployments } from './de-deployments.ts'
import { deDesk } from './de-desk.ts'
import { deEnhancements } from './de-enhancements.ts'
import { deCalendar, deEnvironments } from './de-environments.ts'
import { deEvents } from './de-events.ts'
import { deEveryone } from './de-everyone.ts'
import { deFlow } from './de-flow.ts'
import { deAcceptance, deGoLive } from './de-go-live.ts'
import { deHyperCare } from './de-hyper-care.ts'
import { deLists } from './de-lists.ts'
import { deOrganisation } from './de-organisation.ts'
import { deOutreach } from './de-outreach.ts'
import { dePackages } from './de-packages.ts'
import { dePartners } from './de-partners.ts'
import { deRelease } from './de-release.ts'
import { deReleaseNotes } from './de-release-notes.ts'
import { deRepositories } from './de-repositories.ts'
import { deSearch } from './de-search.ts'
import { deSync } from './de-sync.ts'
import { deTrace } from './de-trace.ts'
import type { Texts } from './en.ts'

/** Everything the app says in German. */
export const de: Texts = {
  ...deEveryone,
  ...deAdministration,
  ...deSearch,
  ...deLists,
  ...deSync,
  partners: dePartners,
  outreach: deOutreach,
  trace: deTrace,
  release: deRelease,
  releaseNotes: deReleaseNotes,
  goLive: deGoLive,
  acceptance: deAcceptance,
  hyperCare: deHyperCare,
  environments: deEnvironments,
  chats: deChats,
  packages: dePackages,
  repositories: deRepositories,
  deployments: deDeployments,
  enhancements: deEnhancements,
  calendar: deCalendar,
  causes: deCauses,
  changes: deChanges,
  bugOrFeature: deBugOrFeature,
  panel: {
    people: 'Beteiligte',
    weight: 'Gewicht',
    where: 'Wo',
    engineering: 'Entwicklung',
    mirrors: 'In Ihren Werkzeugen',
    times: 'Zeiten',
    sentBy: (name) => `Übergeben von ${name}`,
  },
  mirrors: {
    inStep: 'Im Gleichstand',
    underWay: 'Wird abgeglichen',
    fault: 'Nicht erreichbar',
    holds: (count) => (count === 1 ? '1 Feld wartet' : `${count} Felder warten`),
    conflicts: (count) => (count === 1 ? '1 Konflikt' : `${count} Konflikte`),
    agreed: 'Zuletzt gleich',
  },
  audience: {
    everyone: 'Öffentlich',
    staff: 'Nur intern',
    support: 'Nur Support',
    engineering: 'Nur Entwicklung',
  },
  events: deEvents,
  ...deFlow,
  ...deDesk,
  ...deOrganisation,
  myMove: {
    title: 'Am Zug',
    about: 'Was auf Sie wartet, das Dringendste zuerst',
    empty: 'Nichts wartet auf Sie',
    emptyAbout: 'Bei jedem Ihrer Tickets sind andere am Zug, und keines ist ohne Zuständige.',
    emptyWork: 'Sie haben keine offene Arbeit, und in der Sichtung wartet nichts.',
    noRights: 'Ihre Rolle hat hier keine eigenen Züge: sie beantwortet weder Kunden noch tut sie die Arbeit.',
    mine: 'Meine Arbeit',
    triage: 'In Sichtung',
    groups: {
      'needs first response': 'Erste Antwort',
      'needs next response': 'Nächste Antwort',
      'close the loop': 'Kunden informieren',
      investigating: 'In Klärung',
      nobody: 'Ohne Zuständige',
    },
  },
  tickets: {
    title: 'Tickets',
    none: 'Kein Ticket passt zu diesen Filtern',
    noneAbout: 'Nehmen Sie einen weg, oder suchen Sie nach anderen Wörtern.',
    empty: 'Noch keine Tickets',
    emptyAbout: 'Schreiben Sie das erste auf, oder verbinden Sie das Werkzeug Ihres Supports.',
  },
  newTicket: {
    title: 'Neues Ticket',
    about: 'Was ein Kunde will',
    descriptionAbout: 'Was geschehen ist und was hätte geschehen sollen. Markdown geht.',
    productFirst: 'Erst ein Produkt wählen',
    submit: 'Ticket eröffnen',
  },
  ticket: {
    toolbar: 'Was mit diesem Ticket zu tun ist',
    more: 'Mehr',
    actions: {
      take: 'Nehmen',
      assign: 'Zuweisen',
      reply: 'Antworten',
      note: 'Interne Notiz',
      snooze: 'Zurückstellen',
      wake: 'Jetzt wecken',
      escalate: 'Übergeben',
      resolve: 'Lösen',
      reopen: 'Wieder öffnen',
      close: 'Schließen',
      cancel: 'Ticket abbrechen',
    },
    done: {
      take: 'Das Ticket gehört Ihnen.',
      assign: 'Das Ticket ist neu vergeben.',
      snooze: 'Das Ticket wartet.',
      wake: 'Das Ticket ist wach.',
      resolve: 'Das Ticket ist gelöst.',
      reopen: 'Das Ticket ist wieder offen.',
      close: 'Das Ticket ist geschlossen.',
      cancel: 'Das Ticket ist abgebrochen.',
      verify: 'Vermerkt.',
    },
    asked: (name) => (name === null ? 'Anfrage' : `${name} schrieb`),
    noDescription: 'Keine Beschreibung.',
    noRelease: 'Kein Release',
    noReleaseAbout: 'Noch ist nichts geplant',
    noEstimate: 'Noch kein Termin',
    plannedFor: (when) => `Geplant ${when}`,
    releasedOn: (when) => `Ausgeliefert ${when}`,
    confidence: (percent) => `${percent} % sicher`,
    slips: (count) => (count === 1 ? 'einmal verschoben' : `${count}-mal verschoben`),
    merged: 'In ein anderes Ticket überführt',
    woken: 'Dieses Ticket ist aufgewacht',
    sendingAbout: 'Es ist unterwegs zum Werkzeug der Entwicklung; dort hat es noch niemand gesehen.',
    question: (name) => `${name} fragt den Support`,
    answerQuestion: 'Antworten',
    engineeringSays: 'Die Entwicklung sagt, für Kunden geeignet',
    fixed: 'Die Lösung ist da',
    fixedAbout: 'Funktioniert es beim Kunden?',
    works: 'Funktioniert',
    stillBroken: 'Geht weiter nicht',
  },
  assign: { title: 'Das Ticket jemandem geben' },
  snooze: {
    title: 'Wer ist am Zug?',
    waitingFor: 'Das Ticket',
    until: 'Wecken am',
    untilAbout: 'Leer: bis etwas geschieht.',
  },
  escalate: {
    title: (key) => `${key} an die Entwicklung übergeben`,
    looking: 'Suche, was die Entwicklung schon kennt …',
    nothingLikely: 'Die Entwicklung hat nichts, was so aussieht.',
    likely: 'Vielleicht kennt die Entwicklung das schon',
    join: 'Anschließen',
    preview: 'Was die Entwicklung sehen wird',
    alsoSeen: 'Interne Notizen dieses Tickets werden dort mitgelesen. Das Gespräch mit dem Kunden nicht.',
    nowhere: 'Kein Produkt, keine Komponente',
    nowhereAbout: 'Causeway weiß vielleicht nicht, an wen. Setzen Sie erst eines davon am Ticket.',
    send: 'An die Entwicklung senden',
    done: (key) => `Bei der Entwicklung als ${key}.`,
  },
  workItems: {
    title: 'Arbeit',
    about: 'Woran die Entwicklung arbeitet, das zuletzt Geänderte zuerst',
    none: 'Keine Arbeit passt zu diesen Filtern',
    noneAbout: 'Nehmen Sie einen weg, oder suchen Sie nach anderen Wörtern.',
    empty: 'Noch keine Arbeit',
    emptyAbout: 'Die erste Übergabe legt eine an; ebenso ein Eintrag in einem verbundenen Tracker.',
    behind: (tickets, customers) =>
      `${tickets} ${tickets === 1 ? 'Ticket' : 'Tickets'} von ${customers} ${customers === 1 ? 'Kunden' : 'Kunden'} dahinter`,
  },
  workItem: {
    toolbar: 'Was mit dieser Arbeit zu tun ist',
    board: 'Auf dem Board',
    asSupportReads: 'So lesen es Support und Kunden',
    severityAbout: 'Der schwerste Grad der Tickets, die darauf warten',
    duplicateOf: 'Duplikat von',
    noTickets: 'Kein Ticket wartet darauf.',
    closeQuestion: 'Wir wissen genug',
    actions: {
      accept: 'Annehmen',
      duplicate: 'Duplikat',
      decline: 'Ablehnen',
      ask: 'Support fragen',
      snooze: 'Zurückstellen',
      wake: 'Zurück in die Schlange',
      hand: 'Anderes Team',
      expedite: 'Vorrang',
      inLine: 'Kein Vorrang mehr',
      edit: 'Bearbeiten',
      move: 'Verschieben',
      note: 'Notiz',
    },
    done: {
      accept: 'Angenommen.',
      duplicate: 'Als Duplikat vermerkt; die Tickets sind umgezogen.',
      decline: 'Abgelehnt; jedes Ticket dahinter weiß, warum.',
      ask: 'Gefragt. Jedes Ticket dahinter schuldet nun eine Antwort.',
      move: 'Verschoben.',
      snooze: 'Zurückgestellt.',
      wake: 'Wieder in der Schlange.',
      'close-question': 'Kein Ticket schuldet mehr eine Antwort.',
    },
  },
  verdict: {
    duplicate: {
      title: (key) => `${key} ist ein Duplikat`,
      label: 'Wovon?',
      about: (tickets) =>
        `Der Schlüssel der anderen Arbeit. ${tickets === 1 ? '1 Ticket zieht' : `${tickets} Tickets ziehen`} um.`,
    },
    decline: {
      title: (key) => `${key} ablehnen`,
      label: 'Warum, in Worten für Kunden',
      about: (tickets) => `Es erreicht ${tickets === 1 ? 'das Ticket' : `alle ${tickets} Tickets`} dahinter.`,
    },
    ask: {
      title: (key) => `Den Support zu ${key} fragen`,
      label: 'Frage',
      about: (tickets) =>
        tickets === 1
          ? 'Das Ticket dahinter schuldet dann eine Antwort.'
          : `${tickets} Tickets schulden dann eine Antwort.`,
    },
  },
}
