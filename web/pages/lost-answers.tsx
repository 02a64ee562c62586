import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { type LostAnswer, useLostAnswers, useResolveLost } from '../api/connections.ts'
import { mayDo, useMay, useSelf } from '../api/session.ts'
import { useLookAgain } from '../api/sync.ts'
import { toTheEnd } from '../api/to-the-end.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { ConnectionFilter } from '../parts/connection-filter.tsx'
import { WaitTabs } from '../parts/connection-tabs.tsx'
import { pairName } from '../parts/field-words.ts'
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
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { connection: 'any' } as const

/** Calls of which nobody knows whether they happened: what was tried, and what one can do about it. */
export const LostAnswers = () => {
  const { waits } = useTexts()
  const mayRead = useMay('sync.read')
  return (
    <>
      <ScreenHead title={waits.lostTitle} about={waits.lostAbout} />
      <WaitTabs />
      {mayRead ? <Lost /> : <NoRights />}
    </>
  )
}

const Lost = () => {
  const texts = useTexts()
  const { waits } = texts
  const { filters, set } = useFilters(KNOWN, paths.lostAnswers)
  const source = useLostAnswers(filters)
  return (
    <>
      <Filters label={texts.filters.title}>
        <ConnectionFilter value={filters.connection} set={(key) => set('connection', key)} />
      </Filters>
      <List
        source={{ ...source, items: source.items.map((lost) => ({ id: lost.id, key: lost.id, lost })) }}
        row={({ lost }) => <One lost={lost} />}
        open={() => undefined}
        empty={<Empty title={waits.lostNone}>{waits.lostNoneAbout}</Empty>}
      />
    </>
  )
}

/** What was made there has an id of its own. */
const MAKES: readonly string[] = ['create', 'comment.add', 'attach']

const One = ({ lost }: { readonly lost: LostAnswer }) => {
  const texts = useTexts()
  const { waits } = texts
  const self = useSelf()
  const looking = useLookAgain()
  const resolving = useResolveLost()
  const [asked, setAsked] = useState<'arrived' | 'did not arrive' | null>(null)
  const [item, setItem] = useState('')
  const reason = mayDo(self, 'sync.request') ? null : roleReason(self, texts)
  const key = lost.record?.key ?? lost.there.key
  const resolve = (outcome: 'arrived' | 'did not arrive'): void =>
    toTheEnd(
      resolving,
      { id: lost.id, outcome, ...(item.trim() === '' ? {} : { item: item.trim() }) },
      () => {
        setAsked(null)
        tell({ text: waits.resolved, tone: 'good' })
      },
    )
  const isItem = lost.operation === 'create'
  const arrivedAbout = isItem ? waits.arrivedAbout : waits.elementArrivedAbout
  const arrived = (): void => (MAKES.includes(lost.operation) ? setAsked('arrived') : resolve('arrived'))
  return (
    <article className={styles.item}>
      <header className={styles.head}>
        <strong>{waits.operations[lost.operation] ?? lost.operation}</strong>
        <RecordLink kind={lost.record?.kind ?? null} name={key ?? '…'} hasRecord={lost.record !== null} />
        {lost.there.url === null ? null : (
          <a href={lost.there.url} target="_blank" rel="noopener noreferrer">
            {lost.there.key}
          </a>
        )}
        <span className="quiet">
          {lost.connection} · {waits.tried} <Time at={lost.startedAt} />
          {lost.looks === 0 ? '' : ` · ${waits.looks(lost.looks)}`}
        </span>
      </header>
      {lost.fields.length === 0 ? null : (
        <p className="plain quiet">{lost.fields.map((field) => pairName(field, texts)).join(', ')}</p>
      )}
      {lost.fault === null ? null : <p className="plain quiet">{lost.fault.detail}</p>}
      <Actions label={waits.lostTitle}>
        <ActionButton
          label={waits.lookNow}
          reason={reason}
          loading={looking.isPending}
          run={() => {
            if (key !== null) toTheEnd(looking, key, () => tell({ text: texts.why.looking, tone: 'good' }))
          }}
        />
        <ActionButton variant="subtle" label={waits.arrived} reason={reason} run={arrived} />
        <ActionButton
          variant="subtle"
          label={waits.notArrived}
          reason={reason}
          run={() => setAsked('did not arrive')}
        />
      </Actions>
      {asked === null ? <FormProblem error={looking.error ?? resolving.error} /> : null}
      {asked === null ? null : (
        <FormDialog
          isOpen
          close={() => setAsked(null)}
          title={asked === 'arrived' ? waits.arrived : waits.notArrived}
          send={() => resolve(asked)}
          sendLabel={asked === 'arrived' ? waits.arrived : waits.notArrived}
          isSending={resolving.isPending}
          error={resolving.error}
          isReady={asked === 'did not arrive' || !isItem || item.trim() !== ''}
          isDanger={asked === 'did not arrive'}
        >
          <p className="plain">{asked === 'arrived' ? arrivedAbout : waits.notArrivedAbout}</p>
          {asked === 'arrived' ? (
            <TextInput
              label={isItem ? waits.item : waits.element}
              required={isItem}
              maxLength={200}
              data-autofocus
              value={item}
              onChange={(event) => setItem(event.currentTarget.value)}
            />
          ) : null}
        </FormDialog>
      )}
    </article>
  )
}
