import type { FastifyReply } from 'fastify'
import { engineeringStatus } from '../../domain/engineering-status.ts'
import type { Naming } from '../../domain/naming.ts'
import { promiseOf } from '../../domain/promise.ts'
import type { Public } from '../../domain/public.ts'
import { publish } from '../../domain/publish.ts'
import { standingInWords } from '../../domain/ticket-words.ts'
import type { PortalEntry, PortalFile } from '../../store/portal/conversation.ts'
import type { AnsweredRequest } from '../../store/portal/likely-requests.ts'
import type { OneRequest } from '../../store/portal/one-request.ts'
import type { PortalRequest } from '../../store/portal/request-list.ts'
import { codecs, forCustomers, type RichText } from '../../sync/rich-text/index.ts'
import { iso, isoOrNull } from '../times.ts'

/** The one way an answer leaves for a customer: with what was published, and with nothing else. */
export const sendPublic = <T>(reply: FastifyReply, value: Public<T>): FastifyReply => reply.send(value)

/** Where a request stands, in a line of a list; member by member, so that nothing comes along unnoticed. */
const standing = (row: PortalRequest) => {
  const progress = engineeringStatus(
    row.work_state && { state: row.work_state },
    row.release_state && { state: row.release_state },
    row.escalation_state && { state: row.escalation_state },
  )
  const release =
    row.release_name === null || row.release_state === null
      ? null
      : {
          name: row.release_name,
          state: row.release_state,
          from: row.planned_from,
          to: row.planned_to,
          releasedAt: row.released_at,
        }
  const promise = promiseOf(progress, release)
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    title: row.title,
    state: row.state,
    standing: standingInWords(row.state, row.waits_for_them ? 'customer' : null),
    waitsForYou: row.waits_for_them,
    progress,
    promise: promise && { ...promise, releasedAt: isoOrNull(promise.releasedAt) },
    product:
      row.product_id === null || row.product_key === null || row.product_name === null
        ? null
        : { id: row.product_id, key: row.product_key, name: row.product_name },
    contact:
      row.contact_id === null || row.contact_name === null
        ? null
        : { id: row.contact_id, name: row.contact_name },
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  }
}

export const presentListedRequest = (row: PortalRequest) => publish(standing(row))

export const presentRequest = (row: OneRequest, naming: Naming) =>
  publish({
    ...standing(row),
    description: codecs.markdown.write(forCustomers(row.description, naming)),
    version: row.version,
    environment: row.environment,
    answers: row.answers.map(({ label, value }) => ({ label, value })),
    handler: row.handler,
    told: {
      workaround: row.said_workaround ?? row.workaround,
      behaviour: row.said_behaviour,
      decline: row.said_decline,
      wish: row.wish_standing === null ? null : { standing: row.wish_standing, words: row.wish_words },
    },
    mayTry:
      (row.escalation_state === 'released' || (row.escalation_state === 'fixed' && row.was_told === true)) &&
      row.state !== 'closed',
    continuedIn: row.continued_in,
    resolvedAt: isoOrNull(row.resolved_at),
    closedAt: isoOrNull(row.closed_at),
  })

const presentFile = ({ id, name, media_type, size, state }: PortalFile) => ({
  id,
  name,
  mediaType: media_type,
  size,
  state,
})

export const presentEntry = (entry: PortalEntry, naming: Naming) =>
  publish({
    type: entry.type,
    id: entry.id,
    at: iso(entry.at),
    author: entry.type === 'event' ? null : { kind: entry.author.kind, name: entry.author.name },
    text: entry.type === 'comment' ? codecs.markdown.write(forCustomers(entry.body, naming)) : null,
    editedAt: entry.type === 'comment' ? isoOrNull(entry.editedAt) : null,
    kind: entry.type === 'event' ? entry.kind : null,
    files: entry.type === 'event' ? [] : entry.files.map(presentFile),
  })

const IN_SHORT = 280

const inShort = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= IN_SHORT ? line : `${line.slice(0, IN_SHORT).trimEnd()}…`
}

export const plainWords = (text: RichText): string => codecs.plain.write(text)

export const presentLikely = (row: AnsweredRequest, naming: Naming) => {
  const told = row.said_decline ?? row.said_behaviour ?? row.said_workaround ?? row.workaround ?? null
  const said = told ?? (row.answer === null ? null : plainWords(forCustomers(row.answer, naming)))
  return publish({
    id: row.id,
    key: row.key,
    title: row.title,
    state: row.state,
    waitsForYou: row.waits_for_them,
    updatedAt: iso(row.updated_at),
    answer: said === null ? null : inShort(said),
  })
}
