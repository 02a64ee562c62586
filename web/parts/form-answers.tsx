import type { Ticket } from '../api/tickets.ts'
import styles from './form-answers.module.css'
import { FactList, recordStyles } from './record.tsx'

type Answers = NonNullable<Ticket['inside']>['answers']

/** What the customer answered to the questions of the product. */
export const FormAnswers = ({ answers }: { readonly answers: Answers }) =>
  answers.length === 0 ? null : (
    <div className={`${recordStyles.facts} ${styles.answers}`}>
      <FactList facts={answers.map(({ label, value }) => [label, value] as const)} />
    </div>
  )

/** The same below a description in Markdown, as it goes to engineering. */
export const withAnswers = (description: string, answers: Answers): string =>
  answers.length === 0
    ? description
    : [description.trimEnd(), answers.map(lineOf).join('\n')].filter((part) => part !== '').join('\n\n')

/** What people wrote are words here, and no marks. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&')

const lineOf = ({ label, value }: Answers[number]): string =>
  `- **${escaped(label)}:** ${escaped(value).replace(/\r?\n/g, '\\\n  ')}`
