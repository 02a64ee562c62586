import type { Noun } from '../api/organisation.ts'
import { useKeep } from '../api/organisation.ts'
import { factsOf } from '../api/problem.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import type { RowAction } from './managed-list.tsx'
import { problemWords } from './problem-words.ts'
import { tell } from './tell.tsx'

interface Archivable {
  readonly id: string
  readonly name: string
  readonly archivedAt: string | null
}

/** Archive or bring back, with the way back. */
export const useArchiving = (noun: Exclude<Noun, 'installations'>) => {
  const texts = useTexts()
  const keep = useKeep(noun)
  const set = ({ id, name }: Archivable, archived: boolean, isUndo = false): void =>
    keep.mutate(
      { id, set: { archived } },
      {
        onSuccess: () =>
          tell({
            text: archived ? texts.manage.archived(name) : texts.manage.broughtBack(name),
            tone: 'good',
            ...(isUndo
              ? {}
              : {
                  undo: {
                    label: texts.forms.undo,
                    run: () => set({ id, name, archivedAt: null }, !archived, true),
                  },
                }),
          }),
        onError: (error) => {
          const { title, detail } = problemWords(factsOf(error), texts)
          tell({ text: `${title}. ${detail}`, tone: 'bad' })
        },
      },
    )
  return (item: Archivable, reason: string | null): RowAction => ({
    label: item.archivedAt === null ? texts.manage.archive : texts.manage.bringBack,
    reason,
    run: () => set(item, item.archivedAt === null),
  })
}
