import { tellHistory } from './demo-history.ts'
import type { apiOf, Program } from './program.ts'

interface Key {
  readonly key: string
}
interface Escalated {
  readonly workItem: Key
}
type Api = ReturnType<typeof apiOf>

export interface OnTheRoad {
  readonly program: Program
  /** As the demo's agent, engineer and customer. */
  readonly desk: Api
  readonly bench: Api
  readonly agent: string
  readonly engineer: string
  readonly contacts: readonly [string, string, string]
}

interface Releases {
  readonly next: string
  readonly last: string
}

type Station = 'triage' | 'asked' | 'accepted' | 'review' | 'fixed' | 'released' | 'declined'

interface Tale {
  readonly title: string
  readonly text: string
  readonly contact: 0 | 1 | 2
  readonly component: 'alerts' | 'reports'
  readonly severity: 'critical' | 'high' | 'medium' | 'low'
  readonly station: Station
}

const TALES: readonly Tale[] = [
  {
    title: 'Reports stop after page 10',
    text: 'Every report ends on page 10, also those that had 40 pages last week.',
    contact: 1,
    component: 'reports',
    severity: 'high',
    station: 'triage',
  },
  {
    title: 'Alerts for Teams come as plain text',
    text: 'Bold and links are shown as `**stars**` and `[brackets]` since Tuesday.',
    contact: 0,
    component: 'alerts',
    severity: 'medium',
    station: 'asked',
  },
  {
    title: 'Alert rules cannot be copied',
    text: 'We have sixty sites with the same rules. Please let us copy them.',
    contact: 2,
    component: 'alerts',
    severity: 'low',
    station: 'triage',
  },
  {
    title: 'Beacon forgets our time zone after an update',
    text: 'After each update it shows UTC again until somebody saves the settings.',
    contact: 0,
    component: 'reports',
    severity: 'medium',
    station: 'fixed',
  },
  {
    title: 'Empty mail when an alert has no title',
    text: 'The mail has no subject and no text, and nobody notices it.',
    contact: 1,
    component: 'alerts',
    severity: 'high',
    station: 'released',
  },
  {
    title: 'The weekly report is sent twice',
    text: 'Everybody gets it on Monday at six and again at seven.',
    contact: 2,
    component: 'reports',
    severity: 'medium',
    station: 'released',
  },
  {
    title: 'PDF of a report cuts off the last column',
    text: 'With eight columns or more the last one is gone in the PDF.',
    contact: 2,
    component: 'reports',
    severity: 'medium',
    station: 'review',
  },
  {
    title: 'Acknowledged alerts ring again at midnight',
    text: 'Everything acknowledged during the day rings once more at 00:00.',
    contact: 0,
    component: 'alerts',
    severity: 'critical',
    station: 'accepted',
  },
  {
    title: 'Reports in Comic Sans, please',
    text: 'Our director insists.',
    contact: 2,
    component: 'reports',
    severity: 'low',
    station: 'declined',
  },
]

/** A ticket at each station of the road, in releases whose dates moved. The ids of the one that most wait for, and of one that is out. */
export const fillTheRoad = async (road: OnTheRoad): Promise<Releases> => {
  const { api } = road.program
  const { items } = await api.get<{ items: readonly { id: string; name: string; product: Key }[] }>(
    '/releases',
  )
  const next = items.find(({ product }) => product.key === 'beacon')?.id ?? ''
  const { id: last } = await api.post('/releases', { product: 'beacon', name: '3.1.1' })
  for (const [from, to, confidence] of [
    [14, 24, 50],
    [18, 26, 80],
  ] as const)
    await api.post(`/releases/${next}/estimate`, { estimate: { from: day(from), to: day(to), confidence } })
  for (const tale of TALES) await tell(road, tale, { next, last })
  await tellHistory(api, last)
  await api.post('/macros', {
    ...{ name: 'Ask for the log', team: null, audience: 'everyone' },
    text: 'Hello {contact.name},\n\nplease send us the log of that hour: *Help → Download log*.',
    actions: { snooze: { waitingFor: 'customer', days: 3 } },
  })
  await api.post('/macros', {
    ...{ name: 'It is solved', team: null, audience: 'everyone' },
    text: 'We are glad that it works again. Tell us if it does not.',
    actions: { end: 'resolve' },
  })
  return { next, last }
}

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)

const tell = async (
  { desk, bench, contacts, agent, engineer }: OnTheRoad,
  { title, text, contact, component, severity, station }: Tale,
  releases: Releases,
): Promise<void> => {
  const ticket = await desk.post<Key>('/tickets', {
    ...{ title, description: text, contact: contacts[contact], owner: agent },
    ...{ product: 'beacon', component, severity },
  })
  await desk.post(`/tickets/${ticket.key}/comments`, {
    text: 'Thank you. We can see it here as well and ask our engineers.',
    audience: 'everyone',
  })
  const { workItem } = await desk.post<Escalated>(`/tickets/${ticket.key}/escalate`, {
    steps: '1. Open the settings\n2. Save them\n3. Look at the next one',
  })
  const item = `/work-items/${workItem.key}`
  const move = async (...states: readonly string[]): Promise<void> => {
    for (const to of states) await bench.post(`${item}/move`, { to })
  }
  const into = (release: string): Promise<unknown> => bench.patch(item, { set: { release } })
  if (station === 'triage') return
  if (station === 'declined') {
    await bench.post(`${item}/decline`, { reason: 'Reports keep the type face of your own brand settings.' })
    return
  }
  await bench.post(`${item}/accept`, { assignee: engineer })
  if (station === 'asked') {
    await bench.post(`${item}/ask`, {
      question: 'Which version of Teams do they use, and in which language?',
    })
    return
  }
  await into(station === 'released' ? releases.last : releases.next)
  if (station === 'accepted') return
  await move('started', 'in review')
  if (station === 'review') return
  await move('verifying', 'done')
}
