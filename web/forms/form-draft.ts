import type { FormField, RequestForm } from '../../src/domain/request-form.ts'

/** A question while it is being written; `id` keeps its row when others move. */
export interface DraftField {
  readonly id: number
  /** Null until it is first saved: then it is made of the label. */
  readonly key: string | null
  readonly label: string
  readonly help: string
  readonly kind: FormField['kind']
  readonly required: boolean
  /** One to a line. */
  readonly choices: string
}

export const draftOf = (form: RequestForm): readonly DraftField[] =>
  form.map((field, id) => ({ ...field, id, help: field.help ?? '', choices: field.choices.join('\n') }))

export const newField = (fields: readonly DraftField[]): DraftField => ({
  id: Math.max(-1, ...fields.map(({ id }) => id)) + 1,
  ...{ key: null, label: '', help: '', kind: 'text', required: false, choices: '' },
})

const MAX_KEY = 40

/** A lasting key out of a label in any language. */
const keyOf = (label: string, taken: ReadonlySet<string>): string => {
  const letters = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, MAX_KEY)
  const base = letters === '' ? 'question' : letters
  let key = base
  for (let count = 2; taken.has(key); count += 1) key = `${base}-${count}`
  return key
}

/** As it is sent. Keys that were given stay, because answers are known by them. */
export const formOf = (fields: readonly DraftField[]): FormField[] => {
  const taken = new Set(fields.flatMap(({ key }) => key ?? []))
  return fields.map(({ id: _, key, label, help, choices, ...field }) => {
    const made = key ?? keyOf(label, taken)
    taken.add(made)
    const offered = choices.split('\n').map((choice) => choice.trim())
    return {
      ...field,
      key: made,
      label: label.trim(),
      help: help.trim() === '' ? null : help.trim(),
      choices: field.kind === 'choice' ? offered.filter((choice) => choice !== '') : [],
    }
  })
}

export const moved = (fields: readonly DraftField[], at: number, by: -1 | 1): readonly DraftField[] => {
  const [one, other] = [fields[at], fields[at + by]]
  return one === undefined || other === undefined ? fields : fields.with(at, other).with(at + by, one)
}
