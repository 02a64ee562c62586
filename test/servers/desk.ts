import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listAt, textAt } from './json.ts'
import { type RealServer, secretOf } from './real-tools.ts'

/** Request Tracker as one person uses it, over REST, with that person's own rights. */
export interface DeskPerson {
  create(ticket: {
    readonly subject: string
    readonly content: string
    readonly requestor: string
    readonly fields?: Readonly<Record<string, string>>
  }): Promise<string>
  /** `CustomFields` by name besides RT's own (Subject, Status, Owner). */
  change(
    id: string,
    fields: Readonly<Record<string, string>>,
    custom?: Readonly<Record<string, string>>,
  ): Promise<void>
  show(id: string): Promise<DeskTicket>
  /** Read by the customer. */
  reply(id: string, text: string, files?: readonly DeskFile[]): Promise<void>
  /** Read by staff. */
  remark(id: string, text: string, files?: readonly DeskFile[]): Promise<void>
  words(id: string): Promise<readonly DeskWords[]>
  /** Ids of the tickets TicketSQL finds; deleted ones are not among them. */
  find(query: string): Promise<readonly string[]>
}

export interface DeskFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export interface DeskTicket {
  readonly subject: string
  readonly status: string
  readonly owner: string
  readonly creator: string
  /** Empty text: no value. */
  readonly fields: Readonly<Record<string, string>>
}

export interface DeskWords {
  readonly kind: 'Create' | 'Correspond' | 'Comment'
  readonly creator: string
  readonly text: string
  readonly files: readonly string[]
}

export const deskPerson = (rt: RealServer, authorization: string): DeskPerson => {
  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const isForm = body instanceof FormData
    const response = await fetch(`${rt.url}/REST/2.0${path}`, {
      method,
      headers: {
        authorization,
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`RT ${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
    return text === '' ? null : JSON.parse(text)
  }
  const say = async (
    way: 'correspond' | 'comment',
    id: string,
    text: string,
    files: readonly DeskFile[],
  ): Promise<void> => {
    const form = new FormData()
    form.set('JSON', JSON.stringify({ Content: text, ContentType: 'text/plain' }))
    for (const file of files)
      form.append('Attachments', new Blob([Uint8Array.from(file.bytes)], { type: file.type }), file.name)
    await call('POST', `/ticket/${id}/${way}`, form)
  }
  return {
    create: async ({ subject, content, requestor, fields }) =>
      textAt(
        await call('POST', '/ticket', {
          Queue: 'Support',
          Subject: subject,
          Content: content,
          ContentType: 'text/plain',
          Requestor: [requestor],
          ...(fields === undefined ? {} : { CustomFields: fields }),
        }),
        'id',
      ),
    change: async (id, fields, custom) => {
      const said = await call('PUT', `/ticket/${id}`, {
        ...fields,
        ...(custom === undefined ? {} : { CustomFields: custom }),
      })
      // RT answers 200 with a sentence when it refuses
      const refused = JSON.stringify(said).match(/denied|invalid|not a valid|could not|doesn't/i)
      if (refused !== null)
        throw new Error(`RT refused ${JSON.stringify({ fields, custom })}: ${JSON.stringify(said)}`)
    },
    show: async (id) => {
      const ticket = await call('GET', `/ticket/${id}`)
      return {
        subject: textAt(ticket, 'Subject'),
        status: textAt(ticket, 'Status'),
        owner: textAt(ticket, 'Owner', 'id'),
        creator: textAt(ticket, 'Creator', 'id'),
        fields: Object.fromEntries(
          listAt(ticket, 'CustomFields').map((field) => [textAt(field, 'name'), textAt(field, 'values', 0)]),
        ),
      }
    },
    reply: (id, text, files = []) => say('correspond', id, text, files),
    remark: (id, text, files = []) => say('comment', id, text, files),
    words: async (id) => {
      const history = await call('GET', `/ticket/${id}/history?per_page=100&fields=Type,Creator`)
      const rows = listAt(
        await call(
          'GET',
          `/ticket/${id}/attachments?per_page=100&fields=Filename,ContentType,Content,TransactionId`,
        ),
        'items',
      )
      return listAt(history, 'items').flatMap((transaction) => {
        const kind = textAt(transaction, 'Type')
        if (kind !== 'Create' && kind !== 'Correspond' && kind !== 'Comment') return []
        const own = rows.filter((row) => textAt(row, 'TransactionId') === textAt(transaction, 'id'))
        return [
          {
            kind,
            creator: textAt(transaction, 'Creator', 'id'),
            text: own
              .filter(
                (row) => textAt(row, 'Filename') === '' && textAt(row, 'ContentType').startsWith('text/'),
              )
              .map((row) => textAt(row, 'Content'))
              .join('\n'),
            files: own.flatMap((row) => textAt(row, 'Filename') || []),
          } satisfies DeskWords,
        ]
      })
    },
    find: async (query) => {
      const ids: string[] = []
      for (let page = 1; ; page += 1) {
        const found = listAt(
          await call(
            'GET',
            `/tickets?query=${encodeURIComponent(query)}&orderby=id&per_page=100&page=${page}`,
          ),
          'items',
        )
        ids.push(...found.map((item) => textAt(item, 'id')))
        if (found.length < 100) return ids
      }
    },
  }
}

export const deskToken = (rt: RealServer, who: string): string => `token ${secretOf(rt.state, who, 'token')}`

export const deskPassword = (rt: RealServer, who: string): string =>
  `Basic ${Buffer.from(`${who}:${secretOf(rt.state, who, 'password')}`).toString('base64')}`

/** Every mail RT sent, as it left: what customers really read, whatever a screen shows. */
export const mailSent = (rt: RealServer): readonly string[] => {
  const folder = join(rt.folder, 'var')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mbox'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split(/^From (?=\S)/m))
    .filter((mail) => mail.trim() !== '')
}
