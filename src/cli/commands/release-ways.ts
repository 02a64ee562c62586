import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { EXIT } from '../exit-codes.ts'
import { joined } from '../record-text.ts'
import { allPages, findRelease, RELEASE_ARGS } from './find-release.ts'

/** A release on its way to its users: what it changes for them, and whether it goes live. */

const KINDS = [
  ['new', 'New'],
  ['fixed', 'Fixed'],
  ['behaves differently', 'Behaves differently'],
  ['known broken', 'Known broken'],
] as const

const noteText = (note: Answer): string =>
  [
    `- **${note.text('title') ?? ''}**`,
    ...[note.text('body'), labelled('Workaround', note.text('workaround'))].flatMap((text) =>
      text === null || text === '' ? [] : text.split('\n').map((line) => `  ${line}`),
    ),
  ].join('\n')

const labelled = (label: string, text: string | null): string | null =>
  text === null ? null : `${label}: ${text}`

export const releaseNotesCommand: CliCommand = {
  name: 'releases notes',
  about: 'What a release changes for its users, as Markdown: the notes that support approved',
  args: {
    ...RELEASE_ARGS,
    drafts: { type: 'boolean', description: 'Those that nobody approved yet, too' },
  },
  examples: ['releases notes 4.3 > NOTES.md', 'releases notes 4.3 --drafts'],
  run: async (call) => {
    const notes = await allPages(call, `/api/v1/releases/${await findRelease(call)}/notes`)
    const shown = notes.filter((note) => call.flag('drafts') || note.text('state') === 'approved')
    call.show({ items: shown.map(({ raw }) => raw) }, () =>
      KINDS.flatMap(([kind, title]) => {
        const ofKind = shown.filter((note) => note.text('kind') === kind)
        return ofKind.length === 0 ? [] : [`## ${title}\n\n${ofKind.map(noteText).join('\n')}\n`]
      }).join('\n'),
    )
    return EXIT.fine
  },
}

const criterionText = (one: Answer): string => {
  const [done, all] = [one.number('done') ?? 0, one.number('all') ?? 0]
  const count = one.text('standing') === 'not applicable' ? null : all === 0 ? `${done}` : `${done} of ${all}`
  const behind = one.list('behind').map((record) => joined([record.text('key'), record.text('title')], ' '))
  return [
    `  ${joined([one.text('criterion'), one.text('standing'), count], ': ')}`,
    ...behind.map((line) => `      ${line}`),
  ].join('\n')
}

const signedText = (one: Answer): string =>
  `  ${one.text('role') ?? ''}: ${one.object('person').text('name') ?? ''}${one.texts('changed').length === 0 ? '' : ` (void: ${one.texts('changed').join(', ')} changed)`}`

export const goLiveCommand: CliCommand = {
  name: 'releases go-live',
  about: 'Whether a release goes live: ends with 3 unless the last decision was go, and says what is missing',
  args: RELEASE_ARGS,
  examples: ['releases go-live 4.3 && ./roll-out.sh'],
  run: async (call) => {
    const goLive = readAnswer(await call.api().get(`/api/v1/releases/${await findRelease(call)}/go-live`))
    const [decision] = goLive.list('decisions')
    const decided = decision?.text('decision') ?? null
    call.show(goLive.raw, () => {
      const reason = decision?.text('reason') ?? null
      const lines = [
        `${call.need('release')}: ${decided ?? 'nobody has decided'}${reason === null ? '' : ` (${reason})`}`,
        ...goLive.list('criteria').map(criterionText),
        ...goLive.list('signOffs').map(signedText),
      ]
      return `${lines.join('\n')}\n`
    })
    return decided === 'go' ? EXIT.fine : EXIT.foundProblems
  },
}
