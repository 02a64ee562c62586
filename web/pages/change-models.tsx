import { useState } from 'react'
import { type ChangeModel, useModelStep, useModels } from '../api/changes.ts'
import { useMay, useSelf } from '../api/session.ts'
import { ChangeModelDialog } from '../forms/change-model-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { WordFilter } from '../parts/filter-fields.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { type ManagedRow, Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { ChangeTabs } from '../parts/tabs.tsx'
import { tell } from '../parts/tell.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { archived: ['true'] } as const

/** What standard changes are made from. */
export const ChangeModels = () => {
  const texts = useTexts()
  const self = useSelf()
  const { models } = texts.changes
  const mayRead = useMay('changes.read')
  const mayWrite = useMay('changes.write')
  const { filters, set } = useFilters(KNOWN, paths.changeModels)
  const source = useModels(filters, mayRead)
  const [open, setOpen] = useState<ChangeModel | 'new' | null>(null)
  const rowOf = useRow(setOpen)
  const reason = mayWrite ? null : roleReason(self, texts)
  const add = (): void => setOpen('new')
  useKeys(models.title, [{ keys: 'a', label: models.add, run: add, reason }])
  const adding = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={models.add}
      keys="a"
      reason={reason}
      run={add}
    />
  )
  return (
    <>
      <ScreenHead title={models.title} about={models.about}>
        {adding}
      </ScreenHead>
      <ChangeTabs />
      {mayRead ? (
        <>
          <Filters label={texts.filters.title}>
            <WordFilter
              label={texts.manage.which}
              words={texts.manage.archivedOnes}
              value={filters.archived}
              set={(word) => set('archived', word)}
            />
          </Filters>
          <List
            source={{ ...source, items: source.items.map((item) => ({ id: item.id, key: item.id, item })) }}
            row={({ item }) => <Row opens row={rowOf(item)} />}
            open={({ item }) => setOpen(item)}
            empty={
              <Empty icon="gate" title={models.empty}>
                {models.emptyAbout}
              </Empty>
            }
          />
        </>
      ) : (
        <NoRights />
      )}
      {open === null ? null : (
        <ChangeModelDialog model={open === 'new' ? null : open} close={() => setOpen(null)} />
      )}
    </>
  )
}

const useRow = (open: (model: ChangeModel) => void): ((model: ChangeModel) => ManagedRow) => {
  const texts = useTexts()
  const self = useSelf()
  const { models } = texts.changes
  const mayWrite = useMay('changes.write')
  const mayApprove = useMay('changes.approve')
  const none = roleReason(self, texts)
  const step = useModelStep()
  const tellProblem = useTellProblem()
  const send = (id: string, name: 'approve' | 'archive' | 'restore') => (): void =>
    step.mutate(
      { id, step: name },
      { onSuccess: () => tell({ text: models.done[name], tone: 'good' }), onError: tellProblem },
    )
  return (model) => {
    const { id, name, product, approvedBy, approvedAt, archivedAt, changes } = model
    const writing = mayWrite ? null : none
    const standing = approvedBy === null ? models.waits : models.approved(approvedBy.name)
    return {
      name,
      face: <Icon name="gate" />,
      about: `${product?.name ?? models.everyProduct} · ${models.made(changes)}`,
      facts: <Badge tone={approvedAt === null ? 'warn' : 'good'}>{standing}</Badge>,
      actions:
        archivedAt === null
          ? [
              { label: models.edit, run: () => open(model), reason: writing },
              ...(approvedAt === null
                ? [{ label: models.approve, run: send(id, 'approve'), reason: mayApprove ? null : none }]
                : []),
              { label: texts.manage.archive, run: send(id, 'archive'), reason: writing },
            ]
          : [{ label: texts.manage.bringBack, run: send(id, 'restore'), reason: writing }],
    }
  }
}
