import type { Capabilities, Connector, FileHost } from '../../sync/connector.ts'
import { PAGE_SIZE } from './client.ts'
import { sessionOf } from './session.ts'
import { Settings, trimmedUrl } from './settings.ts'
import { signInOf } from './sign-in.ts'
import { readWebhook } from './webhook.ts'

/** GitHub and GitHub Enterprise Server: issues, comments, labels, milestones and releases. See README.md. */

/** Lists are read from copies of the database, which lag a little. */
const FIND_LAG_S = 30

const capabilities = (settings: Settings): Capabilities => ({
  records: ['item', 'release'],
  create: true,
  writes: [
    'title',
    'description',
    'status',
    'type',
    'priority',
    'component',
    'owner',
    'release',
    'labels',
    // Of a milestone.
    'due',
    'cf:*',
  ],
  comments: { public: true, internal: false, edit: true, delete: true },
  // Files can be read where people dropped them into a text. The API takes none.
  attachments: { read: true, write: false, delete: false, maxBytes: 0 },
  links: false,
  transitions: 'direct',
  webhooks: true,
  deletionsSeen: true,
  idempotency: 'marker',
  findLagSeconds: FIND_LAG_S,
  richText: 'markdown',
  pageSize: PAGE_SIZE,
  ratePerSecond: settings.callsPerSecond ?? 1,
})

const COMMON = Object.freeze({
  accept: 'application/vnd.github+json',
  'x-github-api-version': '2022-11-28',
})

/** GitHub's own hosts. The presigned ones want no token, and get none. */
const fileHosts = ({ url }: Settings): readonly FileHost[] =>
  trimmedUrl(url) === 'https://api.github.com'
    ? [
        { host: 'github.com', credentials: true },
        { host: '*.githubusercontent.com', credentials: false },
        { host: 'github-production-user-asset-6210df.s3.amazonaws.com', credentials: false },
        { host: 'github-production-repository-file-5c1aeb.s3.amazonaws.com', credentials: false },
      ]
    : URL.canParse(url)
      ? [{ host: `*.${new URL(url).hostname.replace(/^api\./, '')}`, credentials: false }]
      : []

export const github: Connector<Settings> = Object.freeze({
  id: 'github',
  title: 'GitHub',
  party: 'tracker',
  settings: Settings,
  baseUrl: (settings: Settings) => trimmedUrl(settings.url),
  headers: ({ token }: Settings) =>
    token === undefined ? COMMON : { ...COMMON, authorization: `Bearer ${token}` },
  signIn: (settings: Settings) => signInOf(settings, COMMON),
  fileHosts,
  capabilities,
  webhook: (delivery, settings: Settings) => readWebhook(delivery, settings.webhookSecret ?? ''),
  connect: sessionOf,
} satisfies Connector<Settings>)
