import { Button, Group, NumberInput, Select, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { DELAY_MINUTES, OUTREACH_STANDINGS, TELLING_MODES } from '../../src/domain/outreach.ts'
import { type Policies, type Policy, type Template, useKeepPolicy, useKeepTemplate } from '../api/outreach.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { FormProblem } from '../parts/states.tsx'
import { tell } from '../parts/tell.tsx'
import { useTexts } from '../texts/desk-texts.tsx'
import { PickRecord } from './pick-record.tsx'

/** What is proposed and what goes by itself, of one product or of all without rules of their own. */
export const PolicyForm = ({
  product,
  policy,
  reason,
}: {
  readonly product: { readonly id: string; readonly name: string } | null
  readonly policy: Policy
  readonly reason: string | null
}) => {
  const texts = useTexts()
  const { settings: words } = texts.outreach
  const keep = useKeepPolicy()
  const [modes, setModes] = useState(policy.modes)
  const [delayMinutes, setDelay] = useState<number>(policy.delayMinutes)
  const saved = { onSuccess: () => tell({ text: words.saved, tone: 'good' as const }) }
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (reason === null) keep.mutate({ product: product?.id ?? null, policy: { modes, delayMinutes } }, saved)
  }
  const isAutomatic = Object.values(modes).includes('automatic')
  return (
    <form onSubmit={send}>
      {OUTREACH_STANDINGS.map((standing) => (
        <Select
          key={standing}
          label={texts.trace.waiting.standings[standing]}
          description={texts.trace.waiting.standingAbout[standing]}
          data={TELLING_MODES.map((mode) => ({ value: mode, label: words.modes[mode] }))}
          allowDeselect={false}
          disabled={reason !== null}
          mb="sm"
          value={modes[standing]}
          onChange={(value) => {
            const mode = TELLING_MODES.find((one) => one === value)
            if (mode !== undefined) setModes({ ...modes, [standing]: mode })
          }}
        />
      ))}
      {isAutomatic ? (
        <NumberInput
          label={words.delay}
          min={DELAY_MINUTES.min}
          max={DELAY_MINUTES.max}
          allowDecimal={false}
          disabled={reason !== null}
          mb="sm"
          value={delayMinutes}
          onChange={(value) => setDelay(typeof value === 'number' ? value : DELAY_MINUTES.min)}
        />
      ) : null}
      <FormProblem error={keep.error} />
      <Group gap="xs">
        {reason === null ? (
          <Button type="submit" loading={keep.isPending}>
            {words.save}
          </Button>
        ) : (
          <ActionButton label={words.save} reason={reason} run={() => undefined} />
        )}
        {product === null || reason !== null ? null : (
          <Button
            variant="default"
            loading={keep.isPending}
            onClick={() => keep.mutate({ product: product.id, policy: null }, saved)}
          >
            {words.dropOwn}
          </Button>
        )}
      </Group>
    </form>
  )
}

/** Gives a product rules of its own; they begin as those for all are. */
export const OwnPolicy = ({ policies }: { readonly policies: Policies }) => {
  const texts = useTexts()
  const { settings: words } = texts.outreach
  const keep = useKeepPolicy()
  const [product, setProduct] = useState<string | null>(null)
  const general = policies.items.find((one) => one.product === null)?.policy
  const isThere = policies.items.some((one) => one.product?.id === product)
  return (
    <>
      <PickRecord
        noun="products"
        label={texts.fields.product}
        placeholder={texts.fields.none}
        value={product}
        choose={setProduct}
      />
      <FormProblem error={keep.error} />
      <Button
        mt="sm"
        variant="default"
        disabled={product === null || isThere || general === undefined}
        loading={keep.isPending}
        onClick={() => general !== undefined && keep.mutate({ product, policy: general })}
      >
        {words.addOwn}
      </Button>
    </>
  )
}

const TEXT_MAX = 20_000

export const TemplateForm = ({
  template,
  reason,
}: {
  readonly template: Template
  readonly reason: string | null
}) => {
  const texts = useTexts()
  const { settings: words, languages } = texts.outreach
  const keep = useKeepTemplate()
  const { standing, language, isOwn } = template
  const [text, setText] = useState(template.text)
  const save = (said: string | null): void =>
    keep.mutate(
      { standing, language, text: said },
      { onSuccess: () => tell({ text: words.saved, tone: 'good' }) },
    )
  const isChanged = text.trim() !== template.text
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isChanged && reason === null) save(text.trim())
      }}
    >
      <Textarea
        label={words.template(texts.trace.waiting.standings[standing], languages[language])}
        autosize
        minRows={3}
        maxRows={16}
        maxLength={TEXT_MAX}
        lang={language}
        readOnly={reason !== null}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormProblem error={keep.error} />
      <Group gap="xs" my="xs">
        {isChanged && reason === null ? (
          <Button type="submit" loading={keep.isPending}>
            {words.save}
          </Button>
        ) : null}
        {isOwn && reason === null ? (
          <Button variant="default" loading={keep.isPending} onClick={() => save(null)}>
            {words.asShipped}
          </Button>
        ) : null}
      </Group>
    </form>
  )
}
