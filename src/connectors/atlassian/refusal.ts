import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { answers } from './answers.ts'

/**
 * What a refusal of Jira means. It names fields by their ids: `{"errors":{"customfield_10010":"Option id 'x' is not
 * valid"}}`; sentences without a field stand in `errorMessages`.
 */

export interface Refused {
  readonly ids: readonly string[]
  readonly said: string
}

export const refusedBy = (response: Pick<HttpResponse, 'bytes'>): Refused => {
  const parsed = parseBoundedJson(response.bytes)
  const body = parsed.ok ? parsed.value : null
  if (!answers.errors.Check(body)) return { ids: [], said: '' }
  const named = Object.entries(body.errors ?? {})
  const texts = [
    ...(body.errorMessages ?? []),
    ...named.map(([, text]) => (typeof text === 'string' ? text : '')),
  ]
  const said = texts.filter((each) => each !== '').join('; ')
  return { ids: named.map(([id]) => id), said: said.slice(0, 300) }
}

/** `toolField`: our word for a field's id there. */
export const refusal = (
  response: Pick<HttpResponse, 'bytes'>,
  written: readonly ToolField[],
  toolField: (id: string) => ToolField | null,
): RemoteFault => {
  const { ids, said } = refusedBy(response)
  const named = ids.map(toolField).filter((each) => each !== null)
  const field =
    named.find((each) => written.includes(each)) ?? named[0] ?? (written.length === 1 ? written[0] : null)
  return new RemoteFault('invalid', `Jira refuses: ${said === '' ? 'it does not say why' : said}`, {
    field: field ?? null,
  })
}

/**
 * Jira takes wrong or expired credentials for nobody's, and answers as it would to a stranger: 404, or an empty list.
 * These headers tell.
 */
export const isStranger = (headers: Readonly<Record<string, string>>): boolean =>
  /AUTHENTICATED_FAILED|AUTHENTICATION_DENIED/.test(headers['x-seraph-loginreason'] ?? '') ||
  headers['x-ausername'] === 'anonymous' ||
  (headers['x-authentication-denied-reason'] ?? '') !== ''

export const STRANGER =
  'Jira does not know the credentials: they are wrong, expired, or it asks for a captcha'
