import type { Http, HttpDownload } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { documents } from './documents.ts'
import { refusalIn } from './refusal.ts'
import { answers, readAs } from './schema.ts'
import { filesOf, type Settings, uploadsOf } from './settings.ts'

/** The calls: one document each, its answer checked at once, and files on the two other hosts. */

type Documents = typeof documents
type Answered = typeof answers
/** Documents whose answers are checked by the schema of the same name. */
export type Question = keyof Documents & keyof Answered
type Told<V> = V extends { Check(value: unknown): value is infer T } ? T : never
type AnswerMap = { readonly [Q in Question]: Told<Answered[Q]> }
export type Answer<Q extends Question> = AnswerMap[Q]
const validators: { readonly [Q in Question]: { Check(value: unknown): value is AnswerMap[Q] } } = answers

/** It only prepares an address: nothing that anybody sees is changed. */
const HARMLESS: readonly Question[] = ['fileUpload']

export type LinearClient = ReturnType<typeof linearClient>

export const linearClient = (settings: Settings, http: Http, now: () => Date) => {
  const ask = async <Q extends Question>(
    question: Q,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Answer<Q>> => {
    const query: string = documents[question]
    const effect = query.startsWith('mutation') && !HARMLESS.includes(question) ? 'write' : 'read'
    const response = await http.request({
      method: 'POST',
      path: '/graphql',
      json: { query, variables },
      effect,
      accept: [400],
    })
    const body = response.json()
    const refused = refusalIn(body, { name: question, effect, headers: response.headers, now: now() })
    if (refused !== null) throw refused
    if (response.status === 400)
      throw new RemoteFault('invalid', `Linear refuses ${question} without saying why`)
    const data = body !== null && typeof body === 'object' && 'data' in body ? body.data : undefined
    return readAs(validators[question], data, question, effect)
  }

  /** null where there is none: asked of one thing by its id. */
  const askIfThere = async <Q extends Question>(
    question: Q,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<Answer<Q> | null> => {
    try {
      return await ask(question, variables)
    } catch (thrown) {
      if (thrown instanceof RemoteFault && thrown.kind === 'gone') return null
      throw thrown
    }
  }

  return {
    ask,
    askIfThere,

    /** Sends a file to where Linear said. Nothing is seen of it until an attachment names it. */
    put: async (
      url: string,
      headers: Readonly<Record<string, string>>,
      size: number,
      body: AsyncIterable<Uint8Array>,
    ): Promise<void> => {
      if (!url.startsWith(`${uploadsOf(settings)}/`))
        throw new RemoteFault('invalid', 'Linear wants the file at an address that is not one of its stores')
      await http.request({
        method: 'PUT',
        path: url,
        headers: { ...headers, 'content-length': String(size) },
        body,
        effect: 'read',
      })
    },

    download: (url: string): Promise<HttpDownload> => {
      if (!url.startsWith(`${filesOf(settings)}/`))
        throw new RemoteFault('gone', 'the attachment is a link, not a file of Linear')
      return http.download({ method: 'GET', path: url, headers: { accept: '*/*' }, follow: true })
    },
  }
}
