import { err, ok, type Result } from '../lib/result.ts'
import { type Refusal, refuse } from './refusal.ts'

/** What a product asks of whoever reports something about it, so that nobody has to ask back. */
export const FORM_FIELD_KINDS = ['text', 'choice', 'number', 'version'] as const
export type FormFieldKind = (typeof FORM_FIELD_KINDS)[number]

export interface FormField {
  /** Lasting: answers are known by it, also when the label changes. */
  readonly key: string
  readonly label: string
  readonly help: string | null
  readonly kind: FormFieldKind
  readonly required: boolean
  /** Of a choice only. */
  readonly choices: readonly string[]
}

export type RequestForm = readonly FormField[]

/** As it was asked at the time. */
export interface TicketAnswer {
  readonly key: string
  readonly label: string
  readonly value: string
}

export const FORM_LIMITS = {
  fields: 30,
  choices: 50,
  label: 200,
  help: 500,
  choice: 200,
  answer: 5_000,
} as const
const KEY = /^[a-z][a-z0-9-]{0,49}$/

const bad = (detail: string, field: string): Result<never, Refusal> =>
  err(refuse('invalid', detail, { field }))

/** A form that can be asked: keys that are told apart, a label each, choices where there is one to make. */
export const checkForm = (form: RequestForm): Result<RequestForm, Refusal> => {
  if (form.length > FORM_LIMITS.fields)
    return bad(`A form has at most ${FORM_LIMITS.fields} fields: nobody fills in more.`, '/form')
  const seen = new Set<string>()
  const checked: FormField[] = []
  for (const [at, field] of form.entries()) {
    const place = `/form/${at}`
    const label = field.label.trim()
    const help = field.help?.trim() || null
    const choices = field.kind === 'choice' ? field.choices.map((choice) => choice.trim()) : []
    if (!KEY.test(field.key))
      return bad('A key is small letters, digits and hyphens, and begins with a letter.', `${place}/key`)
    if (seen.has(field.key)) return bad(`Two fields have the key ${field.key}.`, `${place}/key`)
    seen.add(field.key)
    if (label === '' || label.length > FORM_LIMITS.label)
      return bad(`A label has 1 to ${FORM_LIMITS.label} characters.`, `${place}/label`)
    if (help !== null && help.length > FORM_LIMITS.help)
      return bad(`A hint has at most ${FORM_LIMITS.help} characters.`, `${place}/help`)
    if (field.kind === 'choice' && (choices.length < 2 || choices.length > FORM_LIMITS.choices))
      return bad(`A choice offers 2 to ${FORM_LIMITS.choices} answers.`, `${place}/choices`)
    if (choices.some((choice) => choice === '' || choice.length > FORM_LIMITS.choice))
      return bad(`An answer to choose has 1 to ${FORM_LIMITS.choice} characters.`, `${place}/choices`)
    if (new Set(choices).size < choices.length)
      return bad('The same answer is offered twice.', `${place}/choices`)
    checked.push({ ...field, label, help, choices })
  }
  return ok(checked)
}

const NUMBER = /^-?\d{1,15}(?:[.,]\d{1,15})?$/

/**
 * What was answered, in the order of the form and in its words. An answer to nothing that is asked is refused, or it
 * would be lost without a word.
 */
export const checkAnswers = (
  form: RequestForm,
  given: Readonly<Record<string, string>>,
): Result<readonly TicketAnswer[], Refusal> => {
  const unknown = Object.keys(given).find((key) => !form.some((field) => field.key === key))
  if (unknown !== undefined)
    return bad(
      'The form has changed meanwhile and does not ask this any more. Load the page again.',
      `/answers/${unknown}`,
    )
  const answers: TicketAnswer[] = []
  for (const field of form) {
    const value = (Object.hasOwn(given, field.key) ? (given[field.key] ?? '') : '').trim()
    const problem = answerProblem(field, value)
    if (problem !== null) return bad(problem, `/answers/${field.key}`)
    if (value !== '') answers.push({ key: field.key, label: field.label, value })
  }
  return ok(answers)
}

const answerProblem = ({ label, kind, required, choices }: FormField, value: string): string | null => {
  if (value === '') return required ? `Please answer: ${label}` : null
  if (value.length > FORM_LIMITS.answer) return `At most ${FORM_LIMITS.answer} characters: ${label}`
  if (kind === 'number' && !NUMBER.test(value)) return `A number, please: ${label}`
  if (kind === 'choice' && !choices.includes(value)) return `Choose one of the answers offered: ${label}`
  if (kind !== 'text' && /[\r\n]/.test(value)) return `One line, please: ${label}`
  return null
}

/** What a version field says: the version of the request itself, where nobody named it otherwise. */
export const versionAnswered = (form: RequestForm, answers: readonly TicketAnswer[]): string | null => {
  const asked = form.find((field) => field.kind === 'version')
  return answers.find((answer) => answer.key === asked?.key)?.value ?? null
}
