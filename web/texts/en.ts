import { enAdministration } from './en-administration.ts'
import { enBugOrFeature } from './en-bug-or-feature.ts'
import { enCauses } from './en-causes.ts'
import { enChanges } from './en-changes.ts'
import { enChats } from './en-chats.ts'
import { enDeployments } from './en-deployments.ts'
import { enDesk } from './en-desk.ts'
import { enEnhancements } from './en-enhancements.ts'
import { enCalendar, enEnvironments } from './en-environments.ts'
import { enEvents } from './en-events.ts'
import { enEveryone } from './en-everyone.ts'
import { enFlow } from './en-flow.ts'
import { enAcceptance, enGoLive } from './en-go-live.ts'
import { enHyperCare } from './en-hyper-care.ts'
import { enLists } from './en-lists.ts'
import { enOrganisation } from './en-organisation.ts'
import { enOutreach } from './en-outreach.ts'
import { enPackages } from './en-packages.ts'
import { enPartners } from './en-partners.ts'
import { enRelease } from './en-release.ts'
import { enReleaseNotes } from './en-release-notes.ts'
import { enRepositories } from './en-repositories.ts'
import { enSearch } from './en-search.ts'
import { enSync } from './en-sync.ts'
import { enTrace } from './en-trace.ts'

/** Everything the app says in English. The other languages have the same shape: a text that one lacks does not compile. */
export const en = {
  ...enEveryone,
  ...enAdministration,
  ...enSearch,
  ...enLists,
  ...enSync,
  partners: enPartners,
  outreach: enOutreach,
  trace: enTrace,
  release: enRelease,
  releaseNotes: enReleaseNotes,
  goLive: enGoLive,
  acceptance: enAcceptance,
  hyperCare: enHyperCare,
  environments: enEnvironments,
  chats: enChats,
  packages: enPackages,
  repositories: enRepositories,
  deployments: enDeployments,
  enhancements: enEnhancements,
  calendar: enCalendar,
  causes: enCauses,
  changes: enChanges,
  bugOrFeature: enBugOrFeature,
  panel: {
    people: 'People',
    weight: 'Weight',
    where: 'Where',
    engineering: 'Engineering',
    mirrors: 'In your tools',
    times: 'Times',
    sentBy: (name: string) => `Sent by ${name}`,
  },
  mirrors: {
    inStep: 'In step',
    underWay: 'Being brought in step',
    fault: 'Cannot be reached',
    holds: (count: number) => (count === 1 ? '1 field waits' : `${count} fields wait`),
    conflicts: (count: number) => (count === 1 ? '1 conflict' : `${count} conflicts`),
    agreed: 'Last agreed',
  },
  audience: {
    everyone: 'Public',
    staff: 'Staff only',
    support: 'Support only',
    engineering: 'Engineering only',
  },
  events: enEvents,
  ...enFlow,
  ...enDesk,
  ...enOrganisation,
  myMove: {
    title: 'My move',
    about: 'What waits for you, most pressing first',
    empty: 'Nothing waits for you',
    emptyAbout: 'Every ticket of yours is somebody else’s move, and none is without an owner.',
    emptyWork: 'You have no open work, and nothing waits in triage.',
    noRights: 'Your role has no moves of its own here: it neither answers customers nor does the work.',
    mine: 'My work',
    triage: 'In triage',
    groups: {
      'needs first response': 'First reply',
      'needs next response': 'Next reply',
      'close the loop': 'Close the loop',
      investigating: 'Investigating',
      nobody: 'Without an owner',
    },
  },
  tickets: {
    title: 'Tickets',
    none: 'No ticket fits these filters',
    noneAbout: 'Take one away, or look for other words.',
    empty: 'No tickets yet',
    emptyAbout: 'Write the first one down, or connect the tool your desk works in.',
  },
  newTicket: {
    title: 'New ticket',
    about: 'What a customer asks',
    descriptionAbout: 'What happened, what should have happened. Markdown works.',
    productFirst: 'Choose a product first',
    submit: 'Open ticket',
  },
  ticket: {
    toolbar: 'What to do with this ticket',
    more: 'More',
    actions: {
      take: 'Take',
      assign: 'Assign',
      reply: 'Reply',
      note: 'Internal note',
      snooze: 'Snooze',
      wake: 'Wake now',
      escalate: 'Escalate',
      resolve: 'Resolve',
      reopen: 'Reopen',
      close: 'Close',
      cancel: 'Cancel the ticket',
    },
    done: {
      take: 'The ticket is yours.',
      assign: 'The ticket has a new owner.',
      snooze: 'The ticket waits.',
      wake: 'The ticket is awake.',
      resolve: 'The ticket is resolved.',
      reopen: 'The ticket is open again.',
      close: 'The ticket is closed.',
      cancel: 'The ticket is cancelled.',
      verify: 'Noted.',
    },
    asked: (name: string | null) => (name === null ? 'Request' : `${name} asked`),
    noDescription: 'No description.',
    noRelease: 'No release',
    noReleaseAbout: 'Nothing is planned yet',
    noEstimate: 'No date yet',
    plannedFor: (when: string) => `Planned ${when}`,
    releasedOn: (when: string) => `Released ${when}`,
    confidence: (percent: number) => `${percent} % sure`,
    slips: (count: number) => (count === 1 ? 'moved once' : `moved ${count} times`),
    merged: 'Merged into another ticket',
    woken: 'This ticket woke up',
    sendingAbout: 'It is on its way to engineering’s tool; nobody there has seen it.',
    question: (name: string) => `${name} asks support`,
    answerQuestion: 'Answer',
    engineeringSays: 'Engineering says, fit for the customer',
    fixed: 'The fix is there',
    fixedAbout: 'Does it work for the customer?',
    works: 'It works',
    stillBroken: 'Still broken',
  },
  assign: { title: 'Give the ticket to somebody' },
  snooze: {
    title: 'Whose move is it?',
    waitingFor: 'The ticket waits',
    until: 'Wake at',
    untilAbout: 'Empty: until something happens.',
  },
  escalate: {
    title: (key: string) => `Escalate ${key} to engineering`,
    looking: 'Looking for what engineering knows already …',
    nothingLikely: 'Engineering has nothing that looks like this.',
    likely: 'Engineering may know this already',
    join: 'Join',
    preview: 'What engineering will see',
    alsoSeen: 'Staff notes on this ticket are read there too. The conversation with the customer is not.',
    nowhere: 'No product, no component',
    nowhereAbout: 'Causeway may not know whom to send it to. Set one of them on the ticket first.',
    send: 'Send to engineering',
    done: (key: string) => `With engineering as ${key}.`,
  },
  workItems: {
    title: 'Work items',
    about: 'What engineering works on, the latest changed first',
    none: 'No work item fits these filters',
    noneAbout: 'Take one away, or look for other words.',
    empty: 'No work items yet',
    emptyAbout: 'The first escalation makes one; so does an issue in a connected tracker.',
    behind: (tickets: number, customers: number) =>
      `${tickets} ${tickets === 1 ? 'ticket' : 'tickets'} of ${customers} ${customers === 1 ? 'customer' : 'customers'} behind it`,
  },
  workItem: {
    toolbar: 'What to do with this work item',
    board: 'On the board',
    asSupportReads: 'As support and customers read it',
    severityAbout: 'The worst of the tickets that wait for it',
    duplicateOf: 'Duplicate of',
    noTickets: 'No ticket waits for it.',
    closeQuestion: 'We have enough',
    actions: {
      accept: 'Accept',
      duplicate: 'Duplicate',
      decline: 'Decline',
      ask: 'Ask support',
      snooze: 'Put off',
      wake: 'Back in the queue',
      hand: 'Other team',
      expedite: 'Expedite',
      inLine: 'Expedite no more',
      edit: 'Edit',
      move: 'Move',
      note: 'Note',
    },
    done: {
      accept: 'Accepted.',
      duplicate: 'Marked as a duplicate; its tickets moved over.',
      decline: 'Declined; every ticket behind it knows why.',
      ask: 'Asked. Every ticket behind it owes an answer now.',
      move: 'Moved.',
      snooze: 'Put off.',
      wake: 'Back in the queue.',
      'close-question': 'No ticket owes an answer any more.',
    },
  },
  verdict: {
    duplicate: {
      title: (key: string) => `${key} is a duplicate`,
      label: 'Of which work item?',
      about: (tickets: number) =>
        `Its key. ${tickets === 1 ? '1 ticket moves' : `${tickets} tickets move`} over.`,
    },
    decline: {
      title: (key: string) => `Decline ${key}`,
      label: 'Why, in words fit for customers',
      about: (tickets: number) =>
        `It reaches ${tickets === 1 ? 'the ticket' : `all ${tickets} tickets`} behind it.`,
    },
    ask: {
      title: (key: string) => `Ask support about ${key}`,
      label: 'Question',
      about: (tickets: number) =>
        tickets === 1
          ? 'The ticket behind it then owes an answer.'
          : `${tickets} tickets then owe an answer.`,
    },
  },
}

export type Texts = typeof en
