import { OFFLINE, Problem, readProblem } from './problem.ts'

/**
 * The one way to the server. The session is a cookie that scripts cannot read; each write says with a header of its own
 * that it comes from this app, since a form on another page can send the cookie but no such header.
 */
const CSRF = { 'x-causeway-csrf': '1' }

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

export const address = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? `/api/v1${path}` : `/api/v1${path}?${new URLSearchParams(given)}`
}

/** `crypto.randomUUID` is missing on a plain http address of a local network. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const send = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init })
  } catch (error) {
    // asked to stop: that is not the network's fault
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(OFFLINE)
  }
}

const read = async <T>(response: Response): Promise<T> => {
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (response.ok) return body as T
  throw new Problem(readProblem(response.status, body, response.headers.get('retry-after')))
}

export const get = async <T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> =>
  read<T>(
    await send(address(path, query), { headers: { accept: 'application/json' }, signal: signal ?? null }),
  )

const write = async <T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: BodyInit | null,
) => read<T>(await send(url, { method, headers: { ...CSRF, accept: 'application/json', ...headers }, body }))

const withJson = (body: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/**
 * Makes or does something once. When the answer is lost on the way it asks again with the same key: the server knows
 * it by that, and answers what it did the first time.
 */
export const post = async <T>(path: string, body: unknown = {}): Promise<T> => {
  const { headers, body: text } = withJson(body)
  return once((key) => write<T>('POST', address(path), { ...headers, 'idempotency-key': key }, text))
}

/**
 * What holds a password goes without a key: beside a key the server keeps a fingerprint of the whole body, and of a
 * password none may be kept but the slow one. So a lost answer is told, and not asked for again.
 */
export const postPassword = async <T>(path: string, body: unknown): Promise<T> => {
  const { headers, body: text } = withJson(body)
  return write<T>('POST', address(path), headers, text)
}

/** A file: its bytes are the body. `onSent` is told the share of it that has left, 0 to 1. */
export const postFile = async <T>(
  path: string,
  file: File,
  query: Query,
  onSent?: (share: number) => void,
): Promise<T> => {
  const type = file.type === '' ? 'application/octet-stream' : file.type
  return once((key) =>
    sendWatched<T>(address(path, query), { 'content-type': type, 'idempotency-key': key }, file, onSent),
  )
}

/** The newer way of asking cannot say how much of a body has left. */
const sendWatched = <T>(
  url: string,
  headers: Record<string, string>,
  body: Blob,
  onSent?: (share: number) => void,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    for (const [name, value] of Object.entries({ ...CSRF, accept: 'application/json', ...headers }))
      request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onSent?.(total === 0 ? 1 : loaded / total)
    request.onerror = () => reject(new Problem(OFFLINE))
    request.onload = () => {
      const { status, responseText } = request
      const answer = readText(responseText)
      if (status >= 200 && status < 300) resolve(answer as T)
      else reject(new Problem(readProblem(status, answer, request.getResponseHeader('retry-after'))))
    }
    request.send(body)
  })

const readText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const once = async <T>(ask: (key: string) => Promise<T>): Promise<T> => {
  const key = newKey()
  try {
    return await ask(key)
  } catch (error) {
    if (!(error instanceof Problem) || error.facts.status !== 0) throw error
    return ask(key)
  }
}

export const patch = async <T>(path: string, body: unknown): Promise<T> => {
  const { headers, body: text } = withJson(body)
  return write<T>('PATCH', address(path), headers, text)
}

export const put = async <T>(path: string, body: unknown): Promise<T> => {
  const { headers, body: text } = withJson(body)
  return write<T>('PUT', address(path), headers, text)
}

export const remove = async (path: string): Promise<null> => write<null>('DELETE', address(path), {}, null)

/**
 * Asks for what takes minutes: told how far it is, line by line, and at the end what came of it. It is not asked for again
 * by itself. Leaving (`signal`) stops the work there.
 */
export const postLong = async <P, T>(
  path: string,
  body: unknown,
  onProgress: (progress: P) => void,
  signal: AbortSignal,
): Promise<T> => {
  const { headers, body: text } = withJson(body)
  const response = await send(address(path), {
    method: 'POST',
    headers: { ...CSRF, accept: 'application/x-ndjson', ...headers },
    body: text,
    signal,
  })
  if (!response.ok || response.body === null) return read<T>(response)
  for await (const line of linesOf(response.body)) {
    const told = readText(line) as { progress?: P; answer?: T; problem?: { status?: number } } | null
    if (told?.progress !== undefined) onProgress(told.progress)
    if (told?.answer !== undefined) return told.answer
    if (told?.problem !== undefined)
      throw new Problem(readProblem(told.problem.status ?? 500, told.problem, null))
  }
  // the answer broke off: whether it was done is not known
  throw new Problem(OFFLINE)
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const lines = (rest + decoder.decode(next.value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
