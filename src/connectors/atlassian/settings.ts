import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FileHost, SignIn } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'

/** What every connection to a Jira asks for, and how it signs in. Each connector makes its own form of it. */

export const members = {
  deployment: Type.Union([Type.Literal('cloud'), Type.Literal('data-center')], {
    title: 'Kind of Jira',
    description: 'cloud: at *.atlassian.net. data-center: a Jira of your own, version 9.4 or later.',
    default: 'cloud',
  }),
  url: Type.String({
    title: 'Address',
    description: 'Where people open Jira: https://example.atlassian.net, or your own address with its path.',
    format: 'uri',
    maxLength: 500,
  }),
  email: Type.Optional(
    Type.String({
      title: 'E-mail address',
      description: 'Cloud with an API token: the address of the account that the token belongs to.',
      maxLength: 200,
    }),
  ),
  token: Type.Optional(
    Type.String({
      title: 'API token',
      description:
        'Cloud: an API token of that account. Data Center: a personal access token. Empty with a service account that signs in by OAuth.',
      secret: true,
      maxLength: 2_000,
    }),
  ),
  cloudId: Type.Optional(
    Type.String({
      title: 'Cloud id',
      description:
        'Needed for OAuth and for API tokens with scopes: the id that https://example.atlassian.net/_edge/tenant_info shows.',
      pattern: '^[A-Za-z0-9-]{1,64}$',
    }),
  ),
  clientId: Type.Optional(
    Type.String({
      title: 'Client id',
      description: 'Of the OAuth 2.0 credential of a service account.',
      maxLength: 200,
    }),
  ),
  clientSecret: Type.Optional(
    Type.String({
      title: 'Client secret',
      description: 'Of the same credential. It also signs the webhooks that Jira sends to an OAuth app.',
      secret: true,
      maxLength: 2_000,
    }),
  ),
  projects: Type.Array(Type.String({ pattern: '^[A-Z][A-Z0-9_]{0,99}$' }), {
    title: 'Projects',
    description: 'Keys of the projects to follow, as in ABC-123.',
    minItems: 1,
    maxItems: 50,
  }),
  maxAttachmentMb: Type.Optional(
    Type.Integer({
      title: 'Largest attachment, MB',
      description: 'As in Jira under System, Attachments. Jira’s own default is 10.',
      default: 10,
      minimum: 1,
      maximum: 2_000,
    }),
  ),
  webhookSecret: Type.Optional(
    Type.String({
      title: 'Webhook secret',
      description:
        'Signs the webhooks (X-Hub-Signature). Empty: webhooks are refused, changes are found by polling.',
      secret: true,
      minLength: 16,
      maxLength: 200,
    }),
  ),
  callsPerSecond: Type.Optional(
    Type.Integer({
      title: 'Calls per second',
      description: 'At most, where Jira itself says nothing.',
      default: 10,
      minimum: 1,
      maximum: 200,
    }),
  ),
}

const Common = Type.Object(members)
type CommonSettings = Static<typeof Common>

/** What the shared client reads of a connection's settings. */
export interface JiraSettings extends CommonSettings {
  /** Type of a new issue where the mapping gives none. */
  readonly defaultType?: string
  /** Whom an internal comment is restricted to; neither: there are no internal comments. */
  readonly internalRole?: string
  readonly internalGroup?: string
}

export const DEFAULT_ATTACHMENT_MB = 10

export const isCloud = (settings: JiraSettings): boolean => settings.deployment === 'cloud'

/** Where people open it; without a slash at its end. */
export const siteOf = (settings: JiraSettings): string => settings.url.replace(/\/+$/, '')

const usesOAuth = ({ clientId, clientSecret }: JiraSettings): boolean =>
  (clientId ?? '') !== '' && (clientSecret ?? '') !== ''

/** Tokens with scopes, and OAuth, work at Atlassian's gateway only. */
export const baseUrlOf = (settings: JiraSettings): string =>
  isCloud(settings) && (settings.cloudId ?? '') !== ''
    ? `https://api.atlassian.com/ex/jira/${settings.cloudId}`
    : siteOf(settings)

export const headersOf = (settings: JiraSettings): Readonly<Record<string, string>> => {
  const token = settings.token ?? ''
  if (token === '' || (isCloud(settings) && usesOAuth(settings))) return {}
  const email = settings.email ?? ''
  return isCloud(settings) && email !== ''
    ? { authorization: `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` }
    : { authorization: `Bearer ${token}` }
}

const Token = Compile(
  Type.Object({
    access_token: Type.String({ minLength: 1, maxLength: 20_000 }),
    expires_in: Type.Number({ minimum: 1, maximum: 31_536_000 }),
  }),
)

export const signInOf = (settings: JiraSettings): SignIn | null => {
  if (!isCloud(settings) || !usesOAuth(settings)) return null
  return {
    baseUrl: 'https://auth.atlassian.com',
    ask: async (http, now) => {
      const response = await http.request({
        method: 'POST',
        path: '/oauth/token',
        json: {
          grant_type: 'client_credentials',
          client_id: settings.clientId,
          client_secret: settings.clientSecret,
        },
        effect: 'read',
        accept: [400, 401, 403],
      })
      if (response.status >= 400)
        throw new RemoteFault('auth', 'Atlassian refuses the client id and secret of the service account')
      const body = response.json()
      if (!Token.Check(body))
        throw new RemoteFault('down', 'Atlassian’s answer to the sign-in cannot be read')
      return {
        headers: { authorization: `Bearer ${body.access_token}` },
        until: new Date(now().getTime() + body.expires_in * 1000),
      }
    },
  }
}

/** Cloud sends downloads on to presigned addresses there. */
export const fileHostsOf = (settings: JiraSettings): readonly FileHost[] =>
  isCloud(settings) ? [{ host: 'api.media.atlassian.com', credentials: false }] : []
