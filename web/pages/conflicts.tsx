import { useState } from 'react'
import { type Conflict, useConflicts } from '../api/connections.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { useSettle } from '../api/sync.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { OtherValue, SettleAll } from '../forms/settle-dialogs.tsx'
import { UndoDialog } from '../forms/undo-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { Badge } from '../parts/badge.tsx'
import { ConnectionFilter } from '../parts/connection-filter.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { pairName } from '../parts/field-words.ts'
import { WordFilter } from '../parts/filter-fields.tsx'
import { List } from '../parts/list.tsx'
import { Actions } from '../parts/record.tsx'
import { RecordLink } from '../parts/record-link.tsx'
import { roleReason } from '../parts/roles.ts'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, FormProblem, NoRights } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import styles from '../parts/waits.module.css'
import { Sides, WhyDialog } from '../parts/why.tsx'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { connection: 'any', state: ['all'], overwritten: ['true', 'false'] } as const

/** Fields that both sides changed, and edits that a write of ours replaced: which side counts? */
export const Conflicts = () => {
  const texts = useTexts()
  const { waits } = texts
  const mayRead = useMay('sync.read')
  if (!mayRead)
    return (
      <>
        <ScreenHead title={waits.conflictsTitle} about={waits.conflictsAbout} />
        <NoRights />
      </>
    )
  return <Inbox />
}

const Inbox = () => {
  const texts = useTexts()
  const { waits } = texts
  const { filters, set } = useFilters(KNOWN, paths.conflicts)
  const source = useConflicts(filters)
  const [why, setWhy] = useState<string | null>(null)
  const [undoing, setUndoing] = useState<string | null>(null)
  const items = source.items.map((conflict) => ({ id: conflict.id, key: conflict.id, conflict }))
  const keyOf = ({ record, remoteKey }: Conflict): string | null => record?.key ?? remoteKey
  return (
    <>
      <ScreenHead title={waits.conflictsTitle} about={waits.conflictsAbout} />
      <WaitTabs />
      <Filters label={texts.filters.title}>
        <ConnectionFilter value={filters.connection} set={(key) => set('connection', key)} />
        <WordFilter
          label={waits.kind}
          words={waits.kinds}
          value={filters.overwritten}
          set={(word) => set('overwritten', word)}
        />
        <WordFilter
          label={waits.state}
          words={waits.states}
          value={filters.state}
          set={(word) => set('state', word)}
        />
      </Filters>
      <List
        source={{ ...source, items }}
        row={({ conflict }) => <OneConflict conflict={conflict} undo={setUndoing} />}
        open={({ conflict }) => setWhy(keyOf(conflict))}
        empty={<Empty title={waits.conflictsNone}>{waits.conflictsNoneAbout}</Empty>}
      />
      {why === null ? null : <WhyDialog of={why} close={() => setWhy(null)} />}
      {undoing === null ? null : <UndoDialog of={{ conflict: undoing }} close={() => setUndoing(null)} />}
    </>
  )
}

/** Opens the dialog that takes a settled conflict back. */
type Undo = (conflict: string) => void

const OneConflict = ({ conflict, undo }: { readonly conflict: Conflict; readonly undo: Undo }) => {
  const texts = useTexts()
  const { waits } = texts
  const field = pairName(conflict.field, texts)
  return (
    <article className={styles.item}>
      <header className={styles.head}>
        <strong>{field}</strong>
        <RecordLink
          kind={conflict.record?.kind ?? null}
          name={conflict.record?.key ?? conflict.remoteKey ?? '…'}
          hasRecord={conflict.record !== null}
        />
        <span className="quiet">
          {conflict.connection} {conflict.remoteKey} · <Time at={conflict.openedAt} />
        </span>
        {conflict.overwritten ? <Badge tone="info">{waits.kinds.true}</Badge> : null}
        {conflict.settledAt === null ? null : (
          <Badge tone="good">
            {waits.choices[conflict.choice as keyof typeof waits.choices] ?? texts.connections.inStep}
          </Badge>
        )}
      </header>
      {conflict.overwritten ? (
        <p className="plain quiet">
          {waits.overwritten}. {conflict.replacedBy == null ? null : waits.overwrittenBy(conflict.replacedBy)}
        </p>
      ) : null}
      {'tool' in conflict ? (
        <Sides
          sides={[
            ...(conflict.overwritten ? [] : [[waits.base, baseOf(conflict.base)] as const]),
            [texts.why.here, conflict.hub],
            [texts.why.there, conflict.tool],
          ]}
        />
      ) : (
        <p className="plain quiet">{waits.hidden}</p>
      )}
      {conflict.settledAt === null ? (
        <Choices conflict={conflict} field={field} undo={undo} />
      ) : (
        <p className="plain quiet">
          {conflict.settledBy === null ? null : waits.settledBy(conflict.settledBy)}{' '}
          <Time at={conflict.settledAt} /> <UndoSettled undo={() => undo(conflict.id)} />
        </p>
      )}
    </article>
  )
}

/** The base is kept for each side; what we showed is what people here remember. */
const baseOf = (base: unknown): unknown =>
  typeof base === 'object' && base !== null && 'hub' in base ? base.hub : base

const UndoSettled = ({ undo }: { readonly undo: () => void }) => {
  const texts = useTexts()
  const self = useSelf()
  return (
    <ActionButton
      size="xs"
      variant="subtle"
      label={texts.waits.undo}
      reason={mayDo(self, 'sync.undo') ? null : roleReason(self, texts)}
      run={undo}
    />
  )
}

const Choices = ({
  conflict,
  field,
  undo,
}: {
  readonly conflict: Conflict
  readonly field: string
  readonly undo: Undo
}) => {
  const texts = useTexts()
  const { waits, why } = texts
  const self = useSelf()
  const settling = useSettle()
  const [open, setOpen] = useState<'value' | 'alike' | null>(null)
  const reason = mayDo(self, 'conflicts.settle') ? null : roleReason(self, texts)
  const isComment = conflict.field.startsWith('comment:')
  const take = (choice: 'hub' | 'tool' | 'base') => (): void =>
    toTheEnd(settling, { id: conflict.id, choice }, () =>
      tell({
        text: why.settled,
        tone: 'good',
        ...(mayDo(self, 'sync.undo') ? { undo: { label: waits.undo, run: () => undo(conflict.id) } } : {}),
      }),
    )
  return (
    <>
      <Actions label={field}>
        <ActionButton
          label={conflict.overwritten ? waits.letGo : why.takeHere}
          reason={reason}
          run={take('hub')}
        />
        <ActionButton
          label={conflict.overwritten ? waits.giveBack : why.takeThere}
          reason={reason}
          run={take('tool')}
        />
        {isComment || conflict.overwritten ? null : (
          <>
            <ActionButton variant="subtle" label={waits.takeBase} reason={reason} run={take('base')} />
            <ActionButton variant="subtle" label={waits.own} reason={reason} run={() => setOpen('value')} />
          </>
        )}
        {isComment ? null : (
          <ActionButton variant="subtle" label={waits.alike} reason={reason} run={() => setOpen('alike')} />
        )}
      </Actions>
      <FormProblem error={settling.error} />
      {open === 'value' ? <OtherValue conflict={conflict} field={field} close={() => setOpen(null)} /> : null}
      {open === 'alike' ? <SettleAll conflict={conflict} field={field} close={() => setOpen(null)} /> : null}
    </>
  )
}
