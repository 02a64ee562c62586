import { readFileSync } from 'node:fs'
import { type Answer, readAnswer } from '../answer-reader.ts'
import type { CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'
import { joined } from '../record-text.ts'
import { count, table } from '../table.ts'
import { allPages, findRelease, RELEASE_ARGS } from './find-release.ts'

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CliStop(EXIT.usage, `${path} cannot be read: ${why}`, 'Name the file that your tool wrote.')
  }
}

const readDocument = (path: string): unknown => {
  const text = textOf(path)
  try {
    return JSON.parse(text)
  } catch {
    throw new CliStop(EXIT.usage, `${path} is not JSON.`, 'Let the tool write CycloneDX or SPDX 2 as JSON.')
  }
}

export const billCommand: CliCommand = {
  name: 'releases contains',
  about: 'Tell what a build contains, from its bill of materials',
  args: {
    ...RELEASE_ARGS,
    bill: { type: 'string', description: 'CycloneDX or SPDX 2 as JSON, or a plain list', valueHint: 'FILE' },
    build: {
      type: 'string',
      description: 'The build it is of, where a release has several',
      valueHint: 'NAME',
    },
  },
  examples: [
    'releases contains 4.3 --product atlas --bill sbom.json',
    'releases contains 4.3 --bill arm64.json --build arm64',
  ],
  run: async (call) => {
    const document = readDocument(call.need('bill'))
    const build = call.text('build')
    const query = build === null ? '' : `?build=${encodeURIComponent(build)}`
    const told = readAnswer(
      await call.api().post(`/api/v1/releases/${await findRelease(call)}/bill${query}`, document),
    )
    call.show(
      told.raw,
      () => `${count(told.number('packages') ?? 0, 'package')} told (${told.text('format') ?? ''}).\n`,
    )
    return EXIT.fine
  },
}

const called = (row: Answer): string =>
  joined([row.object('product').text('key'), row.object('release').text('name'), row.text('build')], ' ')

export const packagesCommand: CliCommand = {
  name: 'packages',
  about: 'Which releases contain a package, and how many run them',
  args: {
    name: { type: 'positional', description: 'The beginning of its name', required: false },
    version: { type: 'string', description: 'Exactly this version', valueHint: 'NAME' },
  },
  examples: ['packages log4j', 'packages openssl --version 3.0.11'],
  run: async (call) => {
    const version = call.text('version')
    const asked = { text: call.need('name'), ...(version === null ? {} : { version }) }
    const items = await allPages(call, '/api/v1/packages', asked)
    call.show({ items: items.map(({ raw }) => raw) }, () =>
      items.length === 0
        ? 'No release that told what it contains has it.\n'
        : table(items, [
            { title: 'PACKAGE', of: (row) => row.text('name') },
            { title: 'VERSION', of: (row) => row.text('version') },
            { title: 'RELEASE', of: called },
            { title: 'INSTALLATIONS', of: (row) => row.number('installations') },
            { title: 'CUSTOMERS', of: (row) => row.number('customers') },
          ]),
    )
    return EXIT.fine
  },
}
