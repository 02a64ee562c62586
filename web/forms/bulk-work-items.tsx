import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { SEVERITIES } from '../../src/domain/words.ts'
import { BOARD_STATES } from '../../src/domain/work-item.ts'
import { allMatching } from '../api/bulk.ts'
import { doToWorkItem, type SharedFields, type WorkItemBulk } from '../api/bulk-work-items.ts'
import type { Query } from '../api/client.ts'
import { mayDo, useSelf } from '../api/session.ts'
import type { BulkKind, BulkSubject } from '../parts/bulk-subject.ts'
import { roleReason } from '../parts/roles.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { PickComponent } from './pick-component.tsx'
import { PickRecord } from './pick-record.tsx'
import { PickRelease } from './pick-release.tsx'
import { SnoozeChoices } from './snooze-choices.tsx'

const IN_LIST = [
  ...(['assignee', 'team', 'move', 'release', 'component', 'severity', 'rank'] as const),
] satisfies readonly BulkKind[]
const IN_TRIAGE = [
  ...(['accept', 'decline', 'putOff', 'team', 'component', 'severity'] as const),
] satisfies readonly BulkKind[]

interface Fields {
  readonly action: WorkItemBulk | null
  readonly set: (action: WorkItemBulk | null) => void
}

/** What can be done with many work items, in their list or in the queue of triage. */
export const useWorkItemBulk = (list: 'work-items' | 'triage', filters: Query): BulkSubject<WorkItemBulk> => {
  const texts = useTexts()
  const self = useSelf()
  const steps: readonly BulkKind[] = ['accept', 'decline', 'putOff', 'move']
  return {
    words: texts.bulk.of.workItems,
    kinds: list === 'triage' ? IN_TRIAGE : IN_LIST,
    isDanger: (kind) => kind === 'decline',
    reasonFor: (kind) =>
      mayDo(self, steps.includes(kind) ? 'escalations.answer' : 'work-items.write')
        ? null
        : roleReason(self, texts),
    startOf,
    fields: (kind, action, set) => fieldsOf(kind, { action, set }),
    act: doToWorkItem(texts.bulk.severityFollows),
    allMatching: () => allMatching(list, filters),
  }
}

const startOf = (kind: BulkKind): WorkItemBulk | null => {
  if (kind === 'assignee') return { do: 'set', set: { assignee: null } }
  return kind === 'accept' ? { do: 'accept' } : null
}

const fieldsOf = (kind: BulkKind, fields: Fields): ReactNode => {
  switch (kind) {
    case 'assignee':
      return <AssigneeField {...fields} />
    case 'team':
      return <TeamField {...fields} />
    case 'component':
      return <ComponentChoice {...fields} />
    case 'release':
      return <ReleaseChoice {...fields} />
    case 'severity':
      return <SeverityField {...fields} />
    case 'rank':
      return <RankField {...fields} />
    case 'move':
      return <StateField {...fields} />
    case 'decline':
      return <ReasonField {...fields} />
    case 'putOff':
      return <PutOffField {...fields} />
    default:
      return null
  }
}

const setIn = <F extends keyof SharedFields>(action: WorkItemBulk | null, field: F) =>
  action?.do === 'set' ? (action.set[field] ?? null) : null

const AssigneeField = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <PickRecord
      noun="people"
      label={texts.fields.assignee}
      placeholder={texts.filters.owner.nobody}
      value={setIn(action, 'assignee')}
      choose={(assignee) => set({ do: 'set', set: { assignee } })}
      only={({ roles }) => roles.some((role) => role === 'engineer' || role === 'lead' || role === 'owner')}
    />
  )
}

const TeamField = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <PickRecord
      noun="teams"
      label={texts.fields.team}
      value={setIn(action, 'team')}
      choose={(team) => set(team === null ? null : { do: 'set', set: { team } })}
    />
  )
}

const ComponentChoice = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <PickComponent
      label={texts.fields.component}
      value={setIn(action, 'component')}
      choose={(component) => set(component === null ? null : { do: 'set', set: { component } })}
    />
  )
}

const ReleaseChoice = ({ action, set }: Fields) => {
  const texts = useTexts()
  const isNone = action?.do === 'set' && action.set.release === null
  return (
    <>
      <PickRelease
        label={texts.fields.release}
        value={setIn(action, 'release')}
        choose={(release) => set(release === null ? null : { do: 'set', set: { release } })}
      />
      <Checkbox
        size="xs"
        label={texts.bulk.noRelease}
        checked={isNone}
        onChange={(event) => set(event.currentTarget.checked ? { do: 'set', set: { release: null } } : null)}
      />
    </>
  )
}

const SeverityField = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <Select
      label={texts.fields.severity}
      description={texts.bulk.severityAbout}
      data={SEVERITIES.map((word) => ({ value: word, label: texts.words.severity[word] }))}
      value={setIn(action, 'severity')}
      onChange={(value) => {
        const severity = SEVERITIES.find((word) => word === value)
        set(severity === undefined ? null : { do: 'set', set: { severity } })
      }}
    />
  )
}

const RankField = ({ set }: Fields) => {
  const texts = useTexts()
  return (
    <TextInput
      label={texts.fields.priority}
      description={texts.bulk.rankAbout}
      maxLength={500}
      data-autofocus
      onChange={(event) => {
        const priority = event.currentTarget.value.trim()
        set(priority === '' ? null : { do: 'set', set: { priority } })
      }}
    />
  )
}

const StateField = ({ action, set }: Fields) => {
  const texts = useTexts()
  return (
    <Select
      label={texts.fields.state}
      description={texts.bulk.moveAbout}
      data={BOARD_STATES.map((state) => ({ value: state, label: texts.words.workItemState[state] }))}
      value={action?.do === 'move' ? action.to : null}
      onChange={(value) => {
        const to = BOARD_STATES.find((state) => state === value)
        set(to === undefined ? null : { do: 'move', to })
      }}
    />
  )
}

const ReasonField = ({ set }: Fields) => {
  const texts = useTexts()
  return (
    <Textarea
      label={texts.verdict.decline.label}
      description={texts.bulk.declineAbout}
      required
      autosize
      minRows={3}
      maxLength={2_000}
      data-autofocus
      onChange={(event) => {
        const reason = event.currentTarget.value.trim()
        set(reason === '' ? null : { do: 'decline', reason })
      }}
    />
  )
}

const PutOffField = ({ set }: Fields) => (
  <SnoozeChoices
    choose={(until) => set(until === null ? null : { do: 'put off', until: until.toISOString() })}
  />
)
