import { type RedmineFake, startRedmineFake } from '../../../src/connectors/redmine/fake.ts'
import { type Member, makeCompany, makeMember } from './cast.ts'
import { type Program, startProgram } from './program.ts'

/** A program beside a pretended Redmine that is reached over HTTP, as the real one would be. */
export interface WithTracker {
  readonly program: Program
  readonly redmine: RedmineFake
  readonly integrator: Member
  readonly lead: Member
  /** Ids of its issues, in the order of `ISSUES`. */
  readonly issues: readonly number[]
  stop(): Promise<void>
}

/** What engineering has there already: statuses 1 New, 2 In Progress, 6 Rejected; category 1 Export. */
export const ISSUES = [
  { subject: 'Export stops at 1,000 rows', status_id: 1, category_id: 1 },
  { subject: 'Dates are a day early', status_id: 2, assigned_to_id: 6 },
  { subject: 'Umlauts are lost', status_id: 1 },
] as const

export const startWithTracker = async (): Promise<WithTracker> => {
  const redmine = await startRedmineFake()
  const issues = ISSUES.map((issue) =>
    redmine.people.create({ ...issue, tracker_id: 1, description: 'As always on Mondays.' }),
  )
  const program = await startProgram({ env: async () => ({ CAUSEWAY_ALLOW_HOSTS: redmine.address }) })
  const engineer = await makeMember(program, 'engineer')
  await makeCompany(program, [engineer.id])
  return {
    ...{ program, redmine, issues },
    integrator: await makeMember(program, 'integrator'),
    lead: await makeMember(program, 'lead'),
    stop: async () => {
      await program.stop()
      await redmine.close()
    },
  }
}

/** Connects it in one go, as a file does: for stories that begin later. */
export const connectTracker = async ({ program, redmine }: WithTracker): Promise<void> => {
  await program.api.post('/configuration', {
    yaml: CONFIGURATION,
    secrets: { URL: redmine.url, KEY: redmine.settings.apiKey },
  })
}

const CONFIGURATION = `
connections:
  tracker:
    kind: redmine
    party: tracker
    title: Redmine
    settings: { url: "\${URL}", apiKey: "\${KEY}", projects: [atlas], markerField: CausewayKey, richText: textile, callsPerSecond: 50 }
    poll every: 2 s
    sweep every: 10 min
    mapping:
      containers: [atlas]
      adopt: true
      fields:
        - title: title
        - description: description
      statuses:
        owner: tool
        to hub: { New: triage, In Progress: started, Resolved: verifying, Closed: done, Rejected: declined }
        to tool: []
      products: { atlas: harbour }
      components: { Export: export }
`
