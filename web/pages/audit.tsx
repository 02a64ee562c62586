import { TextInput } from '@mantine/core'
import { AUDIT_GROUP_NAMES } from '../../src/domain/audit.ts'
import { type AuditEntry, useAudit } from '../api/administration.ts'
import { mayDo, useSelf } from '../api/session.ts'
import { PickRecord } from '../forms/pick-record.tsx'
import styles from '../parts/audit.module.css'
import { auditActor, auditDetails, auditPlace, auditWords, dayBound } from '../parts/audit-words.ts'
import { Badge } from '../parts/badge.tsx'
import { ExportButton } from '../parts/export-button.tsx'
import { TextFilter, WordFilter } from '../parts/filter-fields.tsx'
import { Go, useGo } from '../parts/go.tsx'
import { Icon } from '../parts/icons.tsx'
import { List } from '../parts/list.tsx'
import { Row } from '../parts/managed-list.tsx'
import { Face } from '../parts/person.tsx'
import { Filters, ScreenHead } from '../parts/screen.tsx'
import { Empty, NoRights } from '../parts/states.tsx'
import { SettingsTabs } from '../parts/tabs.tsx'
import { Time } from '../parts/time.tsx'
import { useFilters } from '../parts/use-filters.ts'
import { paths } from '../paths.ts'
import { useTexts } from '../texts/desk-texts.tsx'

const KNOWN = { actor: 'any', group: AUDIT_GROUP_NAMES, record: 'any', from: 'any', until: 'any' } as const

/** Who did what, when, from where; refused sign-ins among it. */
export const Audit = () => {
  const texts = useTexts()
  const go = useGo()
  const { audit } = texts
  const mayRead = mayDo(useSelf(), 'audit.read')
  const { filters, set } = useFilters(KNOWN, paths.audit)
  const { from, until, ...others } = filters
  const [start, end] = [dayBound(from, 'start'), dayBound(until, 'end')]
  const asked = {
    ...others,
    ...(start === undefined ? {} : { from: start }),
    ...(end === undefined ? {} : { until: end }),
  }
  const source = useAudit(asked, mayRead)
  const head = (
    <ScreenHead title={audit.title} about={audit.about}>
      {mayRead ? <ExportButton list="audit" filters={asked} /> : null}
    </ScreenHead>
  )
  if (!mayRead)
    return (
      <>
        {head}
        <NoRights />
      </>
    )
  const chosen = source.items.find(({ actor }) => actor.id === filters.actor)?.actor
  const extra = [
    { value: 'system', label: audit.system },
    ...(chosen === undefined || chosen.kind === 'system' ? [] : [{ value: chosen.id, label: chosen.name }]),
  ]
  return (
    <>
      {head}
      <SettingsTabs />
      <Filters label={texts.filters.title}>
        <PickRecord
          noun="people"
          label={audit.person}
          isLabelHidden
          value={filters.actor ?? null}
          choose={(id) => set('actor', id)}
          extra={extra}
        />
        <WordFilter
          label={audit.group}
          words={audit.groups}
          value={filters.group}
          set={(group) => set('group', group)}
        />
        <TextFilter label={audit.record} value={filters.record} set={(record) => set('record', record)} />
        <DayFilter label={audit.from} value={filters.from} set={(day) => set('from', day)} />
        <DayFilter label={audit.until} value={filters.until} set={(day) => set('until', day)} />
      </Filters>
      <List
        source={{ ...source, items: source.items.map((entry) => ({ id: entry.id, key: entry.id, entry })) }}
        row={({ entry }) => <Entry entry={entry} />}
        open={({ entry }) => {
          const place = auditPlace(entry)
          if (place !== null) go(place)
        }}
        empty={
          <Empty icon="search" title={audit.empty}>
            {audit.emptyAbout}
          </Empty>
        }
      />
    </>
  )
}

const DayFilter = ({
  label,
  value,
  set,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly set: (day: string) => void
}) => (
  <TextInput
    size="xs"
    type="date"
    className={styles.day}
    aria-label={label}
    leftSection={<small>{label}</small>}
    leftSectionWidth={76}
    value={value ?? ''}
    onChange={(event) => set(event.currentTarget.value)}
  />
)

const Entry = ({ entry }: { readonly entry: AuditEntry }) => {
  const texts = useTexts()
  const { audit } = texts
  const { actor, at, address, record, connection } = entry
  const who = auditActor(entry, texts)
  const place = auditPlace(entry)
  const called = [record?.key, record?.name].filter((one) => one != null).join(' · ')
  const details = auditDetails(entry, texts)
  return (
    <Row
      row={{
        name: `${who} ${auditWords(entry, texts)}`,
        face:
          actor.kind === 'system' && who === audit.system ? (
            <Icon name="engine" />
          ) : (
            <Face name={who} large />
          ),
        about: (
          <>
            <Time at={at} />
            {record === null ? null : ' · '}
            {record === null ? null : place === null ? (
              called === '' ? (
                audit.gone
              ) : (
                called
              )
            ) : (
              <Go to={place} className={styles.about}>
                {called}
              </Go>
            )}
            {details.length === 0 ? null : ` · ${details.join(' · ')}`}
          </>
        ),
        facts: (
          <>
            {connection === null ? null : <Badge tone="info">{connection.name}</Badge>}
            {address === null ? null : <Badge tone="plain">{audit.fromAddress(address)}</Badge>}
          </>
        ),
        actions: [],
      }}
    />
  )
}
