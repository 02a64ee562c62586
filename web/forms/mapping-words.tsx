import { MultiSelect, Select, Switch, TagsInput } from '@mantine/core'
import type { ConnectionConfiguration, Described } from '../api/connections.ts'
import { Card } from '../parts/card.tsx'
import styles from '../parts/mapping.module.css'
import type { MappingDraft } from '../parts/mapping-draft.ts'
import { useTexts } from '../texts/desk-texts.tsx'
import { LineEditor, wordsAsChoices } from './line-editor.tsx'

type Audience = NonNullable<MappingDraft['comments']>['public']

interface Part {
  readonly draft: MappingDraft
  readonly change: (draft: MappingDraft) => void
  readonly party: 'desk' | 'tracker'
  readonly ours: ConnectionConfiguration['ours']
  readonly described: Described | undefined
  readonly isDisabled: boolean
}

/** Which items of the tool are looked at at all. */
export const MappingScope = ({ draft, change, party, described, isDisabled }: Part) => {
  const { mapping } = useTexts()
  const containers = described?.containers ?? []
  const chosen = containers.filter(({ id }) => draft.containers.includes(id))
  const types = [...new Set((chosen.length > 0 ? chosen : containers).flatMap((one) => one.types))]
  return (
    <Card title={mapping.scope} about={mapping.scopeAbout}>
      <div className={styles.three}>
        <TagsInput
          label={mapping.containers}
          disabled={isDisabled}
          data={containers.map(({ id }) => id)}
          value={[...draft.containers]}
          onChange={(next) => change({ ...draft, containers: next })}
        />
        <TagsInput
          label={mapping.types}
          description={mapping.typesAbout}
          disabled={isDisabled}
          data={types}
          value={[...draft.types]}
          onChange={(next) => change({ ...draft, types: next })}
        />
      </div>
      <Switch
        label={mapping.adopt}
        disabled={isDisabled}
        checked={draft.adopt}
        onChange={(event) => change({ ...draft, adopt: event.currentTarget.checked })}
      />
      {party === 'tracker' ? (
        <Switch
          label={mapping.releases}
          disabled={isDisabled}
          checked={draft.releases}
          onChange={(event) => change({ ...draft, releases: event.currentTarget.checked })}
        />
      ) : null}
    </Card>
  )
}

/** Who reads what: the part where a slip would show internal words to a customer, so it says it in words. */
export const MappingWords = ({
  draft,
  change,
  party,
  isDisabled,
  problem,
}: Part & { readonly problem: string | null }) => {
  const { mapping, audience } = useTexts()
  const mine: readonly Audience[] =
    party === 'desk' ? ['everyone', 'staff', 'support'] : ['everyone', 'staff', 'engineering']
  const options = mine.map((value) => ({ value, label: audience[value] }))
  const usual: NonNullable<MappingDraft['comments']> =
    party === 'desk'
      ? { public: 'everyone', internal: 'staff', sendPublic: ['everyone'] }
      : { public: 'staff', internal: 'engineering', sendPublic: ['staff', 'everyone'] }
  return (
    <Card title={mapping.words} about={mapping.wordsAbout}>
      {(['comments', 'attachments'] as const).map((what) => {
        const rule = draft[what]
        const set = (next: typeof rule): void => change({ ...draft, [what]: next })
        return (
          <fieldset key={what} className={styles.lines} disabled={isDisabled}>
            <legend className="visually-hidden">{mapping[what]}</legend>
            <Switch
              label={mapping[what]}
              disabled={isDisabled}
              checked={rule !== null}
              onChange={(event) => set(event.currentTarget.checked ? usual : null)}
            />
            {rule === null ? null : (
              <div className={styles.three}>
                {(['public', 'internal'] as const).map((side) => (
                  <Select
                    key={side}
                    label={side === 'public' ? mapping.publicThere : mapping.internalThere}
                    size="xs"
                    allowDeselect={false}
                    disabled={isDisabled}
                    data={options}
                    value={rule[side]}
                    onChange={(word) => set({ ...rule, [side]: (word ?? rule[side]) as Audience })}
                  />
                ))}
                <MultiSelect
                  label={mapping.sendPublic}
                  size="xs"
                  disabled={isDisabled}
                  data={options}
                  value={[...rule.sendPublic]}
                  onChange={(words) => set({ ...rule, sendPublic: words as Audience[] })}
                />
              </div>
            )}
          </fieldset>
        )
      })}
      {problem === null ? null : (
        <p className={styles.bad} role="alert">
          {problem}
        </p>
      )}
    </Card>
  )
}

/** Who is who, and what is which: words there and words here. */
export const MappingLists = ({ draft, change, party, ours, described, isDisabled }: Part) => {
  const { mapping } = useTexts()
  const emails = new Set(ours.people.map(({ email }) => email.toLowerCase()))
  const named = new Set(draft.people.map(([there]) => there))
  const others = (described?.people ?? []).filter(
    ({ id, email }) => !(email !== null && emails.has(email.toLowerCase())) && !named.has(id),
  )
  const matched = (described?.people.length ?? 0) - others.length
  const here = ours.people.map(({ email, name }) => ({ value: email, label: `${name} (${email})` }))
  const containers = (described?.containers ?? []).map(({ id, title }) => ({
    value: id,
    label: title === id ? id : `${title} (${id})`,
  }))
  const tool = wordsAsChoices(described?.fields.find(({ field }) => field === 'component')?.options ?? [])
  const keyed = (all: readonly { readonly key: string; readonly name: string }[]) =>
    all.map(({ key, name }) => ({ value: key, label: name === key ? key : `${name} (${key})` }))
  return (
    <>
      <Card title={mapping.people} about={mapping.peopleAbout}>
        {described === undefined ? null : (
          <p className="quiet plain">
            {mapping.matched(matched)}{' '}
            {others.length === 0
              ? null
              : mapping.unmatched(
                  others
                    .slice(0, 12)
                    .map(({ name }) => name)
                    .join(', '),
                )}
          </p>
        )}
        <LineEditor
          lines={draft.people}
          change={(people) => change({ ...draft, people })}
          labels={[mapping.personThere, mapping.personHere]}
          choices={[
            (described?.people ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
            here,
          ]}
          isDisabled={isDisabled}
        />
      </Card>
      <Card title={mapping.products} about={mapping.productsAbout}>
        <LineEditor
          lines={draft.products}
          change={(products) => change({ ...draft, products })}
          labels={[mapping.containers, mapping.products]}
          choices={[containers, keyed(ours.products)]}
          isDisabled={isDisabled}
        />
      </Card>
      {party === 'tracker' ? (
        <Card title={mapping.components} about={mapping.componentsAbout}>
          <LineEditor
            lines={draft.components}
            change={(components) => change({ ...draft, components })}
            labels={[mapping.theirs, mapping.ours]}
            choices={[tool, keyed(ours.components)]}
            isDisabled={isDisabled}
          />
        </Card>
      ) : null}
      <Card title={mapping.onCreate} about={mapping.onCreateAbout}>
        <LineEditor
          lines={draft.onCreate}
          change={(onCreate) => change({ ...draft, onCreate })}
          labels={[mapping.field, mapping.value]}
          choices={[
            (described?.fields ?? [])
              .filter(({ writable }) => writable)
              .map(({ field, title }) => ({
                value: field,
                label: title === field ? field : `${title} (${field})`,
              })),
            [],
          ]}
          isDisabled={isDisabled}
        />
      </Card>
    </>
  )
}
