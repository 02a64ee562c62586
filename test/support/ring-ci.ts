import { createHmac } from 'node:crypto'
import type { TestApi } from './api.ts'

/** A CI source as the API answers it once. */
export interface MadeCiSource {
  readonly source: { readonly id: string; readonly path: string }
  readonly secret: string
}

/** Rings at a source, with these bytes and headers. */
export const ringCi = (api: TestApi, made: MadeCiSource, body: string, headers: Record<string, string>) =>
  api.server.app.inject({
    ...{ method: 'POST', url: made.source.path, payload: body },
    headers: { 'content-type': 'application/json', ...headers },
  })

/** As our own words are signed. */
export const signedHeaders = (secret: string, body: string, at: Date): Record<string, string> => {
  const seconds = String(Math.floor(at.getTime() / 1000))
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return { 'x-causeway-timestamp': seconds, 'x-causeway-signature': `sha256=${digest}` }
}
