import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as comments from '../../src/api/comments/schema.ts'
import type { Actor } from '../../src/api/record-shapes.ts'
import type { Audience } from '../../src/domain/audience.ts'
import type { ActionName } from '../../src/domain/macro.ts'
import { post, postFile } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

/**
 * What was said and what happened on one record. The API's description leaves the entries open; these are its three
 * kinds, made of the shapes it does describe. A customer's entries lack what is for staff only.
 */
export interface Attachment {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly size: number | null
  readonly state: 'pending' | 'stored' | 'refused'
  readonly reason?: string | null
  readonly audience?: Audience
}
type Person = Static<typeof Actor>

export type Entry =
  | ({ readonly type: 'comment' } & Pick<
      Static<typeof comments.Comment>,
      'id' | 'at' | 'author' | 'audience' | 'text' | 'editedAt'
    > & {
        readonly on?: { readonly kind: 'ticket' | 'work item'; readonly id: string; readonly key: string }
        readonly attachments: readonly Attachment[]
      })
  | {
      readonly type: 'attachment'
      readonly id: string
      readonly at: string
      readonly author: Person
      readonly attachment: Attachment
    }
  | {
      readonly type: 'event'
      readonly id: string
      readonly at: string
      readonly kind: string
      readonly actor?: Person
      readonly data?: Readonly<Record<string, unknown>>
    }

/** A record that has a conversation. */
export interface Home {
  readonly noun: 'tickets' | 'work-items'
  readonly ref: string
}

const keyOf = ({ noun, ref }: Home) =>
  noun === 'tickets' ? queryKeys.ticketTimeline(ref) : queryKeys.workItemTimeline(ref)
const pathOf = ({ noun, ref }: Home): string => `/${noun}/${encodeURIComponent(ref)}`

export const useTimeline = (home: Home) => {
  const pages = usePages<Entry>(keyOf(home), `${pathOf(home)}/timeline`)
  return { ...pages, items: itemsOf(pages.data) }
}

export interface Words {
  readonly text: string
  readonly audience: Audience
  /** The ticket then waits for the customer. */
  readonly asks?: boolean
  readonly files: readonly File[]
  /** Words for engineering that asked: they go to the question, not into the conversation alone. */
  readonly answers?: boolean
  /** The comment that files belong to, when its words arrived before and a file did not. */
  readonly comment: string | null
  /** Colleagues a note calls for. */
  readonly mentions?: readonly string[]
  /** Of a reply: the latest public comment its writer has seen; absent: said whatever came since. */
  readonly answering?: string | null
  /** The words are a macro's, and so is what becomes of the ticket. */
  readonly macro?: { readonly id: string; readonly skip: readonly ActionName[] } | null
  readonly onProgress?: (file: File, share: number) => void
  /** Told as each part arrives, so that what is sent again after a failure is only the rest. */
  readonly onSaid: (comment: string | null) => void
  readonly onUploaded: (file: File) => void
}

/** Says something; its files follow one by one, hung on the words they came with. */
export const useSay = (home: Home) => {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (words: Words): Promise<void> => {
      const { text, audience, files, macro = null, comment, onSaid, onUploaded, onProgress } = words
      const at = pathOf(home)
      // when words arrived and a file did not, only the file is sent again
      const isSaid = text === '' && macro === null
      const said = isSaid ? comment : (await post<{ id: string | null }>(...sayingOf(at, words))).id
      if (!isSaid) onSaid(said)
      for (const file of files) {
        await postFile(`${at}/attachments`, file, { name: file.name, audience, comment: said }, (share) =>
          onProgress?.(file, share),
        )
        onUploaded(file)
      }
    },
    // also after a failure: the words may be there while a file is not
    onSettled: () =>
      client.invalidateQueries({ queryKey: [home.noun === 'tickets' ? 'ticket' : 'work-item', home.ref] }),
  })
}

const sayingOf = (at: string, words: Words): readonly [path: string, body: object] => {
  const { text, audience, asks, answers, mentions = [], answering, macro = null } = words
  if (answers === true) return [`${at}/answer`, { answer: text }]
  const said = {
    audience,
    ...(asks === true ? { asks } : {}),
    ...(mentions.length === 0 ? {} : { mentions }),
    ...(answering === undefined ? {} : { answering }),
  }
  return macro === null
    ? [`${at}/comments`, { text, ...said }]
    : [`${at}/macro`, { macro: macro.id, skip: macro.skip, text: text === '' ? null : text, ...said }]
}

export const attachmentAddress = (id: string): string =>
  `/api/v1/attachments/${encodeURIComponent(id)}/content`

/** A file of a new request, which comes before any words of a conversation. */
export const attachToTicket = (ref: string, file: File): Promise<unknown> =>
  postFile(`/tickets/${encodeURIComponent(ref)}/attachments`, file, { name: file.name, audience: 'everyone' })
