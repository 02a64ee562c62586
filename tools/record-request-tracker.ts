import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { openHttp } from '../src/connectors/http.ts'
import { holdsWords } from '../src/connectors/request-tracker/convert.ts'
import { goldenOf } from '../src/connectors/request-tracker/golden.ts'
import { openRest, type Rest } from '../src/connectors/request-tracker/rest.ts'
import type { Http, HttpPart, HttpResponse } from '../src/sync/connector.ts'

/**
 * Records the fixtures of the Request Tracker connector from a real server:
 *
 *     test/servers/real/rt.sh up 18081 /tmp/rt http://127.0.0.1:18181/hook
 *     node tools/record-request-tracker.ts /tmp/rt/state.json 18181
 *
 * Use a fresh server: the recordings hold its numbers and times. Look at the changed golden files before committing.
 */

interface State {
  readonly rest: string
  readonly port: number
  readonly integration: { readonly token: string }
  readonly agent: { readonly token: string }
  readonly customer: { readonly name: string; readonly password: string }
  readonly webhook: { readonly secret: string }
}

const [statePath = '', hookPort = '0'] = process.argv.slice(2)
const state: State = JSON.parse(readFileSync(statePath, 'utf8'))
const folder = new URL('../src/connectors/request-tracker/fixtures/', import.meta.url)
const closers: (() => Promise<void>)[] = []

/** The newest answer of each kind of path, to be kept. */
const answers = new Map<string, HttpResponse>()

const httpAs = (authorization: string): Http => {
  const http = openHttp({
    baseUrl: state.rest,
    headers: () => ({ authorization }),
    now: () => new Date(),
    allowPrivate: [`127.0.0.1:${state.port}`],
  })
  closers.push(() => http.close())
  return {
    download: http.download,
    request: async (request) => {
      const response = await http.request(request)
      const texts = String(request.query?.['query'] ?? '').includes('Filename') ? '+texts' : ''
      answers.set(`${request.method} ${request.path}${texts}`, response)
      return response
    },
  }
}

const keep = (name: string, answer: unknown): void => {
  const write = (suffix: string, value: unknown): void =>
    writeFileSync(new URL(`${name}${suffix}.json`, folder), `${JSON.stringify(value, null, 1)}\n`)
  write('', answer)
  write('.golden', goldenOf(name, answer))
}

const answerTo = (path: string): unknown => answers.get(path)?.json() ?? { items: [] }

/** Reads a ticket the way the client does and keeps the answers in one file. */
const keepThread = async (rest: Rest, id: string, names: readonly string[]): Promise<void> => {
  const { version } = await rest.ticket(id)
  const spoken = (await rest.history(id, version)).filter(holdsWords).map((each) => each.id)
  await rest.attachments(id, spoken, false)
  await rest.attachments(id, spoken, true)
  const path = `GET /ticket/${id}`
  for (const name of names) {
    keep(name, {
      ticket: answerTo(path),
      etag: version,
      history: answerTo(`${path}/history`),
      attachments: answerTo(`${path}/attachments`),
      texts: answerTo(`${path}/attachments+texts`),
    })
  }
}

const create = async (http: Http, json: Readonly<Record<string, unknown>>): Promise<string> => {
  const response = await http.request({
    method: 'POST',
    path: '/ticket',
    json: { Queue: 'Support', ContentType: 'text/plain', ...json },
  })
  return /(\d+)$/.exec(response.headers['location'] ?? '')?.[1] ?? ''
}

const put = (http: Http, id: string, json: unknown): Promise<HttpResponse> =>
  http.request({ method: 'PUT', path: `/ticket/${id}`, json })

const say = (
  http: Http,
  id: string,
  kind: 'comment' | 'correspond',
  json: unknown,
  files: readonly HttpPart[] = [],
): Promise<HttpResponse> =>
  http.request({
    method: 'POST',
    path: `/ticket/${id}/${kind}`,
    multipart: [{ name: 'JSON', content: JSON.stringify(json) }, ...files],
  })

const file = (filename: string, mediaType: string, content: string): HttpPart => ({
  name: 'Attachments',
  filename,
  mediaType,
  content,
})

const firstHook = (): { readonly received: Promise<unknown>; close(): void } => {
  let keepHook: (hook: unknown) => void = () => undefined
  const received = new Promise<unknown>((resolve) => {
    keepHook = resolve
  })
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    response.end()
    const now = new Date(Number(request.headers['x-rt-timestamp']) * 1000).toISOString()
    keepHook({
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      now,
      secret: state.webhook.secret,
    })
  }).listen(Number(hookPort), '127.0.0.1')
  return { received, close: () => server.close() }
}

const record = async (): Promise<void> => {
  mkdirSync(folder, { recursive: true })
  const integration = httpAs(`token ${state.integration.token}`)
  const agent = httpAs(`token ${state.agent.token}`)
  const basic = Buffer.from(`${state.customer.name}:${state.customer.password}`).toString('base64')
  const customer = httpAs(`Basic ${basic}`)
  const rest = openRest(integration)
  const hook = firstHook()

  const id = await create(agent, {
    Subject: 'Export döes not finish — “99 %”',
    Requestor: ['customer@customer.example'],
    Content: 'It hangs at 99 %.\n\nSteps:\n 1. open <Export>\n 2. wait\n',
    CustomFields: { Severity: 'High', Areas: ['import', 'export'], Product: 'Atlas' },
  })
  keep('webhook-created', await hook.received)
  hook.close()
  await keepThread(rest, id, ['thread-new'])

  await say(customer, id, 'correspond', { Content: 'Any news?', ContentType: 'text/plain' }, [
    file('dump ü日本.bin', 'application/octet-stream', 'a\0b'),
    file('log.txt', 'text/plain', 'grüße\nline'),
  ])
  await say(agent, id, 'correspond', {
    Content: '<p>Hi <b>Carl</b>,<br>we look.</p><ul><li>one</li></ul>',
    ContentType: 'text/html',
  })
  await say(agent, id, 'comment', { Content: 'Looks like the queue again', ContentType: 'text/plain' })
  await say(integration, id, 'comment', {}, [file('trace.json', 'application/json', '{"a":1}')])
  await put(agent, id, {
    Status: 'stalled',
    Owner: 'agent',
    Priority: '60',
    Due: '2026-12-24T10:00:00Z',
    AddRefersTo: ['https://tracker.example/issues/7'],
    CustomFields: { Severity: '', EngineeringKey: 'ENG-7', Workaround: 'Restart\nthe job' },
  })
  await keepThread(rest, id, ['thread-full', 'thread-full-as-html'])

  const other = await create(customer, {
    Subject: 'Same here',
    Requestor: ['customer'],
    Content: 'Mine hangs too',
  })
  await say(agent, other, 'comment', { Content: 'duplicate', ContentType: 'text/plain' })
  await put(agent, other, { MergeInto: id })
  await keepThread(rest, id, ['thread-merge-target'])
  await keepThread(rest, other, ['thread-merged-away'])

  const dropped = await create(agent, { Subject: 'Spam', Content: 'x' })
  await put(agent, dropped, { Status: 'deleted' })
  await keepThread(rest, dropped, ['thread-deleted'])

  await create(agent, { Subject: 'Nothing but a subject' })
  await rest.tickets('id > 0', [{ by: 'LastUpdated' }, { by: 'id' }])
  keep('list-tickets', answerTo('GET /tickets'))
  await rest.customFields()
  keep('fields-all', answerTo('GET /customfields'))
  await put(integration, id, {
    Owner: 'nobody-such',
    Status: 'nonsense',
    Nothing: 'x',
    CustomFields: { Severity: 'Worst' },
  })
  keep('said-refused', answerTo(`PUT /ticket/${id}`))
  await put(integration, id, { EngineeringKey: 'x' })
  keep('said-nothing', answerTo(`PUT /ticket/${id}`))
}

try {
  await record()
} finally {
  for (const close of closers) await close()
}
