import { Button } from '@mantine/core'
import { useState } from 'react'
import { type FollowedRepository, useKeepRepository, useRepositories } from '../api/repositories.ts'
import { useMay, useSelf } from '../api/session.ts'
import { RepositoryDialog } from '../forms/repository-dialog.tsx'
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

/** Repositories that Causeway reads itself, and how each of them stands. */
export const Repositories = () => {
  const texts = useTexts()
  const self = useSelf()
  const { repositories: words } = texts
  const mayRead = useMay('repositories.read')
  const reason = useMay('repositories.write') ? null : roleReason(self, texts)
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.repositories)
  const source = useRepositories(filters, mayRead)
  const [open, setOpen] = useState<FollowedRepository | 'new' | null>(null)
  const rowOf = useRow(setOpen, reason)
  const follow = (): void => setOpen('new')
  useKeys(words.title, [{ keys: 'a', label: words.add, run: follow, reason }])
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={words.add}
      keys="a"
      reason={reason}
      run={follow}
    />
  )
  return (
    <>
      <ScreenHead title={words.title} about={words.about}>
        {mayRead ? add : null}
      </ScreenHead>
      <WaitTabs />
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
            open={({ item }) => {
              const [first] = rowOf(item).actions
              if (first?.reason === null) first.run()
            }}
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
                <Empty icon="link" title={words.empty} actions={add}>
                  {words.emptyAbout}
                </Empty>
              )
            }
          />
        </>
      ) : (
        <NoRights />
      )}
      {open === null ? null : (
        <RepositoryDialog repository={open === 'new' ? null : open} close={() => setOpen(null)} />
      )}
    </>
  )
}

const useRow = (
  edit: (repository: FollowedRepository) => void,
  reason: string | null,
): ((repository: FollowedRepository) => ManagedRow) => {
  const texts = useTexts()
  const { repositories: words, manage } = texts
  const change = useChange()
  return (repository) => {
    const { id, address, product, archivedAt, pausedAt, releases, path, tags } = repository
    const action = (label: string, run: () => void) => ({ label, run, reason })
    return {
      name: address,
      face: <Icon name="link" />,
      about: (
        <>
          {[product.name, ...(path === null ? [] : [path]), ...(tags === null ? [] : [tags])].join(' · ')} ·{' '}
          {words.releases(releases)}
          {repository.told === null ? null : (
            <>
              {' '}
              · {words.told(repository.told.releases, repository.told.commits)}{' '}
              <Time at={repository.told.at} />
            </>
          )}
        </>
      ),
      ...(repository.problem === null ? {} : { problem: <Problem of={repository.problem} /> }),
      facts: <Standing repository={repository} />,
      actions:
        archivedAt !== null
          ? [action(manage.bringBack, () => change(id, { archived: false }, manage.broughtBack(address)))]
          : [
              action(manage.change, () => edit(repository)),
              ...(pausedAt === null
                ? [
                    action(words.readNow, () => change(id, 'now', words.readSoon)),
                    action(words.pause, () =>
                      change(id, { paused: true }, words.isPaused, { paused: false }),
                    ),
                  ]
                : [action(words.resume, () => change(id, { paused: false }, words.isResumed))]),
              action(words.archive, () =>
                change(id, { archived: true }, manage.archived(address), { archived: false }),
              ),
            ],
    }
  }
}

const Problem = ({ of }: { readonly of: NonNullable<FollowedRepository['problem']> }) => {
  const { sentence } = useTexts()
  return (
    <>
      {sentence(of.what)} {sentence(of.todo)}{' '}
      {of.detail === undefined ? null : <span className="quiet">{sentence(of.detail)}</span>}
    </>
  )
}

const Standing = ({ repository }: { readonly repository: FollowedRepository }) => {
  const { repositories: words } = useTexts()
  const { archivedAt, pausedAt, isReading, problem, readAt } = repository
  if (archivedAt !== null) return null
  if (pausedAt !== null) return <Badge tone="plain">{words.paused}</Badge>
  if (isReading) return <Badge tone="info">{words.reading}</Badge>
  if (problem !== null)
    return (
      <>
        <Badge tone="bad">{words.fails}</Badge>
        <span>
          {words.since} <Time at={problem.since} />
        </span>
      </>
    )
  return readAt === null ? (
    <Badge tone="plain">{words.never}</Badge>
  ) : (
    <span>
      {words.read} <Time at={readAt} />
    </span>
  )
}

type Set = { readonly paused: boolean } | { readonly archived: boolean }

/** One press, with the way back. */
const useChange = () => {
  const texts = useTexts()
  const keep = useKeepRepository()
  const tellProblem = useTellProblem()
  return (id: string, what: Set | 'now', text: string, back?: Set): void =>
    keep.mutate(what === 'now' ? { readNow: id } : { id, set: what }, {
      onSuccess: () =>
        tell({
          text,
          tone: 'good',
          ...(back === undefined
            ? {}
            : {
                undo: {
                  label: texts.forms.undo,
                  run: () => keep.mutate({ id, set: back }, { onError: tellProblem }),
                },
              }),
        }),
      onError: tellProblem,
    })
}
