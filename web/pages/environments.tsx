import { Button } from '@mantine/core'
import { useState } from 'react'
import { type Environment, useEnvironments, useKeepEnvironment } from '../api/environments.ts'
import { useMay, useSelf } from '../api/session.ts'
import { BookingDialog } from '../forms/booking-dialog.tsx'
import { DeployDialog, EnvironmentDialog } from '../forms/environment-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { type ManagedRow, Row } from '../parts/managed-list.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time, useMoments } from '../parts/time.tsx'
import { RELEASE_TONES } from '../parts/tones.ts'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { useTellProblem } from '../parts/use-tell-problem.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { text: 'any', archived: ['true'] } as const

type Open =
  | { readonly what: 'add' }
  | { readonly what: 'book' | 'deploy' | 'edit'; readonly environment: Environment }

/** Where builds run, what runs there now, and who has it. */
export const Environments = () => {
  const texts = useTexts()
  const self = useSelf()
  const { environments } = texts
  const mayRead = useMay('environments.read')
  const mayWrite = useMay('environments.write')
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.environments)
  const source = useEnvironments(filters, mayRead)
  const [open, setOpen] = useState<Open | null>(null)
  const rowOf = useRow(setOpen)
  const close = (): void => setOpen(null)
  const reason = mayWrite ? null : roleReason(self, texts)
  useKeys(environments.title, [
    { keys: 'a', label: environments.add, run: () => setOpen({ what: 'add' }), reason },
  ])
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={environments.add}
      reason={reason}
      run={() => setOpen({ what: 'add' })}
    />
  )
  if (!mayRead)
    return (
      <>
        <ScreenHead title={environments.title} about={environments.about} />
        <NoRights />
      </>
    )
  return (
    <>
      <ScreenHead title={environments.title} about={environments.about}>
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
            <Empty icon="system" title={environments.empty} actions={add}>
              {environments.emptyAbout}
            </Empty>
          )
        }
      />
      {open?.what === 'add' ? <EnvironmentDialog environment={null} close={close} /> : null}
      {open?.what === 'edit' ? <EnvironmentDialog environment={open.environment} close={close} /> : null}
      {open?.what === 'deploy' ? <DeployDialog environment={open.environment} close={close} /> : null}
      {open?.what === 'book' ? <BookingDialog environmentId={open.environment.id} close={close} /> : null}
    </>
  )
}

const useRow = (open: (what: Open) => void): ((environment: Environment) => ManagedRow) => {
  const texts = useTexts()
  const self = useSelf()
  const archive = useArchive()
  const { environments, manage } = texts
  const none = roleReason(self, texts)
  const [mayBook, mayDeploy, mayWrite] = [
    useMay('bookings.write'),
    useMay('environments.deploy'),
    useMay('environments.write'),
  ]
  const about = useAbout()
  const go = useGo()
  return (environment) => {
    const { name, isShareable, release, deployedAt, archivedAt } = environment
    const isGone = archivedAt !== null
    const action = (label: string, may: boolean, run: () => void) => ({
      ...{ label, run, reason: may ? null : none },
    })
    return {
      name,
      face: <Icon name="system" />,
      about: about(environment),
      facts: (
        <>
          {isShareable ? <span>{environments.shared}</span> : null}
          <Badge tone={release === null ? 'plain' : RELEASE_TONES[release.state]}>
            {release?.name ?? environments.nothingRuns}
          </Badge>
          {deployedAt === null ? null : (
            <span>
              {environments.putThere} <Time at={deployedAt} />
            </span>
          )}
          {isGone ? null : <Standing environment={environment} />}
        </>
      ),
      actions: isGone
        ? [action(manage.bringBack, mayWrite, () => archive(environment, false))]
        : [
            action(environments.book, mayBook, () => open({ what: 'book', environment })),
            action(environments.deploy, mayDeploy, () => open({ what: 'deploy', environment })),
            {
              label: texts.deployments.history,
              reason: null,
              run: () => go(paths.deployments({ environment: environment.id })),
            },
            action(manage.change, mayWrite, () => open({ what: 'edit', environment })),
            action(manage.archive, mayWrite, () => archive(environment, true)),
          ],
    }
  }
}

/** Whose it is at this moment. */
const Standing = ({ environment: { held } }: { readonly environment: Environment }) => {
  const { environments } = useTexts()
  const { moment } = useMoments()
  const [first] = held
  if (first === undefined) return <Badge tone="good">{environments.free}</Badge>
  const until = moment(
    held
      .map(({ to }) => to)
      .toSorted()
      .at(-1) ?? first.to,
  )
  return (
    <Badge tone="warn" title={held.map(({ person, purpose }) => `${person.name}: ${purpose}`).join(' · ')}>
      {held.length === 1
        ? environments.held(first.person.name, until)
        : environments.heldBy(held.length, until)}
    </Badge>
  )
}

const useAbout = (): ((environment: Environment) => string) => {
  const { environments } = useTexts()
  const { moment } = useMoments()
  return ({ product, purpose, next }) =>
    [
      ...[product.name, purpose],
      ...(next === null ? [] : [environments.next(next.person.name, moment(next.from))]),
    ].join(' · ')
}

/** Archives or brings back, with the way back. */
const useArchive = () => {
  const texts = useTexts()
  const keep = useKeepEnvironment()
  const tellProblem = useTellProblem()
  const archive = ({ id, name }: Pick<Environment, 'id' | 'name'>, archived: boolean, isUndo = false): void =>
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
        onError: tellProblem,
      },
    )
  return archive
}
