import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { mayDo, useSelf } from '../api/session.ts'
import { type SavedView, useKeepView, viewsQuery } from '../api/views.ts'
import { ViewDialog } from '../forms/view-dialog.tsx'
import { viewAddress } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { useGo } from './go.tsx'
import { Icon } from './icons.tsx'
import { roleReason } from './roles.ts'
import { tell } from './tell.tsx'
import { usePinning } from './use-pinning.ts'

/** The views of a list: to open one, to keep what is shown now, to change or delete one's own. */
export const ViewsMenu = ({
  list,
  query,
}: {
  readonly list: SavedView['list']
  /** What the address holds now. */
  readonly query: string
}) => {
  const texts = useTexts()
  const go = useGo()
  const self = useSelf()
  const views = useQuery(viewsQuery)
  const keep = useKeepView()
  const { reason, againstMore, pin, unpin } = usePinning()
  const [open, setOpen] = useState<SavedView | 'new' | null>(null)
  const shown = (views.data?.items ?? []).filter((view) => view.list === list)
  const here = shown.find((view) => view.query === query)
  const whyNot = mayDo(self, 'views.write')
    ? self.personId === null
      ? texts.reasons.noPerson
      : null
    : roleReason(self, texts)
  const whyNotKept = whyNot ?? (query === '' ? texts.views.nothingToKeep : null)
  const remove = (view: SavedView): void =>
    keep.mutate(
      { id: view.id, set: { archived: true } },
      {
        onSuccess: () =>
          tell({
            text: texts.views.deleted(view.name),
            tone: 'good',
            undo: {
              label: texts.forms.undo,
              run: () => keep.mutate({ id: view.id, set: { archived: false } }),
            },
          }),
      },
    )
  return (
    <>
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="menu" size={14} />}>
            {here?.name ?? texts.views.title}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {shown.length === 0 ? <Menu.Label>{texts.views.none}</Menu.Label> : null}
          {shown.map((view) => (
            <Menu.Item
              key={view.id}
              aria-current={view === here || undefined}
              onClick={() => go(viewAddress(view.list, view.query))}
            >
              {view.name}
              <small>{` ${view.isMine ? texts.views.shared[view.sharedWith] : texts.views.by(view.owner.name)}`}</small>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            disabled={whyNotKept !== null}
            title={whyNotKept ?? undefined}
            onClick={() => setOpen('new')}
          >
            {texts.views.keep}
          </Menu.Item>
          {here === undefined ? null : (
            <PinItem
              label={here.position === null ? texts.rail.pin : texts.rail.unpin}
              reason={here.position === null ? againstMore : reason}
              run={() => (here.position === null ? pin(here) : unpin(here))}
            />
          )}
          {here?.isMine === true ? (
            <>
              <Menu.Item onClick={() => setOpen(here)}>{texts.views.change}</Menu.Item>
              <Menu.Item onClick={() => remove(here)}>{texts.views.delete}</Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {open === null ? null : (
        <ViewDialog
          list={list}
          query={query}
          view={open === 'new' ? null : open}
          close={() => setOpen(null)}
        />
      )}
    </>
  )
}

const PinItem = ({
  label,
  reason,
  run,
}: {
  readonly label: string
  readonly reason: string | null
  readonly run: () => void
}) => (
  <Menu.Item disabled={reason !== null} title={reason ?? undefined} onClick={run}>
    {label}
  </Menu.Item>
)
