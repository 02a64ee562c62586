import { useState } from 'react'
import { type Chat, useChats, useKeepChat } from '../api/chats.ts'
import { useMay, useSelf } from '../api/session.ts'
import { ChatDialog } from '../forms/chat-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { type ManagedRow, Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { archived: ['true'] } as const

/** Chat tools in which our people may ask, and whether they get an answer. */
export const Chats = () => {
  const texts = useTexts()
  const self = useSelf()
  const { chats: words, manage } = texts
  const mayRead = useMay('connections.read')
  const reason = useMay('connections.write') ? null : roleReason(self, texts)
  const { filters, set } = useFilters(KNOWN, paths.chats)
  const source = useChats(filters, mayRead)
  const [open, setOpen] = useState<Chat | 'new' | null>(null)
  const archive = useArchive()
  const add = (): void => setOpen('new')
  useKeys(words.title, [{ keys: 'a', label: words.add, run: add, reason }])
  const button = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={words.add}
      keys="a"
      reason={reason}
      run={add}
    />
  )
  const rowOf = (chat: Chat): ManagedRow => ({
    name: chat.name,
    face: <Icon name="ask" />,
    about: [words.kinds[chat.kind], ...(chat.product === null ? [] : [chat.product.name])].join(' · '),
    ...(chat.refusedWhy === null || chat.archivedAt !== null
      ? {}
      : { problem: `${words.refused}: ${texts.sentence(chat.refusedWhy)}` }),
    facts:
      chat.heardAt === null ? (
        <Badge tone="plain">{words.never}</Badge>
      ) : (
        <span>
          {words.asked} <Time at={chat.heardAt} />
        </span>
      ),
    actions:
      chat.archivedAt === null
        ? [
            { label: manage.change, run: () => setOpen(chat), reason },
            { label: words.end, run: () => archive(chat, true), reason },
          ]
        : [{ label: manage.bringBack, run: () => archive(chat, false), reason }],
  })
  return (
    <>
      <ScreenHead title={words.title} about={words.about}>
        {mayRead ? button : null}
      </ScreenHead>
      <WaitTabs />
      {mayRead ? (
        <>
          <Filters label={texts.filters.title}>
            <WordFilter
              label={manage.which}
              words={manage.archivedOnes}
              value={filters.archived}
              set={(word) => set('archived', word)}
            />
          </Filters>
          <List
            source={{ ...source, items: source.items.map((chat) => ({ id: chat.id, key: chat.id, chat })) }}
            row={({ chat }) => <Row opens row={rowOf(chat)} />}
            open={({ chat }) => {
              const [first] = rowOf(chat).actions
              if (first?.reason === null) first.run()
            }}
            empty={
              <Empty icon="ask" title={words.empty} actions={button}>
                {words.emptyAbout}
              </Empty>
            }
          />
        </>
      ) : (
        <NoRights />
      )}
      {open === null ? null : (
        <ChatDialog
          key={open === 'new' ? 'new' : open.id}
          chat={open === 'new' ? null : open}
          opened={setOpen}
          close={() => setOpen(null)}
        />
      )}
    </>
  )
}

/** Ends it or brings it back, with the way back. */
const useArchive = () => {
  const texts = useTexts()
  const keep = useKeepChat()
  const tellProblem = useTellProblem()
  const archive = ({ id, name }: Chat, archived: boolean): void =>
    keep.mutate(
      { id, set: { archived } },
      {
        onSuccess: (chat) =>
          tell({
            text: archived ? texts.manage.archived(name) : texts.manage.broughtBack(name),
            tone: 'good',
            ...(archived ? { undo: { label: texts.forms.undo, run: () => archive(chat, false) } } : {}),
          }),
        onError: tellProblem,
      },
    )
  return archive
}
