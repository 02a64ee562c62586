import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installPeer } from './install.ts'
import { type Peer, startProgram } from './peer.ts'

/** n8n: Webhook (acknowledged at once) → Edit Fields → HTTP Request. On SQLite, its default, or on PostgreSQL. */
const PORT = 24_311
/**
 * Not the newest: of 2.41.3 some packages of its own were missing in the registry. `cssomnom` is missing too; it parses
 * style sheets, of which there are none here.
 */
const VERSION = '2.40.7'
const INSTEAD = { cssomnom: 'npm:cssom@0.5.0' }
const WORKFLOW = 'benchwf00000001'

const assigned = (name: string, value: string, type = 'string') => ({
  id: name,
  name,
  value: `={{ ${value} }}`,
  type,
})

const workflowFor = (targetUrl: string) => ({
  id: WORKFLOW,
  name: 'sync',
  active: false,
  nodes: [
    {
      id: '11111111-1111-4111-8111-111111111111',
      name: 'Webhook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      position: [0, 0],
      webhookId: '99999999-9999-4999-8999-999999999999',
      parameters: { httpMethod: 'POST', path: 'hook', responseMode: 'onReceived', options: {} },
    },
    {
      id: '22222222-2222-4222-8222-222222222222',
      name: 'Map',
      type: 'n8n-nodes-base.set',
      typeVersion: 3.4,
      position: [220, 0],
      parameters: {
        options: {},
        assignments: {
          assignments: [
            assigned('summary', '$json.body.ticket.subject'),
            assigned('description', '$json.body.ticket.description'),
            assigned('priority', '$json.body.ticket.priority'),
            assigned('status', '$json.body.ticket.status === "solved" ? "Done" : $json.body.ticket.status'),
            assigned('labels', '$json.body.ticket.tags', 'array'),
            assigned('externalId', '$json.body.ticket.id', 'number'),
            assigned('customfield_1', '$json.body.ticket.custom_fields.find(f => f.id === 360002).value'),
            assigned('key', '$json.body.ticket.external_id'),
          ],
        },
      },
    },
    {
      id: '33333333-3333-4333-8333-333333333333',
      name: 'HTTP Request',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      position: [440, 0],
      parameters: {
        method: 'PATCH',
        url: `=${targetUrl}/issues/{{ $json.key }}`,
        sendBody: true,
        specifyBody: 'json',
        jsonBody: '={{ JSON.stringify({ fields: $json }) }}',
        options: {},
      },
    },
  ],
  connections: {
    Webhook: { main: [[{ node: 'Map', type: 'main', index: 0 }]] },
    Map: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] },
  },
  settings: { executionOrder: 'v1' },
  pinData: {},
})

const QUIET = {
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_COMMUNITY_PACKAGES_ENABLED: 'false',
  N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
  N8N_AI_ENABLED: 'false',
  N8N_SECURE_COOKIE: 'false',
  N8N_LOG_LEVEL: 'warn',
}

const databaseOf = (url: string | null): Readonly<Record<string, string>> => {
  if (url === null) return {}
  const { hostname, port, pathname, username, password } = new URL(url)
  return {
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: hostname,
    DB_POSTGRESDB_PORT: port,
    DB_POSTGRESDB_DATABASE: pathname.slice(1),
    DB_POSTGRESDB_USER: username,
    DB_POSTGRESDB_PASSWORD: password || 'none',
    DB_POSTGRESDB_POOL_SIZE: '10',
  }
}

export const n8n = (store: 'SQLite' | 'PostgreSQL', freshDatabase: () => Promise<string>): Peer => ({
  name: `n8n ${VERSION} on ${store}`,
  events: 600,
  start: async (targetUrl) => {
    const installed = installPeer('n8n', VERSION, INSTEAD, ['sqlite3'])
    if ('missing' in installed) return installed.missing
    const home = join(installed.folder, 'home')
    rmSync(home, { recursive: true, force: true })
    mkdirSync(home, { recursive: true })
    const file = join(home, 'workflow.json')
    writeFileSync(file, JSON.stringify(workflowFor(targetUrl)))
    const program = join(installed.folder, 'node_modules', 'n8n', 'bin', 'n8n')
    const env = {
      ...QUIET,
      ...databaseOf(store === 'SQLite' ? null : await freshDatabase()),
      HOME: home,
      N8N_USER_FOLDER: home,
      N8N_PORT: String(PORT),
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      N8N_RUNNERS_BROKER_PORT: String(PORT + 1),
      N8N_ENCRYPTION_KEY: 'bench-key-0001',
      PATH: process.env['PATH'] ?? '',
    }
    const ask = (...args: readonly string[]): void =>
      void execFileSync(process.execPath, [program, ...args], { env, stdio: 'ignore', timeout: 300_000 })
    ask('import:workflow', `--input=${file}`)
    ask('publish:workflow', `--id=${WORKFLOW}`)
    return startProgram([program, 'start'], env, `http://127.0.0.1:${PORT}/webhook/hook`)
  },
})
