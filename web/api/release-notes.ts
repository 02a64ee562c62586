import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Static } from 'typebox'
import type * as schema from '../../src/api/release-notes/schema.ts'
import type { NoteStep } from '../../src/domain/release-note.ts'
import { patch, post } from './client.ts'
import { itemsOf, usePages } from './page.ts'
import { queryKeys } from './query-keys.ts'

export type ReleaseNote = Static<typeof schema.ReleaseNote>
export type NewNote = Static<typeof schema.NewNote>
export type UnnotedWork = Static<typeof schema.UnnotedWork>

const AT_ONCE = 200

export const useReleaseNotes = (release: string, enabled: boolean) => {
  const path = `/releases/${encodeURIComponent(release)}/notes`
  const pages = usePages<ReleaseNote>(queryKeys.releaseNotes(release), path, { limit: AT_ONCE }, { enabled })
  return { ...pages, items: itemsOf(pages.data).map((note) => ({ ...note, key: note.id })) }
}

export const useUnnoted = (release: string, enabled: boolean) => {
  const path = `/releases/${encodeURIComponent(release)}/notes/missing`
  const pages = usePages<UnnotedWork>(queryKeys.unnotedWork(release), path, {}, { enabled })
  return { ...pages, items: itemsOf(pages.data) }
}

/** What is written of a release also answers callers. */
const useStale = () => {
  const client = useQueryClient()
  return () =>
    Promise.all(
      [queryKeys.releases, ['work-items', 'bug-or-feature']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
}

export const useKeepNote = () =>
  useMutation({
    mutationFn: (
      asked:
        | { readonly release: string; readonly make: NewNote }
        | { readonly id: string; readonly set: Partial<NewNote>; readonly revision: number },
    ) =>
      'make' in asked
        ? post<ReleaseNote>(`/releases/${encodeURIComponent(asked.release)}/notes`, asked.make)
        : patch<ReleaseNote>(`/release-notes/${encodeURIComponent(asked.id)}`, {
            ...{ set: asked.set, revision: asked.revision },
          }),
    onSuccess: useStale(),
  })

export const useNoteStep = () =>
  useMutation({
    mutationFn: ({ id, step }: { readonly id: string; readonly step: NoteStep }) =>
      post<ReleaseNote>(`/release-notes/${encodeURIComponent(id)}/${step}`),
    onSuccess: useStale(),
  })

export const useDraftNotes = () =>
  useMutation({
    mutationFn: ({
      release,
      workItems,
    }: {
      readonly release: string
      readonly workItems: readonly string[]
    }) =>
      post<Static<typeof schema.Drafted>>(`/releases/${encodeURIComponent(release)}/notes/drafts`, {
        workItems,
      }),
    onSuccess: useStale(),
  })
