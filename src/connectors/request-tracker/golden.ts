import { type Reading, toSnapshot } from './convert.ts'
import {
  membersOf,
  readAttachment,
  readField,
  readMessages,
  readPage,
  readTicket,
  readTransaction,
  textOf,
} from './schema.ts'
import { readWebhook } from './webhook.ts'

/**
 * What a recorded answer must become, by the first word of its name. Used by the recorder and by the tests that
 * compare (and damage) the recordings; nothing else calls it.
 */

const reading = (format: Reading['format'], web: string): Reading => ({
  web,
  account: 'integration',
  format,
  multiple: new Set(['Areas']),
})

const WEB = 'http://127.0.0.1:18081'

/** `{ticket, etag, history, attachments, texts}`: the answers that `fetch` puts together. */
const thread = (answer: unknown, format: Reading['format']) => {
  const recorded = membersOf(answer, 'a recording')
  const contents = new Map(
    readPage(recorded['texts'], readAttachment).items.map((each) => [each.id, each.content]),
  )
  const attachments = readPage(recorded['attachments'], readAttachment).items.map((row) => ({
    ...row,
    content: contents.get(row.id) ?? null,
  }))
  const transactions = readPage(recorded['history'], readTransaction).items
  const etag = typeof recorded['etag'] === 'string' ? recorded['etag'] : null
  return toSnapshot(readTicket(recorded['ticket']), { transactions, attachments }, etag, reading(format, WEB))
}

/** `{headers, body, now, secret}`: a delivery as it arrived. */
const webhook = (answer: unknown) => {
  const recorded = membersOf(answer, 'a recording')
  const headers = Object.fromEntries(
    Object.entries(membersOf(recorded['headers'], 'headers')).map(([name, value]) => [name, textOf(value)]),
  )
  return readWebhook(
    { bytes: Buffer.from(textOf(recorded['body'])), headers, now: new Date(textOf(recorded['now'])) },
    { webhookSecret: textOf(recorded['secret']) },
  )
}

/** Throws `RemoteFault` as the client would. */
export const goldenOf = (name: string, answer: unknown): unknown => {
  switch (name.split('-')[0]) {
    case 'thread':
      return thread(answer, name.endsWith('-html') ? 'html' : 'plain')
    case 'list':
      return readPage(answer, readTicket).items.map((ticket) =>
        toSnapshot(ticket, null, null, reading('plain', WEB)),
      )
    case 'fields':
      return readPage(answer, readField).items
    case 'webhook':
      return webhook(answer)
    default:
      return readMessages(answer)
  }
}
