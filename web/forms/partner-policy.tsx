import { Checkbox, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { AUDIENCES, type Audience } from '../../src/domain/audience.ts'
import { organisationQuery } from '../api/organisation.ts'
import type { Policy, PolicyChoice } from '../api/partners.ts'
import { fieldName } from '../parts/field-words.ts'
import styles from '../parts/partner.module.css'
import { useTexts } from '../texts/desk-texts.tsx'

interface Props {
  readonly policy: Policy
  readonly change: (policy: Policy) => void
  readonly isDisabled: boolean
}

/** What a partner sees and may do, decision by decision. */
export const PartnerPolicy = ({
  choices,
  ...props
}: Props & { readonly choices: readonly PolicyChoice[] }) => (
  <Stack gap="md">
    <Records {...props} />
    <Fields {...props} choices={choices} />
    <Words {...props} />
  </Stack>
)

const Records = ({ policy, change, isDisabled }: Props) => {
  const { partners: words } = useTexts()
  const products = useQuery(organisationQuery('products', ''))
  const customers = useQuery({ ...organisationQuery('customers', ''), enabled: policy.record === 'ticket' })
  const keys = [...new Set([...(products.data?.items ?? []).map(({ key }) => key), ...policy.products])]
  const names = [
    ...new Set([
      ...(customers.data?.items ?? []).map(({ name }) => name),
      ...(policy.customer === null ? [] : [policy.customer]),
    ]),
  ]
  return (
    <>
      <Switch
        label={words.create}
        description={words.createAbout}
        checked={policy.create}
        disabled={isDisabled}
        onChange={({ currentTarget: { checked } }) =>
          change({
            ...withField(policy, 'title', checked || policy.reads.includes('title')),
            create: checked,
            ...(checked
              ? { reads: united(policy.reads, 'title'), writes: united(policy.writes, 'title') }
              : {}),
          })
        }
      />
      <MultiSelect
        size="xs"
        label={words.products}
        description={words.productsAbout}
        data={keys}
        value={policy.products}
        disabled={isDisabled}
        searchable
        onChange={(chosen) => change({ ...policy, products: chosen })}
      />
      {policy.record === 'ticket' ? (
        <Select
          label={words.customer}
          description={words.customerAbout}
          placeholder={words.nobody}
          data={names}
          value={policy.customer}
          disabled={isDisabled}
          clearable
          searchable
          onChange={(customer) => change({ ...policy, customer })}
        />
      ) : null}
      <Select
        label={words.status}
        allowDeselect={false}
        data={(['hidden', 'shown', 'set'] as const).map((value) => ({ value, label: words.statuses[value] }))}
        value={policy.status}
        disabled={isDisabled}
        onChange={(status) => change({ ...policy, status: statusOf(status) })}
      />
    </>
  )
}

const statusOf = (value: string | null): Policy['status'] =>
  value === 'shown' || value === 'set' ? value : 'hidden'

const united = (list: readonly string[], one: string): string[] => [...new Set([...list, one])]
const without = (list: readonly string[], one: string): string[] => list.filter((each) => each !== one)

/** Seen or not; what is not seen is not changed either. */
const withField = (policy: Policy, field: string, isSeen: boolean): Policy => ({
  ...policy,
  reads: isSeen ? united(policy.reads, field) : without(policy.reads, field),
  writes: isSeen ? policy.writes : without(policy.writes, field),
})

const CUSTOM = 'custom.'

const Fields = ({
  policy,
  change,
  isDisabled,
  choices,
}: Props & { readonly choices: readonly PolicyChoice[] }) => {
  const texts = useTexts()
  const { partners: words } = texts
  const own = policy.reads.filter((field) => field.startsWith(CUSTOM))
  const setOwn = (text: string): void => {
    const named = text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => `${CUSTOM}${name}`)
    const keep = (list: readonly string[]) => list.filter((field) => !field.startsWith(CUSTOM))
    change({
      ...policy,
      reads: [...keep(policy.reads), ...named],
      writes: [...keep(policy.writes), ...named],
    })
  }
  return (
    <>
      <table className={styles.table}>
        <caption className="visually-hidden">{words.fields}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.reads}</th>
            <th scope="col">{words.writes}</th>
          </tr>
        </thead>
        <tbody>
          {choices.map((choice) => {
            const { field } = choice
            const name = fieldName(field, texts)
            const isNaming = choice.names && !policy.names
            const isSeen = policy.reads.includes(field)
            return (
              <tr key={field}>
                <td>{name}</td>
                <td>
                  <Checkbox
                    aria-label={`${name}: ${words.reads}`}
                    checked={isSeen}
                    disabled={isDisabled || (isNaming && !isSeen)}
                    onChange={({ currentTarget: { checked } }) => change(withField(policy, field, checked))}
                  />
                </td>
                <td>
                  {choice.writable && !isNaming ? (
                    <Checkbox
                      aria-label={`${name}: ${words.writes}`}
                      checked={policy.writes.includes(field)}
                      disabled={isDisabled || !isSeen}
                      onChange={({ currentTarget: { checked } }) =>
                        change({
                          ...policy,
                          writes: checked ? united(policy.writes, field) : without(policy.writes, field),
                        })
                      }
                    />
                  ) : (
                    <span className="quiet">{isNaming ? words.naming : words.ours}</span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <TextInput
        label={words.custom}
        description={words.customAbout}
        defaultValue={own.map((field) => field.slice(CUSTOM.length)).join(', ')}
        disabled={isDisabled}
        onBlur={({ currentTarget: { value } }) => setOwn(value)}
      />
    </>
  )
}

const Words = ({ policy, change, isDisabled }: Props) => {
  const texts = useTexts()
  const { partners: words } = texts
  const audiences = AUDIENCES.map((value) => ({ value, label: texts.audience[value] }))
  const audienceOf = (value: string | null): Audience | null =>
    AUDIENCES.find((audience) => audience === value) ?? null
  return (
    <>
      <Checkbox.Group
        label={words.words}
        description={words.wordsAbout}
        value={policy.words}
        onChange={(chosen) =>
          change({ ...policy, words: AUDIENCES.filter((audience) => chosen.includes(audience)) })
        }
      >
        <Stack gap={6} mt={6}>
          {audiences.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} disabled={isDisabled} />
          ))}
        </Stack>
      </Checkbox.Group>
      {(['publicWords', 'internalWords'] as const).map((which) => (
        <Select
          key={which}
          label={words[which]}
          placeholder={words.nobodyReads}
          data={audiences}
          value={policy[which]}
          disabled={isDisabled}
          clearable
          onChange={(value) => change({ ...policy, [which]: audienceOf(value) })}
        />
      ))}
      <Switch
        label={words.files}
        checked={policy.files}
        disabled={isDisabled}
        onChange={({ currentTarget: { checked } }) => change({ ...policy, files: checked })}
      />
      <Switch
        label={words.names}
        description={words.namesAbout}
        checked={policy.names}
        disabled={isDisabled}
        onChange={({ currentTarget: { checked } }) => change({ ...policy, names: checked })}
      />
    </>
  )
}
