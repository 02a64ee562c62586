import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { joined } from '../record-text.ts'

const VERDICTS: Readonly<Record<string, string>> = {
  intended: 'Intended: it behaves so by design.',
  'known defect': 'Known defect: engineering knows it.',
  unknown: 'Unknown: nothing that is known settles it. Open a ticket.',
}

const linesOf = (one: Answer): readonly string[] => {
  const [work, note, planned] = [one.object('workItem'), one.object('note'), one.object('planned')]
  const about = note.text('title') ?? work.text('title')
  const facts = [
    ['Say', note.text('say')],
    ['It behaves so', one.text('behaviourNote')],
    ['Workaround', one.text('workaround')],
    ['Engineering declined it', one.text('declineReason')],
    ['First in', one.object('firstIn').text('name')],
    ['Planned for', planned.text('name')],
  ].flatMap(([label, value]) => (value == null ? [] : [`    ${label}: ${value}`]))
  const name = work.text('key') ?? note.object('release').text('name')
  return [`  ${joined([name, about], ' ')} (${one.text('reading') ?? ''})`, ...facts]
}

export const bugOrFeatureCommand: CliCommand = {
  name: 'bug-or-feature',
  about: 'Whether what a caller says is intended, a known defect, or unknown',
  args: {
    text: { type: 'positional', description: "The caller's words", required: false },
    product: { type: 'string', description: 'Key of the product', valueHint: 'KEY' },
    version: { type: 'string', description: 'What runs there, as the caller calls it', valueHint: 'NAME' },
  },
  examples: ['bug-or-feature "printing takes two pages for one label" --product atlas --version 4.3'],
  run: async (call) => {
    const asked = {
      text: call.need('text'),
      ...Object.fromEntries(
        (['product', 'version'] as const).flatMap((name) => {
          const value = call.text(name)
          return value === null ? [] : [[name, value]]
        }),
      ),
    }
    const answer = readAnswer(await call.api().get('/api/v1/bug-or-feature', asked))
    const verdict = answer.text('verdict') ?? 'unknown'
    call.show(answer.raw, () => {
      const version = call.text('version')
      const notKnown =
        version === null || answer.object('release').has('id')
          ? []
          : [
              call.text('product') === null
                ? `Give --product too: without it, ${version} names no release, and which fixes it has is not known.`
                : `No release is called ${version}: which fixes it has is not known.`,
            ]
      const lines = answer.list('evidence').flatMap(linesOf)
      return `${[VERDICTS[verdict] ?? verdict, ...notKnown, ...lines].join('\n')}\n`
    })
    return verdict === 'unknown' ? EXIT.foundProblems : EXIT.fine
  },
}
