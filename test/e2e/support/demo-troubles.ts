import type { RedmineFake } from '../../../src/connectors/redmine/fake.ts'
import { patiently } from './patiently.ts'
import type { Program } from './program.ts'

/**
 * Something in each list of what waits for a person: a third team with a tool of its own that both sides edit at once,
 * that has a status nobody gave a meaning, and that answers no more after a write.
 */
export const TROUBLED = 'atlas-tracker'

const CONFIGURATION = `
organisation:
  teams: { atlas: Atlas team }
  products:
    atlas: { name: Atlas, team: atlas, components: { export: { name: Export, team: atlas } } }
connections:
  ${TROUBLED}:
    kind: redmine
    party: tracker
    title: Atlas tracker
    settings: { url: "\${URL}", apiKey: "\${KEY}", projects: [atlas], markerField: CausewayKey, richText: textile, callsPerSecond: 100 }
    poll every: 1 s
    sweep every: 1 h
    mapping:
      containers: [atlas]
      adopt: true
      fields:
        - title: title
        - description: description
        - priority: { tool: priority, conflict: tool wins }
        - component: { tool: component, values: { Export: export } }
        - assignee: owner
        - release: release
        - customers.count: cf:CustomersAffected
      statuses:
        owner: tool
        to hub: { New: triage, In Progress: started, Resolved: verifying, Closed: done, Rejected: declined }
        to tool: [{ when: triage, to: New, from: [Closed, Rejected] }]
      comments: { public: staff, internal: engineering, send public: [staff, everyone] }
      products: { atlas: atlas }
`

const ISSUES = [
  [
    'Maps are drawn upside down south of the equator',
    'Maps south of the equator are upside down',
    'Maps: mirrored in the south',
  ],
  ['Import stops at the first empty row', 'Import must skip empty rows', 'Import stops at empty rows'],
  ['Legend covers the scale', null, null],
  ['Zoom forgets where it was', null, null],
  ['Print leaves the last tile white', null, null],
] as const

interface Listed {
  readonly items: readonly { readonly key: string; readonly title: string }[]
}

export const makeTroubles = async ({ api }: Program, redmine: RedmineFake): Promise<void> => {
  const issues = ISSUES.map(([subject], at) =>
    redmine.people.create({
      ...{
        subject,
        description: 'Seen by three customers this week.',
        tracker_id: 1,
        status_id: at % 2 === 0 ? 1 : 2,
      },
      category_id: 1,
    }),
  )
  const secrets = { URL: redmine.url, KEY: redmine.settings.apiKey }
  // twice, so that there is an older version of what crosses
  for (const yaml of [CONFIGURATION.replace('        - release: release\n', ''), CONFIGURATION])
    await api.post('/configuration', { yaml, secrets })
  const ours = async (): Promise<ReadonlyMap<string, string>> =>
    new Map((await api.get<Listed>('/work-items?limit=100')).items.map(({ key, title }) => [title, key]))
  await patiently('its issues to be here', async () => {
    const titles = await ours()
    return ISSUES.every(([title]) => titles.has(title))
  })
  const keys = await ours()
  await api.post(`/connections/${TROUBLED}/pause`, { reason: 'Both sides write.' })
  for (const [at, [title, here, there]] of ISSUES.entries()) {
    if (here === null) continue
    await api.patch(`/work-items/${keys.get(title) ?? ''}`, { set: { title: here } })
    redmine.people.edit(issues[at] ?? 0, { subject: there })
  }
  await api.post(`/connections/${TROUBLED}/resume`, {})
  const count = async (list: string): Promise<number> => (await api.get<Listed>(list)).items.length
  await patiently('both to conflict', async () => (await count('/conflicts')) >= 2)
  for (const issue of issues.slice(2, 4)) redmine.people.edit(issue, { status_id: 4 })
  await patiently('a status to wait', async () => (await count('/holds/causes')) >= 1)
  const before = redmine.ledger.length
  await redmine.set({ next: [{ fault: 'commit then drop', on: 'write' }] })
  const last = keys.get(ISSUES[4][0]) ?? ''
  await api.patch(`/work-items/${last}`, { set: { title: 'Print leaves the last tile empty' } })
  await patiently('the write', async () => redmine.ledger.length > before, 1)
  await redmine.set({ shares: { 'server error': 1 } })
  await patiently('its answer to be missed', async () => (await count('/lost-answers')) >= 1)
}
