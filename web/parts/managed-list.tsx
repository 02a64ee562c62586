import { Button, Menu } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { RuleName } from '../../src/api/access.ts'
import { type Noun, type Organised, useOrganised } from '../api/organisation.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { ActionButton } from './action-button.tsx'
import { TextFilter, WordFilter } from './filter-fields.tsx'
import { Icon, type IconName } from './icons.tsx'
import { List } from './list.tsx'
import styles from './managed-list.module.css'
import { roleReason } from './roles.ts'
import { Filters, ScreenHead } from './screen.tsx'
import { Empty, NoRights } from './states.tsx'
import { useFilters } from './use-filters.ts'

export interface RowAction {
  readonly label: string
  readonly run: () => void
  /** Null: it can be done. */
  readonly reason: string | null
}

export interface ManagedRow {
  readonly name: string
  readonly face?: ReactNode
  readonly about: ReactNode
  /** What is wrong with it, in whole sentences. */
  readonly problem?: ReactNode
  readonly facts?: ReactNode
  /** The first is what a click on the name does, in a list whose rows open. */
  readonly actions: readonly RowAction[]
}

const KNOWN = { text: 'any', archived: ['true'] } as const

/** A list of what an organisation has, where it can be looked for, added to, changed and archived. */
export const ManagedList = <N extends Noun>({
  noun,
  icon,
  words,
  address,
  rules,
  tabs,
  row,
  dialog,
  isSearched = true,
}: {
  readonly noun: N
  readonly icon: IconName
  readonly words: {
    readonly title: string
    readonly about: string
    readonly add: string
    readonly empty: string
    readonly emptyAbout: string
  }
  readonly address: (filters: { readonly text?: string; readonly archived?: string }) => string
  readonly rules: { readonly read: RuleName; readonly write: RuleName }
  readonly tabs?: ReactNode
  /** `edit` opens the dialog for this one. */
  readonly row: (item: Organised<N>, edit: () => void, whyNot: string | null) => ManagedRow
  readonly dialog: (item: Organised<N> | null, close: () => void) => ReactNode
  /** False: the server finds none of these by words, and archives none. */
  readonly isSearched?: boolean
}) => {
  const texts = useTexts()
  const self = useSelf()
  const mayRead = mayDo(self, rules.read)
  const whyNot = mayDo(self, rules.write) ? null : roleReason(self, texts)
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, address)
  const source = useOrganised(noun, isSearched ? filters : {}, mayRead)
  const [open, setOpen] = useState<Organised<N> | 'new' | null>(null)
  const close = (): void => setOpen(null)
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={words.add}
      reason={whyNot}
      run={() => setOpen('new')}
    />
  )
  if (!mayRead)
    return (
      <>
        <ScreenHead title={words.title} about={words.about} />
        <NoRights />
      </>
    )
  return (
    <>
      <ScreenHead title={words.title} about={words.about}>
        {add}
      </ScreenHead>
      {tabs}
      {isSearched ? (
        <Filters label={texts.filters.title}>
          <TextFilter label={texts.manage.search} value={filters.text} set={(text) => set('text', text)} />
          <WordFilter
            label={texts.manage.which}
            words={texts.manage.archivedOnes}
            value={filters.archived}
            set={(word) => set('archived', word)}
          />
        </Filters>
      ) : null}
      <List
        source={{ ...source, items: source.items.map((item) => ({ id: item.id, key: item.id, item })) }}
        row={({ item }) => <Row opens row={row(item, () => setOpen(item), whyNot)} />}
        open={({ item }) => {
          const [first] = row(item, () => setOpen(item), whyNot).actions
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
            <Empty icon={icon} title={words.empty} actions={add}>
              {words.emptyAbout}
            </Empty>
          )
        }
      />
      {open === null ? null : dialog(open === 'new' ? null : open, close)}
    </>
  )
}

export const Row = ({ row, opens = false }: { readonly row: ManagedRow; readonly opens?: boolean }) => {
  const texts = useTexts()
  const { name, face, about, problem, facts, actions } = row
  const [first] = actions
  return (
    <div className={styles.row}>
      {face}
      <span className={styles.who}>
        {!opens || first === undefined || first.reason !== null ? (
          <strong>{name}</strong>
        ) : (
          <button type="button" className={styles.name} onClick={first.run}>
            {name}
          </button>
        )}
        <small>{about}</small>
        {problem === undefined ? null : <span className={styles.problem}>{problem}</span>}
      </span>
      <span className={styles.facts}>{facts}</span>
      {actions.length === 0 ? null : (
        <Menu shadow="md" position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" color="gray" px={8} aria-label={texts.manage.actions(name)}>
              <Icon name="more" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {actions.map(({ label, run, reason }) => (
              <Menu.Item key={label} disabled={reason !== null} title={reason ?? undefined} onClick={run}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  )
}
