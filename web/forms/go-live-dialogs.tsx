import { Checkbox, Group, NumberInput, Radio, Select, Stack, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import { CARE_HOURS, CRITERIA } from '../../src/domain/go-live.ts'
import { type GoLive, type GoLiveRules, useGoLiveRules, useGoLiveStep } from '../api/go-live.ts'
import type { Release } from '../api/releases.ts'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { FormDialog } from './form-dialog.tsx'
import { PickRecord } from './pick-record.tsx'

const NOTE_MAX = 2_000

interface OfRelease {
  readonly release: Release
  readonly close: () => void
}
type OfGoLive = OfRelease & { readonly goLive: GoLive }

const useDone = (close: () => void, text: string) => ({
  onSuccess: () => {
    close()
    tell({ text, tone: 'good' as const })
  },
})

/** A few words beside a step. */
const Remark = ({
  label,
  value,
  set,
  isNeeded = false,
}: {
  readonly label: string
  readonly value: string
  readonly set: (value: string) => void
  readonly isNeeded?: boolean
}) => (
  <Textarea
    label={label}
    autosize
    minRows={2}
    maxRows={8}
    maxLength={NOTE_MAX}
    required={isNeeded}
    value={value}
    onChange={(event) => set(event.currentTarget.value)}
  />
)

/** Signs for a role that nobody signed for, or whose signature no longer holds. */
export const SignDialog = ({ release, goLive, close }: OfGoLive) => {
  const { goLive: words } = useTexts()
  const step = useGoLiveStep(release.id)
  const open = goLive.rules.roles.filter(
    (role) => !goLive.signOffs.some((one) => one.role === role && one.changed.length === 0),
  )
  const [role, setRole] = useState<string | null>(open[0] ?? null)
  const [note, setNote] = useState('')
  const done = useDone(close, words.signed)
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.signTitle(release.name)}
      send={() => {
        if (role !== null) step.mutate({ step: 'sign', body: { role, note: note.trim() } }, done)
      }}
      sendLabel={words.sign}
      isSending={step.isPending}
      error={step.error}
      isReady={role !== null}
    >
      <p className="plain">{words.signAbout}</p>
      <Select
        label={words.role}
        required
        allowDeselect={false}
        data-autofocus
        data={open.map((value) => ({ value, label: words.roles[value] ?? value }))}
        value={role}
        onChange={setRole}
      />
      <Remark label={words.note} value={note} set={setNote} />
    </FormDialog>
  )
}

/** Whether everything that is asked for is there. */
const isWhole = ({ criteria, rules, signOffs }: GoLive): boolean =>
  criteria.every(({ standing }) => standing !== 'not met') &&
  rules.roles.every((role) => signOffs.some((one) => one.role === role && one.changed.length === 0))

export const DecideDialog = ({ release, goLive, close }: OfGoLive) => {
  const { goLive: words } = useTexts()
  const step = useGoLiveStep(release.id)
  const [decision, setDecision] = useState<'go' | 'no-go'>(isWhole(goLive) ? 'go' : 'no-go')
  const [reason, setReason] = useState('')
  const isNeeded = decision === 'no-go' || !isWhole(goLive)
  const done = useDone(close, words.decided)
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.decideTitle(release.name)}
      send={() => step.mutate({ step: 'decide', body: { decision, reason: reason.trim() } }, done)}
      sendLabel={words.decide}
      isSending={step.isPending}
      error={step.error}
      isReady={!isNeeded || reason.trim() !== ''}
    >
      <p className="plain">{words.decideAbout}</p>
      {isWhole(goLive) ? null : <p className="plain">{words.reasonNeeded}</p>}
      <Radio.Group
        label={words.decisions}
        value={decision}
        onChange={(value) => setDecision(value === 'go' ? 'go' : 'no-go')}
      >
        <Group mt="xs">
          <Radio value="go" label={words.decision.go} />
          <Radio value="no-go" label={words.decision['no-go']} />
        </Group>
      </Radio.Group>
      <Remark label={words.reason} value={reason} set={setReason} isNeeded={isNeeded} />
    </FormDialog>
  )
}

/** From where the rota ends to the end of the hours that are asked for. */
export const DutyDialog = ({ release, goLive, close }: OfGoLive) => {
  const { goLive: words } = useTexts()
  const step = useGoLiveStep(release.id)
  const hours = goLive.rules.careHours
  const end = Math.max(0, ...goLive.rota.map(({ toHour }) => toHour))
  const [person, setPerson] = useState<string | null>(null)
  const [fromHour, setFrom] = useState<number>(end < hours ? end : 0)
  const [toHour, setTo] = useState<number>(Math.max(hours, 1))
  const done = useDone(close, words.dutyAdded)
  const hour = (label: string, value: number, set: (value: number) => void) => (
    <NumberInput
      label={label}
      required
      allowDecimal={false}
      min={CARE_HOURS.min}
      max={CARE_HOURS.max}
      value={value}
      onChange={(next) => set(typeof next === 'number' ? next : 0)}
    />
  )
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.dutyTitle}
      send={() => {
        if (person !== null) step.mutate({ step: 'rota', body: { person, fromHour, toHour } }, done)
      }}
      sendLabel={words.addDuty}
      isSending={step.isPending}
      error={step.error}
      isReady={person !== null && fromHour < toHour}
    >
      <p className="plain">{words.rotaAbout(hours)}</p>
      <PickRecord noun="people" label={words.person} value={person} choose={setPerson} />
      <Group grow>
        {hour(words.fromHour, fromHour, setFrom)}
        {hour(words.toHour, toHour, setTo)}
      </Group>
    </FormDialog>
  )
}

/** A person, or a whole team. */
export const FollowDialog = ({ release, close }: OfRelease) => {
  const { goLive: words } = useTexts()
  const step = useGoLiveStep(release.id)
  const [person, setPerson] = useState<string | null>(null)
  const [team, setTeam] = useState<string | null>(null)
  const done = useDone(close, words.followAdded)
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.followTitle}
      send={() => {
        if (person !== null) step.mutate({ step: 'followers', body: { person } }, done)
        else if (team !== null) step.mutate({ step: 'followers', body: { team } }, done)
      }}
      sendLabel={words.addFollower}
      isSending={step.isPending}
      error={step.error}
      isReady={(person === null) !== (team === null)}
    >
      <p className="plain">{words.personOrTeam}</p>
      <PickRecord noun="people" label={words.person} value={person} choose={setPerson} />
      <PickRecord noun="teams" label={words.team} value={team} choose={setTeam} />
    </FormDialog>
  )
}

/** What a product asks of all its releases. */
export const RulesDialog = ({ release: { product }, goLive, close }: OfGoLive) => {
  const { goLive: words, manage } = useTexts()
  const keep = useGoLiveRules()
  const [rules, setRules] = useState<GoLiveRules>(goLive.rules)
  const [roles, setRoles] = useState(goLive.rules.roles.join('\n'))
  const done = useDone(close, words.rulesSaved)
  const set = (part: Partial<GoLiveRules>): void => setRules((had) => ({ ...had, ...part }))
  const named = roles.split('\n').filter((role) => role.trim() !== '')
  return (
    <FormDialog
      isOpen
      close={close}
      title={words.rules(product.name)}
      send={() => keep.mutate({ product: product.id, rules: { ...rules, roles: named } }, done)}
      sendLabel={manage.save}
      isSending={keep.isPending}
      error={keep.error}
    >
      <p className="quiet plain">{words.rulesAbout}</p>
      <Checkbox.Group
        label={words.rulesCriteria}
        value={rules.criteria}
        onChange={(chosen) => set({ criteria: CRITERIA.filter((one) => chosen.includes(one)) })}
      >
        <Stack gap={6} mt="xs">
          {CRITERIA.map((one) => (
            <Checkbox key={one} value={one} label={words.criterion[one]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Textarea
        label={words.rulesRoles}
        description={words.rulesRolesAbout}
        autosize
        minRows={3}
        maxLength={600}
        value={roles}
        onChange={(event) => setRoles(event.currentTarget.value)}
      />
      <NumberInput
        label={words.careHours}
        allowDecimal={false}
        min={CARE_HOURS.min}
        max={CARE_HOURS.max}
        value={rules.careHours}
        onChange={(value) => set({ careHours: typeof value === 'number' ? value : 0 })}
      />
      <Switch
        label={words.needsGo}
        checked={rules.needsGo}
        onChange={(event) => set({ needsGo: event.currentTarget.checked })}
      />
    </FormDialog>
  )
}
