/** The names under which answers are kept: one place, so that what is invalidated is what was asked. */
export const queryKeys = {
  setup: ['setup'],
  self: ['self'],
  sessions: ['sessions'],
  secondFactor: ['second-factor'],
  tokens: ['tokens'],
  search: (asked: object) => ['tickets', 'search', asked],
  views: ['views'],
  tickets: ['tickets'],
  ticketList: (filters: object) => ['tickets', 'list', filters],
  ticket: (ref: string) => ['ticket', ref],
  ticketTimeline: (ref: string) => ['ticket', ref, 'timeline'],
  suggestions: (ref: string) => ['ticket', ref, 'suggestions'],
  similar: (ref: string) => ['similar', ref],
  myMove: ['my-move'],
  mentions: ['mentions'],
  releaseNews: ['releases', 'news'],
  macros: ['macros'],
  macroList: (filters: object) => ['macros', filters],
  workItems: ['work-items'],
  workItemList: (filters: object) => ['work-items', 'list', filters],
  workItem: (ref: string) => ['work-item', ref],
  workItemTrace: (id: string) => ['work-item', id, 'trace'],
  standings: (id: string, has: string | null) => ['work-item', id, 'installations', has],
  workItemTimeline: (ref: string) => ['work-item', ref, 'timeline'],
  partners: ['partners'],
  partnerList: ['partners', 'list'],
  partner: (id: string) => ['partners', 'one', id],
  why: ['why'],
  whyOf: (key: string) => ['why', key],
  sync: ['sync'],
  syncList: (noun: string, filters: object) => ['sync', noun, filters],
  portal: ['portal'],
  portalList: (filters: object) => ['portal', 'list', filters],
  portalRequest: (ref: string) => ['portal', 'request', ref],
  portalTimeline: (ref: string) => ['portal', 'request', ref, 'timeline'],
  portalOffers: ['portal-about', 'offers'],
  portalPeople: ['portal-about', 'people'],
  start: ['start'],
  sampleReach: ['start', 'reach'],
  settings: ['settings'],
  testMail: ['test-mail'],
  audit: ['audit'],
  auditList: (filters: object) => ['audit', filters],
  board: (filters: object) => ['work-items', 'board', filters],
  triage: (filters: object) => ['work-items', 'triage', filters],
  triageCounts: (filters: object) => ['work-items', 'triage-counts', filters],
  myWork: ['my-work'],
  originals: (ref: string) => ['work-item', ref, 'originals'],
  voices: (ref: string) => ['work-item', ref, 'voices'],
  escalations: ['escalations'],
  escalationList: (filters: object) => ['escalations', 'list', filters],
  escalationTotals: (filters: object) => ['escalations', 'totals', filters],
  bugOrFeature: (asked: object) => ['work-items', 'bug-or-feature', asked],
  releases: ['releases'],
  releaseList: (filters: object) => ['releases', 'list', filters],
  release: (id: string) => ['releases', 'one', id],
  packages: (filters: object) => ['releases', 'packages', filters],
  bills: (id: string) => ['releases', 'bills', id],
  releaseTrace: (id: string) => ['releases', 'trace', id],
  releaseContents: (id: string, change: string) => ['releases', 'contents', id, change],
  releaseNotes: (id: string) => ['releases', 'notes', id],
  goLive: (id: string) => ['releases', 'go-live', id],
  acceptance: (id: string) => ['releases', 'acceptance', id],
  suggestedCases: (id: string) => ['releases', 'suggested-cases', id],
  forecast: (id: string) => ['releases', 'forecast', id],
  releaseInstallations: (id: string, has: string | null) => ['releases', 'installations', id, has],
  care: (id: string) => ['releases', 'care', id],
  unnotedWork: (id: string) => ['releases', 'unnoted', id],
  releaseDifferences: (id: string) => ['releases', 'differences', id],
  chats: ['chats'],
  chatList: (filters: object) => ['chats', 'list', filters],
  repositories: ['repositories'],
  repositoryList: (filters: object) => ['repositories', 'list', filters],
  environments: ['environments'],
  environmentList: (filters: object) => ['environments', 'list', filters],
  enhancements: ['enhancements'],
  enhancementList: (filters: object) => ['enhancements', 'list', filters],
  enhancement: (ref: string) => ['enhancements', 'one', ref],
  asks: (ref: string) => ['enhancements', 'asks', ref],
  unfiledWishes: ['enhancements', 'unfiled'],
  wishOfTicket: (ref: string) => ['enhancements', 'of-ticket', ref],
  deployments: ['deployments'],
  deploymentList: (filters: object) => ['deployments', 'list', filters],
  waitingReports: ['deployments', 'waiting'],
  ciSources: ['deployments', 'sources'],
  bookings: (filters: object) => ['environments', 'bookings', filters],
  changes: ['changes'],
  changeList: (filters: object) => ['changes', 'list', filters],
  change: (ref: string) => ['changes', 'one', ref],
  changeHistory: (ref: string) => ['changes', 'history', ref],
  changeModels: (filters: object) => ['changes', 'models', filters],
  causes: (ticket: string) => ['causes', 'of', ticket],
  costs: (of: object) => ['causes', 'costs', of],
  changeRules: ['changes', 'rules'],
  freezes: (filters: object) => ['changes', 'freezes', filters],
  calendar: (span: object) => ['calendar', span],
  calendarAddress: ['calendar-address'],
  releaseWaitingCounts: (id: string) => ['releases', 'waiting-counts', id],
  releaseWaiting: (id: string, standing: string | null) => ['releases', 'waiting', id, standing],
  outreach: ['outreach'],
  noticeList: (filters: object) => ['outreach', 'list', filters],
  outreachOf: (release: string) => ['outreach', 'of', release],
  outreachReport: (release: string) => ['outreach', 'report', release],
  outreachTemplates: ['outreach', 'templates'],
  outreachPolicies: ['outreach', 'policies'],
  organisation: ['organisation'],
  organisationList: (noun: string, filters: object) => ['organisation', noun, filters],
} as const

/** The beginnings of all keys that an event of the log makes stale; the log itself is one of them. */
export const staleAfter = (kind: string): readonly (readonly string[])[] => [
  ...staleAfterNoun(kind.split('.')[0] ?? ''),
  ['audit'],
]

const staleAfterNoun = (noun: string): readonly (readonly string[])[] => {
  switch (noun) {
    // a bond shows on both its ends, and so do the words and the release of either
    case 'ticket':
    case 'work-item':
    case 'escalation':
    case 'release':
    case 'release-note':
    case 'acceptance':
      return [
        ...[['tickets'], ['ticket'], ['work-items'], ['work-item'], ['my-move'], ['portal']],
        ...[['my-work'], ['escalations'], ['enhancements'], ['releases'], ['calendar'], ['environments']],
      ]
    case 'cause':
    case 'flag-flip':
      return [['causes']]
    case 'change':
    case 'change-model':
    case 'change-rules':
    case 'freeze':
      return [['changes'], ['calendar']]
    case 'enhancement':
      return [['enhancements'], ['ticket'], ['work-item'], ['portal']]
    case 'deployment':
    case 'ci-source':
      return [['deployments'], ['environments']]
    case 'environment':
    case 'booking':
      return [['environments'], ['calendar']]
    case 'comment':
      return [['ticket'], ['work-item'], ['my-move'], ['my-work'], ['mentions'], ['portal']]
    case 'notice':
    case 'outreach':
      return [['outreach']]
    case 'macro':
      return [['macros']]
    case 'attachment':
      return [['ticket'], ['work-item'], ['portal']]
    case 'mirror':
    case 'hold':
    case 'conflict':
      return [['ticket'], ['work-item'], ['sync'], ['why']]
    case 'connection':
    case 'mapping':
    case 'configuration':
      return [['sync'], ['why']]
    // perhaps the reader themselves, who may do more or less from now on
    case 'person':
    case 'contact':
      return [['organisation'], ['self'], ['start']]
    // whose triage is whose, and how much a team has in hand
    case 'team':
      return [['organisation'], ['work-items'], ['start']]
    case 'customer':
    case 'product':
    case 'component':
      return [['organisation'], ['start']]
    // who has which work, and who waits for a release, is a matter of what runs where
    case 'installation':
      return [['organisation'], ['start'], ['work-item'], ['releases']]
    case 'view':
      return [['views']]
    case 'chat':
      return [['chats']]
    case 'repository':
      return [['repositories']]
    case 'partner':
      return [['partners']]
    case 'token':
      return [['tokens']]
    case 'settings':
      return [['settings'], ['self']]
    // records of every kind came or went
    case 'sample':
      return [
        ...[['tickets'], ['ticket'], ['work-items'], ['work-item'], ['my-move'], ['my-work']],
        ...[['escalations'], ['releases'], ['organisation'], ['start'], ['views']],
      ]
    default:
      return []
  }
}
