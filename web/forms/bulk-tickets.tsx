import { Checkbox, Select, Stack, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { priorityOf } from '../../src/domain/priority.ts'
import { LEVELS, type Level, SEVERITIES, WAITING_FOR } from '../../src/domain/words.ts'
import { allMatching, doToTicket, type TicketBulk } from '../api/bulk.ts'
import { mayDo, useSelf } from '../api/session.ts'
import type { TicketQuery } from '../api/tickets.ts'
import { PriorityMark } from '../parts/badge.tsx'
import type { BulkKind, BulkSubject } from '../parts/bulk-subject.ts'
import { roleReason } from '../parts/roles.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { PickRecord } from './pick-record.tsx'

const KINDS = [
  ...(['assign', 'priority', 'severity', 'snooze', 'join', 'resolve', 'close', 'cancel'] as const),
] satisfies readonly BulkKind[]

interface Fields {
  readonly action: TicketBulk | null
  readonly set: (action: TicketBulk | null) => void
}

/** What can be done with many tickets. */
export const useTicketBulk = (filters: TicketQuery): BulkSubject<TicketBulk> => {
  const texts = useTexts()
  const self = useSelf()
  return {
    words: texts.bulk.of.tickets,
    kinds: KINDS,
    isDanger: (kind) => kind === 'cancel',
    reasonFor: (kind) =>
      mayDo(self, kind === 'join' ? 'escalations.send' : 'tickets.write') ? null : roleReason(self, texts),
    startOf,
    fields: (kind, action, set) => fieldsOf(kind, { action, set }),
    act: doToTicket(texts.bulk.joinedByMistake),
    allMatching: () => allMatching('tickets', filters),
  }
}

const startOf = (kind: BulkKind): TicketBulk | null => {
  switch (kind) {
    case 'assign':
      return { do: 'assign', owner: null }
    case 'priority':
      return { do: 'priority', impact: 2, urgency: 2 }
    case 'snooze':
      return { do: 'snooze', waitingFor: 'customer', until: null }
    case 'resolve':
    case 'close':
    case 'cancel':
      return { do: kind }
    default:
      return null
  }
}

const fieldsOf = (kind: BulkKind, fields: Fields): ReactNode => {
  switch (kind) {
    case 'assign':
      return <OwnerField {...fields} />
    case 'priority':
      return <PriorityFields {...fields} />
    case 'severity':
      return <SeverityField {...fields} />
    case 'snooze':
      return <SnoozeFields {...fields} />
    case 'join':
      return <JoinField {...fields} />
    default:
      return null
  }
}

const OwnerField = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <PickRecord
      noun="people"
      label={texts.fields.owner}
      placeholder={texts.filters.owner.nobody}
      value={action?.do === 'assign' ? action.owner : null}
      choose={(owner) => set({ do: 'assign', owner })}
      only={({ roles }) => roles.some((role) => role === 'agent' || role === 'lead' || role === 'owner')}
    />
  )
}

/** The two that priority is made of, and what comes of them. */
const PriorityFields = ({ action, set }: Fields) => {
  const texts = useTexts()
  const now = action?.do === 'priority' ? action : { impact: null, urgency: null }
  const [impact, urgency] = [now.impact ?? 2, now.urgency ?? 2]
  const isFollowing = now.impact === null
  const field = (name: 'impact' | 'urgency', words: Readonly<Record<Level, string>>) => (
    <Select
      label={texts.fields[name]}
      data={LEVELS.map((level) => ({ value: String(level), label: `${level} ${words[level]}` }))}
      value={isFollowing ? null : String(now[name])}
      placeholder={texts.bulk.followsSeverity}
      allowDeselect={false}
      onChange={(value) => {
        const level = LEVELS.find((one) => String(one) === value)
        if (level !== undefined) set({ do: 'priority', impact, urgency, [name]: level })
      }}
    />
  )
  return (
    <Stack gap="sm">
      {field('impact', texts.words.impact)}
      {field('urgency', texts.words.urgency)}
      <Checkbox
        size="xs"
        label={texts.bulk.followSeverity}
        checked={isFollowing}
        onChange={(event) => {
          const level = event.currentTarget.checked ? null : 2
          set({ do: 'priority', impact: level, urgency: level })
        }}
      />
      {isFollowing ? null : (
        <p className="plain">
          {texts.fields.priority}: <PriorityMark priority={priorityOf(impact, urgency)} />
        </p>
      )}
    </Stack>
  )
}

const SeverityField = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <Select
      label={texts.fields.severity}
      data={SEVERITIES.map((word) => ({ value: word, label: texts.words.severity[word] }))}
      value={action?.do === 'severity' ? action.severity : null}
      onChange={(value) => {
        const severity = SEVERITIES.find((word) => word === value)
        set(severity === undefined ? null : { do: 'severity', severity })
      }}
    />
  )
}

const JoinField = ({ set }: Fields) => {
  const texts = useTexts()
  return (
    <TextInput
      label={texts.bulk.workItem}
      description={texts.bulk.workItemAbout}
      onChange={(event) => {
        const workItem = event.currentTarget.value.trim()
        set(workItem === '' ? null : { do: 'join', workItem })
      }}
    />
  )
}

const SnoozeFields = ({ action, set }: Fields) => {
  const texts = useTexts()
  const now = action?.do === 'snooze' ? action : { waitingFor: 'customer' as const, until: null }
  return (
    <Stack gap="sm">
      <Select
        label={texts.snooze.waitingFor}
        data={WAITING_FOR.map((word) => ({ value: word, label: texts.words.waitingFor[word] }))}
        value={now.waitingFor}
        allowDeselect={false}
        onChange={(value) => {
          const waitingFor = WAITING_FOR.find((word) => word === value)
          if (waitingFor !== undefined) set({ do: 'snooze', until: now.until, waitingFor })
        }}
      />
      <TextInput
        type="datetime-local"
        label={texts.snooze.until}
        description={texts.snooze.untilAbout}
        onChange={(event) => {
          const { value } = event.currentTarget
          const until = value === '' ? null : new Date(value).toISOString()
          set({ do: 'snooze', waitingFor: now.waitingFor, until })
        }}
      />
    </Stack>
  )
}
