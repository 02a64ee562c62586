import { Button, Group, NumberInput, Select, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { CAUSE_HOURS, RETRO_HOURS, REVIEW_DAYS, RULED_KINDS } from '../../src/domain/change-rules.ts'
import { RISK_LEVELS } from '../../src/domain/words.ts'
import { type ChangeRules, type ShownRules, useDecideRules } from '../api/changes.ts'
import { environmentChoices } from '../api/environments.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { Icon } from '../parts/icons.tsx'
import { Block } from '../parts/record.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import styles from './change-rules-form.module.css'
import { type Known, PickPeople } from './pick-people.tsx'
import { PickRecord } from './pick-record.tsx'

type Approval = ChangeRules['approvals'][number]
type ProductKeys = ChangeRules['products'][number]

interface Editing {
  readonly draft: ChangeRules
  readonly set: (more: Partial<ChangeRules>) => void
  readonly names: Names
}

/** What ids are called: those that were there, and those that were chosen since. */
interface Names {
  of(id: string): string
  learn(known: readonly Known[]): void
}

const replaced = <T,>(all: readonly T[], index: number, one: T): T[] => all.with(index, one)
const without = <T,>(all: readonly T[], index: number): T[] => all.filter((_, at) => at !== index)

/** All of the rules at once: they are read together, and saved together. */
export const ChangeRulesForm = ({
  rules: { names: given, ...rules },
  reason,
}: {
  readonly rules: ShownRules
  /** Why they cannot be changed; null: they can. */
  readonly reason: string | null
}) => {
  const { rules: words } = useTexts().changes
  const decide = useDecideRules()
  const [draft, setDraft] = useState<ChangeRules>(rules)
  const [learnt, setLearnt] = useState<Readonly<Record<string, string>>>(given)
  const editing: Editing = {
    draft,
    set: (more) => setDraft({ ...draft, ...more }),
    names: {
      of: (id) => learnt[id] ?? id,
      learn: (known) =>
        setLearnt({ ...learnt, ...Object.fromEntries(known.map(({ id, name }) => [id, name])) }),
    },
  }
  const save = (): void =>
    decide.mutate(draft, { onSuccess: () => tell({ text: words.saved, tone: 'good' }) })
  return (
    <div className={styles.form}>
      <Block title={words.holders}>
        <Holders {...editing} />
      </Block>
      <Block title={words.approvals}>
        <Approvals {...editing} />
      </Block>
      <Block title={words.times}>
        <Times {...editing} />
      </Block>
      <FormProblem error={decide.error} />
      <Group>
        <ActionButton
          variant="filled"
          label={words.save}
          reason={reason}
          loading={decide.isPending}
          run={save}
        />
      </Group>
    </div>
  )
}

const People = ({
  label,
  ids,
  names,
  set,
}: {
  readonly label: string
  readonly ids: readonly string[]
  readonly names: Names
  readonly set: (ids: string[]) => void
}) => (
  <PickPeople
    label={label}
    value={ids.map((id) => ({ id, name: names.of(id) }))}
    set={(people) => {
      names.learn(people)
      set(people.map(({ id }) => id))
    }}
  />
)

const Holders = ({ draft, set, names }: Editing) => {
  const { rules: words } = useTexts().changes
  const setLine = (index: number, line: ProductKeys): void =>
    set({ products: replaced(draft.products, index, line) })
  return (
    <Stack gap="sm">
      <People
        label={words.managers}
        ids={draft.changeManagers}
        names={names}
        set={(changeManagers) => set({ changeManagers })}
      />
      <p className="quiet">{words.managersAbout}</p>
      {draft.products.map((line, index) => (
        <Line
          key={line.productId}
          title={names.of(line.productId)}
          remove={() => set({ products: without(draft.products, index) })}
        >
          <People
            label={words.managers}
            ids={line.changeManagers}
            names={names}
            set={(changeManagers) => setLine(index, { ...line, changeManagers })}
          />
          <People
            label={words.leads}
            ids={line.leads}
            names={names}
            set={(leads) => setLine(index, { ...line, leads })}
          />
        </Line>
      ))}
      <p className="quiet">{words.leadsAbout}</p>
      <PickRecord
        noun="products"
        label={words.addProduct}
        value={null}
        only={({ id }) => draft.products.every(({ productId }) => productId !== id)}
        choose={(id, product) => {
          if (id === null || product === null) return
          names.learn([product])
          set({ products: [...draft.products, { productId: id, changeManagers: [], leads: [] }] })
        }}
      />
    </Stack>
  )
}

const Line = ({
  title,
  remove,
  children,
}: {
  readonly title: string | null
  readonly remove: () => void
  readonly children: ReactNode
}) => {
  const { rules: words } = useTexts().changes
  return (
    <div className={styles.line}>
      {title === null ? null : <strong>{title}</strong>}
      {children}
      <Button variant="subtle" color="gray" px={8} aria-label={words.remove} onClick={remove}>
        <Icon name="close" size={14} />
      </Button>
    </div>
  )
}

const NEW_RULE: Approval = {
  ...{ kind: 'normal', level: null, productId: null, environmentId: null },
  asks: { what: 'change manager' },
}

const Approvals = ({ draft, set, names }: Editing) => {
  const { rules: words } = useTexts().changes
  return (
    <Stack gap="sm">
      <p className="quiet">{words.approvalsAbout}</p>
      {draft.approvals.map((rule, index) => (
        // rules have no names; their place among each other is what tells them apart
        // biome-ignore lint/suspicious/noArrayIndexKey: every field of a line is controlled
        <Line key={index} title={null} remove={() => set({ approvals: without(draft.approvals, index) })}>
          <RuleFields
            rule={rule}
            names={names}
            set={(next) => set({ approvals: replaced(draft.approvals, index, next) })}
          />
        </Line>
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => set({ approvals: [...draft.approvals, NEW_RULE] })}
        >
          {words.addRule}
        </Button>
      </Group>
    </Stack>
  )
}

const RuleFields = ({
  rule,
  names,
  set,
}: {
  readonly rule: Approval
  readonly names: Names
  readonly set: (rule: Approval) => void
}) => {
  const texts = useTexts()
  const { rules: words, kinds, levels, keys } = texts.changes
  const environments = useQuery(environmentChoices)
  const { asks } = rule
  const known = (id: string | null) => (id === null ? null : { id, name: names.of(id) })
  const chosen = 'id' in asks ? asks.id : ''
  return (
    <>
      <Select
        label={texts.changes.kind}
        placeholder={words.any}
        clearable
        data={RULED_KINDS.map((value) => ({ value, label: kinds[value] }))}
        value={rule.kind}
        onChange={(value) => set({ ...rule, kind: RULED_KINDS.find((one) => one === value) ?? null })}
      />
      <Select
        label={words.level}
        placeholder={words.any}
        clearable
        data={RISK_LEVELS.map((value) => ({ value, label: levels[value] }))}
        value={rule.level}
        onChange={(value) => set({ ...rule, level: RISK_LEVELS.find((one) => one === value) ?? null })}
      />
      <PickRecord
        noun="products"
        label={words.product}
        placeholder={words.any}
        value={rule.productId}
        known={known(rule.productId)}
        choose={(productId) => set({ ...rule, productId })}
      />
      <Select
        label={words.environment}
        placeholder={words.any}
        clearable
        searchable
        data={(environments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={rule.environmentId}
        onChange={(environmentId) => set({ ...rule, environmentId })}
      />
      <Select
        label={words.asks}
        allowDeselect={false}
        data={ASKED.map((value) => ({ value, label: keys.names[value] }))}
        value={asks.what}
        onChange={(value) => {
          const what = ASKED.find((one) => one === value)
          if (what === 'person' || what === 'team') set({ ...rule, asks: { what, id: '' } })
          else if (what !== undefined) set({ ...rule, asks: { what } })
        }}
      />
      {asks.what === 'person' || asks.what === 'team' ? (
        <PickRecord
          noun={asks.what === 'person' ? 'people' : 'teams'}
          label={words.who}
          value={chosen === '' ? null : chosen}
          known={chosen === '' ? null : known(chosen)}
          choose={(id) =>
            set({ ...rule, asks: { what: asks.what === 'team' ? 'team' : 'person', id: id ?? '' } })
          }
        />
      ) : null}
    </>
  )
}

const ASKED = ['change manager', 'product lead', 'person', 'team'] as const

const Times = ({ draft, set }: Editing) => {
  const { rules: words } = useTexts().changes
  const { workingHours } = draft
  const whole = (value: string | number, otherwise: number): number =>
    typeof value === 'number' && Number.isInteger(value) ? value : otherwise
  const field = (
    label: string,
    name: 'retroApprovalHours' | 'reviewDays' | 'causeHours',
    { min, max }: { readonly min: number; readonly max: number },
  ) => (
    <NumberInput
      label={label}
      min={min}
      max={max}
      allowDecimal={false}
      value={draft[name]}
      onChange={(value) => set({ [name]: whole(value, draft[name]) })}
    />
  )
  return (
    <Stack gap="sm">
      {field(words.retro, 'retroApprovalHours', RETRO_HOURS)}
      {field(words.review, 'reviewDays', REVIEW_DAYS)}
      {field(words.cause, 'causeHours', CAUSE_HOURS)}
      <div className={styles.line}>
        <NumberInput
          label={words.hoursFrom}
          min={0}
          max={23}
          value={workingHours.from}
          onChange={(value) =>
            set({ workingHours: { ...workingHours, from: whole(value, workingHours.from) } })
          }
        />
        <NumberInput
          label={words.hoursTo}
          min={1}
          max={24}
          value={workingHours.to}
          onChange={(value) => set({ workingHours: { ...workingHours, to: whole(value, workingHours.to) } })}
        />
      </div>
    </Stack>
  )
}
