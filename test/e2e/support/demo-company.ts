import type { RedmineFake } from '../../../src/connectors/redmine/fake.ts'
import { NOTHING_SHARED } from '../../../src/domain/sharing.ts'
import { enterAs, type Member } from './cast.ts'
import { planChanges } from './demo-changes.ts'
import { fillTheRoad } from './demo-road.ts'
import { makeTroubles } from './demo-troubles.ts'
import { type Api, apiOf, type Program } from './program.ts'

interface Made {
  readonly id: string
  readonly key: string
}
interface Page {
  readonly items: readonly (Made & { readonly name: string; readonly email?: string })[]
}

export interface Filled {
  readonly agent: Member
  readonly engineer: Member
  readonly customer: Member
  /** The id of a release that many wait for. */
  readonly release: string
  /** The id of one that is out, with its commits told and messages that wait. */
  readonly told: string
  /** The id of another company that sees something of ours. */
  readonly partner: string
}

/** The demo's company, with so much more that each screen has something to show: words, verdicts, dates, an escalation. */
export const fillForPictures = async (program: Program, redmine: RedmineFake): Promise<Filled> => {
  const { api } = program
  const people = await api.get<Page>('/people')
  const contacts = await api.get<Page>('/contacts')
  const ada = people.items.find(({ email }) => email === 'ada@demo.example')
  const eve = people.items.find(({ email }) => email === 'eve@demo.example')
  const maria = contacts.items.find(({ email }) => email === 'maria@northwind.example')
  if (ada === undefined || eve === undefined || maria === undefined)
    throw new Error('the demo’s people have other names than these pictures know')
  const agent = await enterAs(program, {
    personId: ada.id,
    roles: ['agent'],
    name: ada.name,
    email: ada.email ?? '',
  })
  const customer = await enterAs(program, {
    contactId: maria.id,
    roles: ['customer'],
    name: maria.name,
    email: maria.email ?? '',
  })
  const engineer = await enterAs(program, {
    ...{ personId: eve.id, roles: ['engineer'], name: eve.name, email: eve.email ?? '' },
  })
  const desk = apiOf(program.url, agent.cookie)
  await desk.post('/tickets/T-1/comments', {
    text: 'Their server runs in `Europe/Lisbon`. The times in the log are right; only what is *sent* is late.',
    audience: 'staff',
  })
  await desk.post('/tickets/T-1/comments', {
    text: 'Maria, one question: do alerts by text message come late as well, or only mails?',
    audience: 'everyone',
  })
  for (const [title, contact, product, component, severity, owned] of [
    ['The map stays empty behind our proxy', maria.id, 'portal', 'api', 'high', true],
    ['Can we have invoices in Portuguese?', maria.id, 'portal', 'billing', 'low', false],
    ['Two alerts for one outage', maria.id, 'beacon', 'alerts', 'medium', true],
  ] as const)
    await desk.post('/tickets', {
      ...{ title, contact, product, component, severity, owner: owned ? ada.id : null },
      description: 'Since Monday. Steps and a screenshot follow.',
      kind: severity === 'low' ? 'enhancement request' : 'incident',
    })
  const [wish] = (await api.get<Page>('/enhancements/unfiled')).items
  if (wish !== undefined)
    await desk.post('/enhancements', {
      ...{ title: 'Invoices in other languages', problem: 'Our accountants read no English.' },
      ...{ product: 'portal', ticket: wish.key, importance: 2 },
    })
  const { items } = await api.get<Page>('/work-items')
  const first = items.at(-1)
  if (first !== undefined) await moveAlong(apiOf(program.url, engineer.cookie), first.key, eve.id)
  const [jon, lee] = ['jon@fabrikam.example', 'lee@tailspin.example'].map(
    (wanted) => contacts.items.find(({ email }) => email === wanted)?.id ?? '',
  )
  const { next, last } = await fillTheRoad({
    ...{ program, desk, bench: apiOf(program.url, engineer.cookie), agent: ada.id, engineer: eve.id },
    contacts: [maria.id, jon ?? '', lee ?? ''],
  })
  await planChanges(api, apiOf(program.url, engineer.cookie))
  await makeTroubles(program, redmine)
  return { agent, engineer, customer, release: next, told: last, partner: await letPartnerIn(api) }
}

/** A supplier who sees one ticket, by a policy with something of everything. */
const letPartnerIn = async (api: Api): Promise<string> => {
  const { partner } = await api.post<{ readonly partner: { readonly id: string } }>('/partners', {
    name: 'Harbour Maps',
    policy: {
      ...NOTHING_SHARED,
      create: true,
      reads: ['title', 'description', 'severity', 'version', 'engineering.status', 'release.planned'],
      writes: ['title', 'description'],
      status: 'shown',
      words: ['everyone', 'staff'],
      publicWords: 'everyone',
      internalWords: 'staff',
      files: true,
    },
  })
  await api.put(`/partners/${partner.id}/records/T-1`, {})
  return partner.id
}

/** One work item on its way, in a release with a date that has moved once. */
const moveAlong = async (api: Api, key: string, assignee: string): Promise<void> => {
  await api.post(`/work-items/${key}/accept`, { assignee })
  await api.post(`/work-items/${key}/move`, { to: 'started' })
  const { items } = await api.get<Page>('/releases')
  const [release] = items
  if (release !== undefined) await api.patch(`/work-items/${key}`, { set: { release: release.id } })
}
