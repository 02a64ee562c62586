import { Select, Textarea, TextInput } from '@mantine/core'
import type { FormField } from '../../src/domain/request-form.ts'
import { FORM_LIMITS } from '../../src/domain/request-form.ts'
import type { Offer } from '../api/portal.ts'
import { useTexts } from '../texts/texts.tsx'
import styles from './portal.module.css'

type Answers = Readonly<Record<string, string>>

/** What a product wants to know, and where it runs at theirs. */
export const FormFields = ({
  product,
  installation,
  setInstallation,
  answers,
  setAnswers,
}: {
  readonly product: Offer
  readonly installation: string | null
  readonly setInstallation: (id: string | null) => void
  readonly answers: Answers
  readonly setAnswers: (part: (had: Answers) => Answers) => void
}) => {
  const { portal } = useTexts()
  const set = (key: string, value: string): void => setAnswers((had) => ({ ...had, [key]: value }))
  return (
    <fieldset className={styles.questions}>
      <legend>{portal.aboutProduct(product.name)}</legend>
      {product.installations.length === 0 ? null : (
        <Select
          label={portal.environment}
          description={portal.optional}
          clearable
          data={product.installations.map(({ id, environment, version }) => ({
            value: id,
            label: version === null ? environment : `${environment} · ${version}`,
          }))}
          value={installation}
          onChange={setInstallation}
        />
      )}
      {product.form.map((field) => (
        <Question
          key={field.key}
          field={field}
          value={answers[field.key] ?? ''}
          set={(value) => set(field.key, value)}
        />
      ))}
    </fieldset>
  )
}

const Question = ({
  field,
  value,
  set,
}: {
  readonly field: FormField
  readonly value: string
  readonly set: (value: string) => void
}) => {
  const said = { label: field.label, description: field.help, required: field.required }
  switch (field.kind) {
    case 'choice':
      return (
        <Select
          {...said}
          data={[...field.choices]}
          clearable={!field.required}
          value={value === '' ? null : value}
          onChange={(chosen) => set(chosen ?? '')}
        />
      )
    case 'text':
      return (
        <Textarea
          {...said}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={FORM_LIMITS.answer}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
    default:
      return (
        <TextInput
          {...said}
          inputMode={field.kind === 'number' ? 'decimal' : undefined}
          pattern={field.kind === 'number' ? '-?[0-9]+([.,][0-9]+)?' : undefined}
          maxLength={500}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      )
  }
}
