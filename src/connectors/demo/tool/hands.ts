import { sha256 } from '../../../lib/stable.ts'
import type { Visibility } from '../../../sync/snapshot.ts'
import type { DemoItem, LedgerEntry, PatternBytes, Refusal } from './model.ts'
import { type Actor, commit, findItem, nextNumber, type ToolState } from './state.ts'
import * as writes from './writes.ts'

/**
 * What people do in the tool. Each takes an item by id or key and `by`, a user id (default: the first user). With
 * `by: tool.account.id` a person works under the service account: nothing tells that apart from our own writes but
 * the ledger's `via`. A refusal here is a mistake of the test or the demo, so it is thrown.
 */
export interface Hands {
  humanCreate(made: writes.NewItem, by?: string): DemoItem
  humanEdit(item: string, fields: Readonly<Record<string, unknown>>, by?: string): DemoItem
  /** To another container: the key changes, the id stays. */
  humanMove(item: string, container: string, by?: string): DemoItem
  /** A copy with a new id, without comments, with the marker. */
  humanClone(item: string, by?: string): DemoItem
  humanDelete(item: string, by?: string): void
  /** Takes a deletion back. */
  restoreItem(item: string, by?: string): DemoItem
  /** Merges `from` into `into`: its comments move there, with their old times. */
  merge(from: string, into: string, by?: string): DemoItem
  /** Answers the comment's id. `at`: the author's time, when it is not now (an import). */
  humanComment(
    item: string,
    text: string,
    more?: { visibility?: Visibility; by?: string; at?: string },
  ): string
  humanEditComment(item: string, commentId: string, text: string, by?: string): void
  humanSetVisibility(item: string, commentId: string, visibility: Visibility, by?: string): void
  humanDeleteComment(item: string, commentId: string, by?: string): void
  /** Answers the attachment's id. */
  humanAttach(item: string, file: HumanFile, by?: string): string
  humanDetach(item: string, attachmentId: string, by?: string): void
  humanLink(item: string, url: string, title: string, by?: string): void
  humanUnlink(item: string, url: string, by?: string): void
  /** A release (version, milestone) of a container. */
  humanRelease(
    container: string,
    name: string,
    more?: { due?: string; description?: string },
    by?: string,
  ): DemoItem
}

export interface HumanFile {
  readonly name: string
  readonly mediaType?: string
  /** The bytes, or a recipe for files too large to keep. */
  readonly content: Uint8Array | PatternBytes
  readonly visibility?: Visibility
  readonly commentId?: string
}

export const createHands = (state: ToolState, afterwards: () => void): Hands => {
  const actor = (by: string | undefined): Actor => ({
    who: by ?? state.setup.users[0]?.id ?? state.account.id,
    via: 'hand',
    key: null,
  })
  const item = (idOrKey: string): DemoItem => {
    const found = findItem(state, idOrKey)
    if (found === undefined) throw new Error(`${state.name} has no item ${idOrKey}`)
    return found
  }
  const done = (
    outcome: { ok: true; value: writes.Written } | { ok: false; error: Refusal },
  ): writes.Written => {
    if (!outcome.ok) throw new Error(`${state.name} refuses: ${outcome.error.error}`)
    afterwards()
    return outcome.value
  }
  const plainly = (
    next: DemoItem,
    by: string | undefined,
    op: LedgerEntry['op'],
    what: Record<string, string>,
  ): DemoItem => {
    const made = commit(state, next, actor(by), { op, before: null, after: what })
    afterwards()
    return made
  }
  return {
    humanCreate: (made, by) => done(writes.createItem(state, actor(by), made)).item,
    humanEdit: (id, fields, by) =>
      done(writes.updateItem(state, actor(by), item(id), fields, { force: true })).item,
    humanMove: (id, container, by) =>
      done(writes.updateItem(state, actor(by), item(id), { container }, { force: true })).item,
    humanClone: (id, by) => cloned(item(id), by),
    humanDelete: (id, by) => {
      plainly({ ...item(id), deleted: true }, by, 'delete', { deleted: 'yes' })
    },
    restoreItem: (id, by) => plainly({ ...item(id), deleted: false }, by, 'restore', { deleted: 'no' }),
    merge: (from, into, by) => merged(item(from), item(into), by),
    humanComment: (id, text, { visibility = 'public', by, at } = {}) =>
      named(
        done(
          writes.addComment(state, actor(by), item(id), {
            text,
            visibility,
            ...(at === undefined ? {} : { at }),
          }),
        ),
      ),
    humanEditComment: (id, commentId, text, by) => {
      done(writes.editComment(state, actor(by), item(id), commentId, { text }))
    },
    humanSetVisibility: (id, commentId, visibility, by) => {
      done(writes.editComment(state, actor(by), item(id), commentId, { visibility }))
    },
    humanDeleteComment: (id, commentId, by) => {
      done(writes.deleteComment(state, actor(by), item(id), commentId))
    },
    humanAttach: (id, file, by) =>
      named(done(writes.attach(state, actor(by), item(id), stored(state, file)))),
    humanDetach: (id, attachmentId, by) => {
      done(writes.detach(state, actor(by), item(id), attachmentId))
    },
    humanLink: (id, url, title, by) => {
      done(writes.addLink(state, actor(by), item(id), { url, title }))
    },
    humanUnlink: (id, url, by) => {
      done(writes.removeLink(state, actor(by), item(id), url))
    },
    humanRelease: (container, name, { due, description } = {}, by) => {
      if (state.kind === 'desk') throw new Error('a desk has no releases')
      const fields = {
        title: name,
        ...(due === undefined ? {} : { due }),
        ...(description === undefined ? {} : { description }),
      }
      return done(writes.createItem(state, actor(by), { kind: 'release', container, fields })).item
    },
  }

  function cloned(original: DemoItem, by: string | undefined): DemoItem {
    const place = state.setup.containers.find(({ id }) => id === original.container)
    const clone: DemoItem = {
      ...original,
      id: state.newId(''),
      seq: nextNumber(state, ''),
      key: `${place?.prefix ?? 'X'}-${nextNumber(state, place?.prefix ?? 'X')}`,
      createdBy: actor(by).who,
      createdAt: state.now().toISOString(),
      comments: [],
      version: 0,
    }
    return plainly(clone, by, 'clone', { of: original.id })
  }

  function merged(from: DemoItem, into: DemoItem, by: string | undefined): DemoItem {
    const comments = [...into.comments, ...from.comments].sort((a, b) =>
      a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
    )
    const attachments = [...into.attachments, ...from.attachments]
    const last = state.setup.statuses.findLast(({ category }) => category === 'done')
    const status = last?.word ?? from.fields.status ?? null
    plainly(
      {
        ...from,
        comments: [],
        attachments: [],
        mergedInto: into.id,
        fields: { ...from.fields, status },
        deleted: state.setup.traits.merged === 'gone',
      },
      by,
      'merge',
      { into: into.id },
    )
    return plainly({ ...into, comments, attachments }, by, 'merge', { from: from.id })
  }
}

const named = (made: writes.Written): string => made.elementId ?? ''

const stored = (state: ToolState, file: HumanFile): writes.NewAttachment => {
  const common = {
    name: file.name,
    mediaType: file.mediaType ?? 'application/octet-stream',
    visibility: file.visibility ?? 'public',
    commentId: file.commentId ?? null,
  }
  if (!(file.content instanceof Uint8Array))
    return { ...common, size: file.content.size, sha256: null, pattern: file.content }
  const hash = sha256(file.content)
  state.blobs.set(hash, file.content)
  return { ...common, size: file.content.length, sha256: hash, pattern: null }
}
