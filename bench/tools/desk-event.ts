import { createHmac } from 'node:crypto'

/**
 * What a help desk rings with: 1.9 kB of JSON, signed. The subject carries the marker `[[i<item>:s<seq>]]`, so that
 * any system which carries a title across can be followed, whatever its mapping.
 */
export const HOOK_SECRET = 'bench-secret'

const STATUSES = ['new', 'open', 'pending', 'hold', 'solved'] as const
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export const DESCRIPTION =
  'Since this morning the badge printer on floor 3 answers "paper jam" although the tray is clear. We restarted it twice, ' +
  'changed the cartridge, and the queue still stays blocked. The customer in building B needs 40 badges before 14:00 for the supplier day. ' +
  'Please look whether the driver update of last night is to blame; the log says E-4711 / spooler timeout after 30000 ms.'

export const subjectOf = (item: number, seq: number): string =>
  `[[i${item}:s${seq}]] Badge printer on floor 3 does not print`

export const deskEvent = (item: number, seq: number, at: Date) => ({
  delivery_id: `d-${item}-${seq}`,
  type: 'ticket.updated',
  occurred_at: at.toISOString(),
  account_id: 21763219,
  item,
  seq,
  ticket: {
    id: item,
    external_id: `TRK-${item}`,
    url: `https://desk.example.test/api/v2/tickets/${item}.json`,
    subject: subjectOf(item, seq),
    description: DESCRIPTION,
    status: STATUSES[seq % STATUSES.length],
    priority: PRIORITIES[seq % PRIORITIES.length],
    kind: 'incident',
    via: {
      channel: 'email',
      source: { from: { address: 'anna.keller@customer.example.test', name: 'Anna Keller' } },
    },
    requester: {
      id: 998811 + item,
      name: 'Anna Keller',
      email: 'anna.keller@customer.example.test',
      locale: 'en-GB',
    },
    assignee: { id: 5512, name: 'Jonas Berg', email: 'jonas.berg@desk.example.test' },
    group: { id: 77, name: 'Hardware 2nd level' },
    organization: { id: 4201, name: 'Customer Ltd', domain_names: ['customer.example.test'] },
    tags: ['printer', 'badge', 'floor3', 'vip', `seq${seq}`],
    collaborator_ids: [5512, 5513, 5590],
    follower_ids: [],
    has_incidents: false,
    due_at: null,
    custom_fields: [
      { id: 360001, value: 'building-b' },
      { id: 360002, value: `asset-${item}` },
      { id: 360003, value: null },
      { id: 360004, value: seq },
      { id: 360005, value: 'E-4711' },
    ],
    satisfaction_rating: { score: 'unoffered' },
    created_at: '2026-11-01T08:11:02Z',
    updated_at: at.toISOString(),
  },
  changes: {
    status: { from: STATUSES[(seq + 4) % STATUSES.length], to: STATUSES[seq % STATUSES.length] },
    priority: { from: PRIORITIES[(seq + 3) % PRIORITIES.length], to: PRIORITIES[seq % PRIORITIES.length] },
    subject: { to: `[[i${item}:s${seq}]]` },
  },
  actor: {
    id: 5512,
    type: 'agent',
    ip: '203.0.113.17',
    user_agent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
  },
})

export const signatureOf = (body: Uint8Array): string =>
  `sha256=${createHmac('sha256', HOOK_SECRET).update(body).digest('hex')}`

/** The whole request, ready to be written to a socket. */
export const signedRequest = (url: URL, item: number, seq: number): Buffer => {
  const body = Buffer.from(JSON.stringify(deskEvent(item, seq, new Date())))
  const head =
    `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\nuser-agent: desk-webhooks/1\r\n` +
    `x-delivery-id: d-${item}-${seq}\r\nx-hub-signature-256: ${signatureOf(body)}\r\ncontent-length: ${body.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}
