import { type Answer, readAnswer } from '../answer-reader.ts'
import { bodyOf, optionsOf, type Words } from '../body-of.ts'
import type { CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { joined } from '../record-text.ts'
import { table } from '../table.ts'
import { allPages, findRelease, RELEASE_ARGS } from './find-release.ts'

const days = (release: Answer): string => {
  const estimate = release.object('estimate')
  return joined([...new Set([estimate.text('from'), estimate.text('to')])], ' to ')
}

const said = (release: Answer): string =>
  `${joined([release.object('product').text('name'), release.text('name')], ' ')}: ${joined([release.text('state'), release.text('releasedAt') === null ? days(release) : ''])}\n`

export const releasesCommand: CliCommand = {
  name: 'releases',
  about: 'Releases, the latest made first',
  args: {},
  examples: ['releases'],
  run: async (call) => {
    const rows = await allPages(call, '/api/v1/releases')
    call.show({ items: rows.map((row) => row.raw) }, () =>
      rows.length === 0
        ? 'No releases.\n'
        : table(rows, [
            { title: 'PRODUCT', of: (row) => row.object('product').text('key') },
            { title: 'NAME', of: (row) => row.text('name') },
            { title: 'STATE', of: (row) => row.text('state') },
            { title: 'EXPECTED', of: days },
            { title: 'WORK ITEMS', of: (row) => row.number('workItems') },
            { title: 'TICKETS', of: (row) => row.number('tickets') },
          ]),
    )
    return EXIT.fine
  },
}

export const newReleaseCommand: CliCommand = {
  name: 'releases new',
  about: 'Plan a release of a product',
  args: {
    product: { type: 'positional', description: 'Key of the product', required: false },
    name: { type: 'positional', description: 'Its name', required: false },
  },
  examples: ['releases new atlas 4.3'],
  run: async (call) => {
    const body = { product: call.need('product'), name: call.need('name') }
    const release = readAnswer(await call.api().post('/api/v1/releases', body))
    call.show(release.raw, () => said(release))
    return EXIT.fine
  },
}

const DAYS = {
  from: { about: 'First day', hint: 'YYYY-MM-DD' },
  to: { about: 'Last day', hint: 'YYYY-MM-DD' },
} as const satisfies Words

export const estimateReleaseCommand: CliCommand = {
  name: 'releases estimate',
  about: 'Say when a release is expected; each estimate is kept',
  args: {
    ...RELEASE_ARGS,
    ...optionsOf(DAYS),
    confidence: { type: 'string', description: 'How sure, in percent', valueHint: '0–100' },
  },
  examples: ['releases estimate 4.3 --from 2026-12-01 --to 2026-12-05 --confidence 80'],
  run: async (call) => {
    const confidence = call.text('confidence')
    if (confidence !== null && !/^(100|\d{1,2})$/.test(confidence))
      throw new CliStop(EXIT.usage, `--confidence ${confidence} is no percentage.`, 'Write --confidence 80.')
    const estimate = {
      from: null,
      to: null,
      ...bodyOf(call, DAYS),
      confidence: confidence === null ? null : Number(confidence),
    }
    const path = `/api/v1/releases/${await findRelease(call)}/estimate`
    const release = readAnswer(await call.api().post(path, { estimate }))
    call.show(release.raw, () => said(release))
    return EXIT.fine
  },
}

export const outCommand: CliCommand = {
  name: 'releases out',
  about: 'A release is out: every ticket that waits for it wakes',
  args: {
    ...RELEASE_ARGS,
    because: {
      type: 'string',
      description: 'Why it comes out where nobody said go, and its product asks for that',
      valueHint: 'TEXT',
    },
  },
  examples: ['releases out 4.3', 'releases out 4.3 --product atlas --because "A security fix"'],
  run: async (call) => {
    const path = `/api/v1/releases/${await findRelease(call)}/release`
    const because = call.text('because')
    const release = readAnswer(await call.api().post(path, because === null ? {} : { reason: because }))
    call.show(release.raw, () => said(release))
    return EXIT.fine
  },
}
