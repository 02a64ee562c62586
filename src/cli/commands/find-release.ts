import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT } from '../exit-codes.ts'

export const RELEASE_ARGS = {
  release: { type: 'positional', description: 'Name of the release', required: false },
  product: {
    type: 'string',
    description: 'Key of its product, where two have one of this name',
    valueHint: 'KEY',
  },
} as const satisfies CliCommand['args']

/** Every page of a list. */
export const allPages = async (
  call: Call,
  path: string,
  query: Readonly<Record<string, string | null>> = {},
): Promise<readonly Answer[]> => {
  const found: Answer[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = readAnswer(await call.api().get(path, { ...query, limit: '200', cursor: cursor ?? null }))
    found.push(...page.list('items'))
    cursor = page.text('next')
  }
  return found
}

/** People know a release by its name; two products may have one of the same. */
export const findRelease = async (call: Call): Promise<string> => {
  const [name, product] = [call.need('release'), call.text('product')]
  const named = (await allPages(call, '/api/v1/releases')).filter(
    (row) => row.text('name') === name && (product === null || row.object('product').text('key') === product),
  )
  const [found, ...others] = named
  if (found === undefined)
    throw new CliStop(EXIT.refused, `There is no release ${name}.`, '`causeway releases` lists them.')
  if (others.length > 0) {
    const products = named.map((row) => row.object('product').text('key')).join(', ')
    throw new CliStop(
      EXIT.usage,
      `Several products have a release ${name}: ${products}.`,
      'Add --product KEY.',
    )
  }
  return encodeURIComponent(found.text('id') ?? '')
}
