import { Button } from '@mantine/core'
import { useState } from 'react'
import { CHANGE_KINDS, CHANGE_STATES } from '../../src/domain/words.ts'
import { type ListedChange, useChanges } from '../api/changes.ts'
import { useMay, useSelf } from '../api/session.ts'
import { ChangeDialog } from '../forms/change-dialog.tsx'
import { PickRecord } from '../forms/pick-record.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { roleReason } from '../parts/roles.ts'
import rows from '../parts/rows.module.css'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { ChangeTabs } from '../parts/tabs.tsx'
import { useMoments } from '../parts/time.tsx'
import { CHANGE_TONES, OUTCOME_TONES, RISK_TONES } from '../parts/tones.ts'
import { useFilters } from '../parts/use-filters.ts'
import { useKeys } from '../parts/use-keys.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const WHICH = ['open', 'mine', 'late'] as const
const KNOWN = {
  which: WHICH,
  state: CHANGE_STATES,
  kind: CHANGE_KINDS,
  product: 'any',
  text: 'any',
} as const

/** Who let what happen, when, and how it went. */
export const Changes = () => {
  const texts = useTexts()
  const { changes } = texts
  const self = useSelf()
  const mayRead = useMay('changes.read')
  const mayWrite = useMay('changes.write')
  const [isOpening, setOpening] = useState(false)
  const reason = mayWrite ? null : roleReason(self, texts)
  const open = (): void => setOpening(true)
  useKeys(changes.title, [{ keys: 'a', label: changes.add, run: open, reason }])
  const add = (
    <ActionButton
      variant="filled"
      leftSection={<Icon name="plus" size={14} />}
      label={changes.add}
      keys="a"
      reason={reason}
      run={open}
    />
  )
  return (
    <>
      <ScreenHead title={changes.title} about={changes.about}>
        {add}
      </ScreenHead>
      <ChangeTabs />
      {mayRead ? <AllChanges /> : <NoRights />}
      {isOpening ? <ChangeDialog change={null} close={() => setOpening(false)} /> : null}
    </>
  )
}

const AllChanges = () => {
  const texts = useTexts()
  const { changes } = texts
  const go = useGo()
  const { filters, set, isFiltered, clear } = useFilters(KNOWN, paths.changes)
  const { which, ...asked } = filters
  const source = useChanges({ ...asked, ...(which === undefined ? {} : { [which]: 'true' }) }, true)
  return (
    <>
      <Filters label={texts.filters.title}>
        <TextFilter value={filters.text} set={(text) => set('text', text)} />
        <WordFilter
          label={changes.which}
          words={changes.whichOnes}
          value={which}
          set={(word) => set('which', word)}
        />
        <WordFilter
          label={texts.fields.state}
          words={texts.words.changeState}
          value={filters.state}
          set={(word) => set('state', word)}
        />
        <WordFilter
          label={changes.kind}
          words={changes.kinds}
          value={filters.kind}
          set={(word) => set('kind', word)}
        />
        <PickRecord
          noun="products"
          label={texts.fields.product}
          isLabelHidden
          value={filters.product ?? null}
          choose={(id) => set('product', id)}
        />
      </Filters>
      <List
        source={source}
        row={(change) => <ChangeRow change={change} />}
        open={({ key }) => go(paths.change(key))}
        empty={
          isFiltered ? (
            <Empty
              icon="search"
              title={changes.none}
              actions={
                <Button variant="default" onClick={clear}>
                  {texts.filters.clear}
                </Button>
              }
            >
              {changes.noneAbout}
            </Empty>
          ) : (
            <Empty icon="gate" title={changes.empty}>
              {changes.emptyAbout}
            </Empty>
          )
        }
      />
    </>
  )
}

const ChangeRow = ({ change }: { readonly change: ListedChange }) => {
  const texts = useTexts()
  const { changes } = texts
  const { range } = useMoments()
  const { key, title, kind, product, from, to, level, state, outcome, keysWaiting, isLate } = change
  return (
    <Go to={paths.change(key)} className={`${rows.row} ${rows.change}`}>
      <span className={rows.key}>{key}</span>
      <span className={rows.title}>
        {title}
        <small>{[changes.kinds[kind], product.name].join(' · ')}</small>
      </span>
      <span className={rows.side}>
        {isLate ? <Badge tone="bad">{changes.late}</Badge> : null}
        {!isLate && keysWaiting > 0 ? <Badge tone="warn">{changes.keysWaiting(keysWaiting)}</Badge> : null}
      </span>
      <span className={rows.side}>{from === null || to === null ? changes.noWindow : range(from, to)}</span>
      <Badge tone={level === null ? 'plain' : RISK_TONES[level]}>
        {level === null ? changes.notAssessed : changes.levels[level]}
      </Badge>
      {outcome === null ? (
        <Badge tone={CHANGE_TONES[state]}>{texts.words.changeState[state]}</Badge>
      ) : (
        <Badge tone={OUTCOME_TONES[outcome]}>{changes.outcomes[outcome]}</Badge>
      )}
    </Go>
  )
}
