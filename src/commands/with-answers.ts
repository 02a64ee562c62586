import type { TicketAnswer } from '../domain/request-form.ts'
import {
  asRichText,
  childrenOf,
  paragraph,
  type RichText,
  type TreeNode,
  textNode,
} from '../sync/rich-text/tree.ts'

/** What was asked and answered, below the customer's own words: whoever fixes it needs to know that too. */
export const withAnswers = (description: RichText, answers: readonly TicketAnswer[]): RichText =>
  answers.length === 0
    ? description
    : asRichText([
        ...childrenOf(description as unknown as TreeNode),
        {
          type: 'list',
          ordered: false,
          spread: false,
          children: answers.map((answer) => ({
            type: 'listItem',
            spread: false,
            children: [paragraph(lineOf(answer))],
          })),
        },
      ])

const lineOf = ({ label, value }: TicketAnswer): readonly TreeNode[] => [
  { type: 'strong', children: [textNode(`${label}:`)] },
  ...value
    .split(/\r?\n/)
    .flatMap((line, at) => (at === 0 ? [textNode(` ${line}`)] : [{ type: 'break' }, textNode(line)])),
]
