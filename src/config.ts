import { err, ok, type Result } from './lib/result.ts'

/**
 * The environment, read once into one frozen value. Nobody else reads `process.env`: what can be configured is
 * exactly this list, and a wrong value stops the start with the variable's name and what to do.
 */
export interface Config {
  /** Null: the embedded engine inside `dataDir`. */
  readonly databaseUrl: string | null
  /** A login of its own for what customers read, on the same database; null: the role is taken on by `databaseUrl`'s. */
  readonly portalDatabaseUrl: string | null
  readonly dataDir: string
  readonly host: string
  /** 0 lets the system choose (tests). */
  readonly port: number
  /**
   * Where a worker without the web role answers health and figures; null: nowhere. Off by default: several workers on
   * one machine would want the same port.
   */
  readonly health: { readonly host: string; readonly port: number } | null
  readonly roles: readonly ProcessRole[]
  /** What people and tools call us from outside, without a slash at the end; null: the address we listen on. */
  readonly publicUrl: string | null
  /** 32 bytes that seal the secrets; null: the key file in `dataDir`. */
  readonly key: Uint8Array | null
  readonly logLevel: LogLevel
  /** `host:port` that connectors may reach although the address is private. */
  readonly allowHosts: readonly string[]
  /** Proxies whose word on who calls is believed (`X-Forwarded-For`): addresses, or networks as `10.0.0.0/8`. */
  readonly trustedProxies: readonly string[]
  readonly poolSize: number
  readonly hookMaxBytes: number
  readonly uploadMaxBytes: number
  /** Writes are refused when the data folder's disk has less than this left. */
  readonly minFreeBytes: number
  /** Single sign-on by OpenID Connect; null: passwords only. */
  readonly oidc: {
    readonly name: string
    readonly issuer: string
    readonly clientId: string
    readonly clientSecret: string | null
    readonly trustsEmail: boolean
  } | null
  /** Where git is looked for, as in PATH. */
  readonly searchPath: string
  /** Mails go out through this server; null: none are sent. */
  readonly smtp: { readonly url: string; readonly from: string } | null
  readonly demo: boolean
}

export const PROCESS_ROLES = ['web', 'worker'] as const
export type ProcessRole = (typeof PROCESS_ROLES)[number]

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

type Env = Readonly<Record<string, string | undefined>>

const KEY_BYTES = 32
const MIB = 1024 * 1024

/** All problems at once, each a sentence that names the variable. */
export const readConfig = (env: Env, args: readonly string[] = []): Result<Config, readonly string[]> => {
  const problems: string[] = []
  const text = (name: string): string | null => env[name]?.trim() || null
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name)
    if (value === null) return fallback
    const number = Number(value)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    problems.push(`${name} must be a whole number from ${min} to ${max}; it is '${value}'.`)
    return fallback
  }
  const oneOf = <T extends string>(name: string, words: readonly T[], fallback: T): T => {
    const value = text(name)
    if (value === null) return fallback
    const word = words.find((candidate) => candidate === value)
    if (word === undefined) problems.push(`${name} must be one of ${words.join(', ')}; it is '${value}'.`)
    return word ?? fallback
  }
  const unknown = args.filter((argument) => argument !== '--demo')
  if (unknown.length > 0) problems.push(`Unknown argument ${unknown.join(' ')}; the only one is --demo.`)

  const config: Config = {
    databaseUrl: readDatabaseUrl('DATABASE_URL', text, problems),
    portalDatabaseUrl: readDatabaseUrl('CAUSEWAY_PORTAL_DATABASE_URL', text, problems),
    dataDir: text('CAUSEWAY_DATA') ?? './data',
    host: text('CAUSEWAY_HOST') ?? '127.0.0.1',
    port: whole('CAUSEWAY_PORT', 4600, 0, 65_535),
    health:
      text('CAUSEWAY_HEALTH_PORT') === null
        ? null
        : {
            host: text('CAUSEWAY_HEALTH_HOST') ?? '127.0.0.1',
            port: whole('CAUSEWAY_HEALTH_PORT', 4601, 0, 65_535),
          },
    roles: readRoles(text('CAUSEWAY_ROLES'), problems),
    publicUrl: readPublicUrl(text('CAUSEWAY_PUBLIC_URL'), problems),
    key: readKey(text('CAUSEWAY_KEY'), problems),
    logLevel: oneOf('CAUSEWAY_LOG', LOG_LEVELS, 'warn'),
    allowHosts: readAllowHosts(text('CAUSEWAY_ALLOW_HOSTS'), problems),
    trustedProxies: readTrustedProxies(text('CAUSEWAY_TRUSTED_PROXIES'), problems),
    poolSize: whole('CAUSEWAY_POOL', 10, 2, 200),
    hookMaxBytes: whole('CAUSEWAY_HOOK_MAX_BYTES', MIB, 1024, 64 * MIB),
    uploadMaxBytes: whole('CAUSEWAY_UPLOAD_MAX_MB', 1024, 1, 1024 * 1024) * MIB,
    minFreeBytes: whole('CAUSEWAY_MIN_FREE_MB', 256, 0, 1024 * 1024) * MIB,
    oidc: readOidc(text, problems),
    searchPath: text('PATH') ?? '',
    smtp: readSmtp(text, problems),
    demo: args.includes('--demo'),
  }
  if (config.portalDatabaseUrl !== null && config.databaseUrl === null)
    problems.push('CAUSEWAY_PORTAL_DATABASE_URL needs DATABASE_URL beside it: both name the same database.')
  if (config.health === null && text('CAUSEWAY_HEALTH_HOST') !== null)
    problems.push('CAUSEWAY_HEALTH_HOST needs a port beside it: set CAUSEWAY_HEALTH_PORT, e.g. 4601.')
  if (!config.roles.includes('web') && config.publicUrl === null)
    problems.push(
      'CAUSEWAY_PUBLIC_URL is missing: a worker without the web role writes addresses into tools, and must know where people reach us, e.g. https://causeway.example.org.',
    )
  return problems.length > 0 ? err(problems) : ok(Object.freeze(config))
}

type ReadText = (name: string) => string | null

const readSmtp = (text: ReadText, problems: string[]): Config['smtp'] => {
  const [url, from] = [text('CAUSEWAY_SMTP_URL'), text('CAUSEWAY_MAIL_FROM')]
  if (url === null && from === null) return null
  // the address may hold a password: it is not repeated
  if (url === null || !/^smtps?:\/\/[^\s]+$/.test(url))
    problems.push('CAUSEWAY_SMTP_URL must look like smtp://user:password@host:587 or smtps://…:465.')
  if (from === null || !/^([^<>@\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/.test(from))
    problems.push('CAUSEWAY_MAIL_FROM must be an address, as “Support <support@example.org>”.')
  return url === null || from === null ? null : { url, from }
}

const readOidc = (text: ReadText, problems: string[]): Config['oidc'] => {
  const [issuer, clientId] = [text('CAUSEWAY_OIDC_ISSUER'), text('CAUSEWAY_OIDC_CLIENT_ID')]
  if (issuer === null && clientId === null) return null
  if (issuer === null || clientId === null) {
    problems.push(
      'CAUSEWAY_OIDC_ISSUER and CAUSEWAY_OIDC_CLIENT_ID are needed together; one of them is missing.',
    )
    return null
  }
  const allowed = readAllowHosts(text('CAUSEWAY_ALLOW_HOSTS'), [])
  const url = URL.parse(issuer)
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && allowed.includes(`${url.hostname}:${url.port || '80'}`))
  if (!isSafe)
    problems.push(
      `CAUSEWAY_OIDC_ISSUER must be an https address (or one whose host:port CAUSEWAY_ALLOW_HOSTS names); it is '${issuer}'.`,
    )
  const trust = text('CAUSEWAY_OIDC_EMAIL') ?? 'verified'
  if (trust !== 'verified' && trust !== 'trusted')
    problems.push(`CAUSEWAY_OIDC_EMAIL must be verified or trusted; it is '${trust}'.`)
  return {
    name: text('CAUSEWAY_OIDC_NAME') ?? 'Single sign-on',
    issuer,
    clientId,
    clientSecret: text('CAUSEWAY_OIDC_CLIENT_SECRET'),
    trustsEmail: trust === 'trusted',
  }
}

const readDatabaseUrl = (name: string, text: ReadText, problems: string[]): string | null => {
  const value = text(name)
  if (value === null) return null
  if (/^postgres(ql)?:\/\//.test(value)) return value
  // the value may hold a password: it is not repeated
  problems.push(`${name} must look like postgresql://user:password@host:5432/database.`)
  return null
}

const readRoles = (value: string | null, problems: string[]): readonly ProcessRole[] => {
  if (value === null) return PROCESS_ROLES
  const words = value.split(',').map((word) => word.trim())
  const roles = PROCESS_ROLES.filter((role) => words.includes(role))
  if (roles.length === 0 || words.some((word) => !(PROCESS_ROLES as readonly string[]).includes(word)))
    problems.push(`CAUSEWAY_ROLES must be web, worker or web,worker; it is '${value}'.`)
  return roles
}

const readPublicUrl = (value: string | null, problems: string[]): string | null => {
  if (value === null) return null
  const url = URL.parse(value)
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '')
    return url.href.replace(/\/+$/, '')
  problems.push(
    `CAUSEWAY_PUBLIC_URL must be the http(s) address people open, such as https://causeway.example.com; it is '${value}'.`,
  )
  return null
}

const readKey = (value: string | null, problems: string[]): Uint8Array | null => {
  if (value === null) return null
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length === KEY_BYTES) return bytes
  problems.push('CAUSEWAY_KEY must be 32 bytes in base64; make one with `openssl rand -base64 32`.')
  return null
}

const readAllowHosts = (value: string | null, problems: string[]): readonly string[] => {
  if (value === null) return []
  const entries = value.split(',').map((entry) => entry.trim().toLowerCase())
  for (const entry of entries) {
    // one exact host and port each: a range would open the whole inner network to whoever may edit a connection
    if (!/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/.test(entry))
      problems.push(`CAUSEWAY_ALLOW_HOSTS must list host:port, parted by commas; '${entry}' is not one.`)
  }
  return entries
}

const readTrustedProxies = (value: string | null, problems: string[]): readonly string[] => {
  if (value === null) return []
  const entries = value.split(',').map((entry) => entry.trim())
  for (const entry of entries)
    if (!isNetwork(entry))
      problems.push(
        `CAUSEWAY_TRUSTED_PROXIES must list addresses or networks, such as 127.0.0.1 or 10.0.0.0/8, parted by commas; '${entry}' is not one.`,
      )
  return entries
}

const isNetwork = (entry: string): boolean => {
  const [address = '', bits, ...rest] = entry.split('/')
  const isLong = address.includes(':')
  // what an address is, the reader of URLs knows
  const isAddress = isLong
    ? URL.canParse(`http://[${address}]/`)
    : URL.parse(`http://${address}/`)?.hostname === address && /^[\d.]+$/.test(address)
  return (
    rest.length === 0 &&
    isAddress &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isLong ? 128 : 32)))
  )
}
