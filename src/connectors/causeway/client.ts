import type { Http, HttpDownload, HttpRequest, HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { REFUSALS, refusalOf } from './refusal.ts'
import { answers, type WireAbout } from './schema.ts'

/** The calls to the other Causeway: below which path, what an answer must be, what a refusal is. */
export interface PartnerClient {
  about(): Promise<Greeting>
  /** For an answer with a body. */
  ask<T>(request: HttpRequest, shape: Shape<T>): Promise<T>
  /** For an answer without one. */
  tell(request: HttpRequest): Promise<void>
  download(path: string): Promise<HttpDownload>
}

export interface Greeting {
  readonly about: WireAbout
  /** Their clock, to the second; null: they did not say. */
  readonly at: Date | null
}

interface Shape<T> {
  Check(value: unknown): value is T
}

const BELOW = '/partner/v1'
const ABOUT = '/about'
/** Enough for a sentence. */
const MAX_REFUSAL_BYTES = 64 * 1024

const below = (request: HttpRequest): HttpRequest => ({
  ...request,
  path: `${BELOW}${request.path}`,
  accept: REFUSALS,
})

const misshapen = ({ method, path }: HttpRequest): RemoteFault =>
  new RemoteFault(
    method === 'GET' ? 'down' : 'unknown',
    `What answered ${method} ${path} is not what a Causeway promises.`,
  )

export const partnerClient = (http: Http): PartnerClient => {
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const response = await http.request(below(request))
    if (response.status < 300) return response
    const fault = refusalOf(response.status, response.bytes)
    if (fault.kind !== 'gone') throw fault
    if (request.path === ABOUT)
      throw new RemoteFault(
        'auth',
        'No Causeway that shares with others answers there. Is the address right, and their version new enough?',
      )
    // where these addresses are not known at all, everything is "not found", and nothing of it is gone
    await about()
    throw fault
  }

  const ask = async <T>(request: HttpRequest, shape: Shape<T>): Promise<T> => {
    const body = (await send(request)).json()
    if (!shape.Check(body)) throw misshapen(request)
    return body
  }

  const about = async (): Promise<Greeting> => {
    const request = { method: 'GET', path: ABOUT } as const
    const response = await send(request)
    const body = response.json()
    if (!answers.about.Check(body)) throw misshapen(request)
    const ms = Date.parse(response.headers['date'] ?? '')
    return { about: body, at: Number.isNaN(ms) ? null : new Date(ms) }
  }

  return {
    about,
    ask,
    tell: async (request) => {
      if ((await send(request)).status !== 204) throw misshapen(request)
    },
    download: async (path) => {
      const answer = await http.download(below({ method: 'GET', path }))
      if (answer.status >= 300) throw refusalOf(answer.status, await beginningOf(answer.stream))
      return answer
    },
  }
}

const beginningOf = async (stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    chunks.push(chunk)
    size += chunk.length
    if (size > MAX_REFUSAL_BYTES) break
  }
  return Buffer.concat(chunks)
}
