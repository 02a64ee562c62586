import { Button } from '@mantine/core'
import { useState } from 'react'
import { type Macro, useKeepMacro, useMacros } from '../api/macros.ts'
import { factsOf } from '../api/problem.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { MacroDialog } from '../forms/macro-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { macroDeeds } from '../parts/macro-words.ts'
import { Row } from '../parts/managed-list.tsx'
import { problemWords } from '../parts/problem-words.ts'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { AudienceMark } from '../parts/timeline.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { text: 'any', archived: ['true'] } as const

/** What the desk says and does again and again: looked for, written, changed, archived. */
export const Macros = () => {
  const texts = useTexts()
  const self = useSelf()
  const { macros } = texts
  const mayWrite = mayDo(self, 'tickets.write')
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.macros)
  const source = useMacros(filters, mayWrite)
  const archive = useArchive()
  const [open, setOpen] = useState<Macro | 'new' | null>(null)
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={macros.add}
      reason={mayWrite ? null : roleReason(self, texts)}
      run={() => setOpen('new')}
    />
  )
  if (!mayWrite)
    return (
      <>
        <ScreenHead title={macros.title} about={macros.about} />
        <NoRights />
      </>
    )
  return (
    <>
      <ScreenHead title={macros.title} about={macros.about}>
        {add}
      </ScreenHead>
      <Filters label={texts.filters.title}>
        <TextFilter label={texts.manage.search} value={filters.text} set={(text) => set('text', text)} />
        <WordFilter
          label={texts.manage.which}
          words={texts.manage.archivedOnes}
          value={filters.archived}
          set={(word) => set('archived', word)}
        />
      </Filters>
      <List
        source={{ ...source, items: source.items.map((macro) => ({ id: macro.id, key: macro.id, macro })) }}
        row={({ macro }) => (
          <Row
            opens
            row={{
              name: macro.name,
              about: aboutOf(macro, texts),
              facts: <AudienceMark audience={macro.audience} />,
              actions: [
                { label: texts.manage.change, reason: null, run: () => setOpen(macro) },
                {
                  label: macro.archivedAt === null ? texts.manage.archive : texts.manage.bringBack,
                  reason: null,
                  run: () => archive(macro, macro.archivedAt === null),
                },
              ],
            }}
          />
        )}
        open={({ macro }) => setOpen(macro)}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={texts.manage.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {texts.manage.noneAbout}
            </Empty>
          ) : (
            <Empty icon="ticket" title={macros.empty} actions={add}>
              {macros.emptyAbout}
            </Empty>
          )
        }
      />
      {open === null ? null : (
        <MacroDialog macro={open === 'new' ? null : open} close={() => setOpen(null)} />
      )}
    </>
  )
}

const aboutOf = (macro: Macro, texts: ReturnType<typeof useTexts>): string => {
  const deeds = macroDeeds(macro.actions, macro.assignee, texts).map(([, words]) => words)
  return [macro.team?.name ?? texts.macros.all, ...(deeds.length === 0 ? [texts.macros.none] : deeds)].join(
    ' · ',
  )
}

/** Archives or brings back, with the way back. */
const useArchive = () => {
  const texts = useTexts()
  const keep = useKeepMacro()
  const archive = ({ id, name }: Pick<Macro, 'id' | 'name'>, archived: boolean, isUndo = false): void =>
    keep.mutate(
      { id, set: { archived } },
      {
        onSuccess: () =>
          tell({
            text: archived ? texts.manage.archived(name) : texts.manage.broughtBack(name),
            tone: 'good',
            ...(isUndo
              ? {}
              : { undo: { label: texts.forms.undo, run: () => archive({ id, name }, !archived, true) } }),
          }),
        onError: (error) => {
          const { title, detail } = problemWords(factsOf(error), texts)
          tell({ text: `${title}. ${detail}`, tone: 'bad' })
        },
      },
    )
  return archive
}
