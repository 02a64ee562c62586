import type { Result } from '../../lib/result.ts'
import { said } from '../../lib/said.ts'
import type { Capabilities, Connector, Http, Session } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { credentials } from './client.ts'
import { compileDeclaration, type Declaration } from './declaration.ts'
import { type Problem, problemText } from './declaration-problems.ts'
import { Settings } from './schema.ts'
import { sessionOf } from './session.ts'
import { readWebhook } from './webhook.ts'

/** Any tool with a JSON API, described by a declaration instead of code. See README.md. */

type Compiled = Result<Declaration, readonly Problem[]>

/** Compiling takes milliseconds, and settings are asked about at every webhook. */
const MAX_KEPT = 100
const byText = new Map<string, Compiled>()
const byObject = new WeakMap<object, Compiled>()

const compiledText = (text: string): Compiled => {
  const known = byText.get(text)
  if (known !== undefined) return known
  const made = compileDeclaration(text)
  const oldest = byText.keys().next()
  if (byText.size >= MAX_KEPT && oldest.done !== true) byText.delete(oldest.value)
  byText.set(text, made)
  return made
}

const compiled = ({ declaration }: Settings): Compiled => {
  if (typeof declaration === 'string') return compiledText(declaration)
  const known = byObject.get(declaration)
  if (known !== undefined) return known
  // By its text too: settings that come from the store are new objects each time.
  const made = compiledText(JSON.stringify(declaration))
  byObject.set(declaration, made)
  return made
}

const NONE: Capabilities = {
  records: ['item'],
  create: false,
  writes: [],
  comments: { public: false, internal: false, edit: false, delete: false },
  attachments: { read: false, write: false, delete: false, maxBytes: 0 },
  links: false,
  transitions: 'none',
  webhooks: false,
  deletionsSeen: false,
  idempotency: 'none',
  richText: 'plain',
  pageSize: 50,
  ratePerSecond: 1,
}

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024

const capabilitiesOf = (declaration: Declaration): Capabilities => {
  const { shape } = declaration
  const { comments, attachments } = shape
  const writable = shape.create !== undefined || shape.patch !== undefined
  return {
    records: ['item'],
    create: shape.create !== undefined,
    writes: writable
      ? declaration.fields.filter((field) => field.write !== null).map((field) => field.field)
      : [],
    comments: {
      public: comments?.add !== undefined && comments.visibility.public !== undefined,
      internal: comments?.add !== undefined && comments.visibility.internal !== undefined,
      edit: comments?.edit !== undefined,
      delete: comments?.delete !== undefined,
    },
    attachments: {
      read: attachments?.download !== undefined,
      write: attachments?.upload !== undefined,
      delete: attachments?.delete !== undefined,
      maxBytes: attachments?.maxBytes ?? DEFAULT_MAX_BYTES,
    },
    links: false,
    transitions: declaration.fields.some((field) => field.field === 'status' && field.write !== null)
      ? 'direct'
      : 'none',
    webhooks: shape.webhook !== undefined,
    deletionsSeen: true,
    idempotency:
      shape.create?.idempotencyHeader !== undefined ? 'key' : declaration.marker !== null ? 'marker' : 'none',
    richText: shape.richText ?? 'markdown',
    pageSize: shape.list.page?.size ?? NONE.pageSize,
    ratePerSecond: shape.ratePerSecond ?? 5,
  }
}

/** A connection whose declaration is wrong answers every call with the same sentence, and `check` with all of them. */
const brokenSession = (problems: readonly Problem[]): Session => {
  const refuse = async (): Promise<never> => {
    throw new RemoteFault('auth', problemText(problems))
  }
  return {
    check: async () => ({
      tool: 'unknown',
      account: null,
      problems: problems.map((each) => said`At ${each.at}: ${each.message}.`),
    }),
    describe: refuse,
    pull: refuse,
    fetch: refuse,
    find: refuse,
    push: refuse,
    download: refuse,
  }
}

export const rest: Connector<Settings> = Object.freeze({
  id: 'rest',
  title: 'Any tool with a JSON API',
  party: 'any',
  settings: Settings,
  baseUrl: (settings: Settings) => {
    const declaration = compiled(settings)
    return declaration.ok ? declaration.value.shape.baseUrl : ''
  },
  headers: (settings: Settings) => {
    const declaration = compiled(settings)
    return declaration.ok ? credentials(declaration.value, settings.secret ?? '').headers : {}
  },
  capabilities: (settings: Settings) => {
    const declaration = compiled(settings)
    return declaration.ok ? capabilitiesOf(declaration.value) : NONE
  },
  webhook: (delivery, settings) => {
    const declaration = compiled(settings)
    if (!declaration.ok)
      return { outcome: 'rejected', reason: 'the declaration of the connection is not valid', status: 400 }
    return readWebhook(delivery, declaration.value, settings.webhookSecret ?? '')
  },
  connect: (settings: Settings, http: Http, now: () => Date) => {
    const declaration = compiled(settings)
    return declaration.ok
      ? sessionOf(declaration.value, settings, http, now)
      : brokenSession(declaration.error)
  },
} satisfies Connector<Settings>)
