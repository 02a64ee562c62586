import { parseBoundedJson } from '../../lib/bounded-json.ts'
import { err, ok, type Result } from '../../lib/result.ts'
import { said } from '../../lib/said.ts'
import type { ChatDelivery, ChatKind } from './chat-kind.ts'

export interface ChatQuestion {
  /** The caller's words; empty: whoever asks wants to know how. */
  readonly text: string
  /** As somebody wrote them; null: not said. */
  readonly product: string | null
  readonly version: string | null
}

const MOST = 2_000

/** What was written behind the command; of a message that was verified. The error is for the people here. */
export const readQuestion = (kind: ChatKind, { bytes }: ChatDelivery): Result<ChatQuestion, string> => {
  const written = kind === 'teams' ? fromMessage(bytes) : fromForm(bytes)
  return written.ok ? ok(questionIn(written.value)) : written
}

/** Slack and Mattermost post a form. */
const fromForm = (bytes: Uint8Array): Result<string, string> => {
  const form = new URLSearchParams(new TextDecoder().decode(bytes))
  const text = form.get('text')
  return text === null ? err(said`it is no slash command: the field text is missing`) : ok(text)
}

/** Teams posts a message in HTML that begins with our name. */
const fromMessage = (bytes: Uint8Array): Result<string, string> => {
  const body = parseBoundedJson(bytes, { depth: 20, values: 5_000 })
  const text = body.ok ? Reflect.get(Object(body.value), 'text') : null
  return typeof text === 'string'
    ? ok(plainOf(text))
    : err(said`it is no message: the member text is missing`)
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
}

const plainOf = (html: string): string =>
  html
    .slice(0, MOST * 4)
    .replaceAll(/<at>[^<]*<\/at>/gi, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/&(#?\w{1,6});/g, (whole, name: string) => NAMED[name] ?? whole)

const FILTER = /(?:^|\s)(product|version):(?:"([^"]{1,200})"|(\S{1,200}))/giu

/** `printing takes two pages product:atlas version:4.3` */
export const questionIn = (written: string): ChatQuestion => {
  const filters = new Map<string, string>()
  const text = written
    .slice(0, MOST)
    .toWellFormed()
    .replace(FILTER, (_whole, name: string, quoted?: string, plain?: string) => {
      filters.set(name.toLowerCase(), quoted ?? plain ?? '')
      return ' '
    })
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return {
    text: /^(?:help|\?|hilfe)$/i.test(text) ? '' : text,
    product: filters.get('product') ?? null,
    version: filters.get('version') ?? null,
  }
}
