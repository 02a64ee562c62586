import { type Answer, readAnswer } from '../answer-reader.ts'
import type { Call, CliCommand } from '../cli-command.ts'
import { CliStop, EXIT, type ExitCode } from '../exit-codes.ts'
import { table } from '../table.ts'

const LIST = '/api/v1/repositories'

const standing = (row: Answer): string => {
  if (row.text('pausedAt') !== null) return 'paused'
  if (row.flag('isReading')) return 'reading'
  const problem = row.object('problem').text('what')
  return problem === null ? (row.text('readAt') === null ? 'not read yet' : 'fine') : problem
}

const all = async (call: Call): Promise<{ readonly items: readonly Answer[]; readonly raw: unknown }> => {
  const items: Answer[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = readAnswer(await call.api().get(LIST, { limit: '200', cursor: cursor ?? null }))
    items.push(...page.list('items'))
    cursor = page.text('next')
  }
  return { items, raw: { items: items.map(({ raw }) => raw) } }
}

const list = async (call: Call): Promise<ExitCode> => {
  const { items, raw } = await all(call)
  const failing = items.filter((row) => row.object('problem').text('what') !== null)
  call.show(raw, () =>
    items.length === 0
      ? 'No repositories are followed. `causeway repositories follow` adds one; a pipeline needs none (`causeway releases sync`).\n'
      : table(items, [
          { title: 'PRODUCT', of: (row) => row.object('product').text('key') },
          { title: 'ADDRESS', of: (row) => row.text('address') },
          { title: 'RELEASES', of: (row) => row.number('releases') },
          { title: 'STANDING', of: standing },
        ]),
  )
  return failing.length > 0 ? EXIT.foundProblems : EXIT.fine
}

export const repositoriesCommand: CliCommand = {
  name: 'repositories',
  about: 'Repositories that Causeway reads itself, and whether it can',
  args: {},
  examples: ['repositories'],
  run: list,
}

export const followRepositoryCommand: CliCommand = {
  name: 'repositories follow',
  about: 'Let Causeway read a repository itself, at once and every so often',
  args: {
    address: { type: 'positional', description: 'As git clone takes it, over https', required: false },
    product: { type: 'string', description: 'Key of the product', valueHint: 'KEY' },
    account: { type: 'string', description: 'User name, where the forge wants one', valueHint: 'NAME' },
    'token-from': {
      type: 'string',
      description: 'Variable that holds a token which may read it',
      valueHint: 'VARIABLE',
    },
    tags: { type: 'string', description: 'Tags that are releases (else all)', valueHint: 'GLOB' },
    except: { type: 'string', description: 'Tags that are none', valueHint: 'GLOB' },
    prefix: {
      type: 'string',
      description: "Left off a tag's name (else a v before a digit)",
      valueHint: 'TEXT',
    },
    path: { type: 'string', description: 'Only commits that touch this folder or file', valueHint: 'PATH' },
  },
  examples: [
    'repositories follow https://github.com/acme/shop.git --product shop --tags "v*"',
    'repositories follow https://git.acme.example/shop.git --product shop --token-from GIT_TOKEN',
  ],
  run: async (call) => {
    const variable = call.text('token-from')
    const token = variable === null ? undefined : call.terminal.env[variable]
    if (variable !== null && (token === undefined || token === ''))
      throw new CliStop(
        EXIT.usage,
        `The variable ${variable} is empty.`,
        'Put the token into it: what stands on a command line can be read by others.',
      )
    const body = {
      ...{ product: call.need('product'), address: call.need('address') },
      ...Object.fromEntries(
        (['account', 'tags', 'except', 'prefix', 'path'] as const).flatMap((name) => {
          const value = call.text(name)
          return value === null ? [] : [[name, value]]
        }),
      ),
      ...(token === undefined ? {} : { token }),
    }
    const answer = readAnswer(await call.api().post(LIST, body))
    call.show(
      answer.raw,
      () => `${answer.text('address')} is followed. \`causeway repositories\` shows how it stands.\n`,
    )
    return EXIT.fine
  },
}

export const readRepositoriesCommand: CliCommand = {
  name: 'repositories read',
  about: 'Read followed repositories now: all, or those of a product',
  args: { product: { type: 'string', description: 'Key of the product', valueHint: 'KEY' } },
  examples: ['repositories read --product shop'],
  run: async (call) => {
    const product = call.text('product')
    const { items } = await all(call)
    const chosen = items.filter(
      (row) =>
        row.text('pausedAt') === null && (product === null || row.object('product').text('key') === product),
    )
    if (chosen.length === 0)
      throw new CliStop(
        EXIT.failed,
        product === null ? 'No repository is followed.' : `No repository is followed for ${product}.`,
        '`causeway repositories` lists them.',
      )
    const read: unknown[] = []
    for (const row of chosen)
      read.push(await call.api().post(`${LIST}/${encodeURIComponent(row.text('id') ?? '')}/read`))
    call.show(
      { items: read },
      () =>
        `${chosen.length === 1 ? '1 repository' : `${chosen.length} repositories`} will be read at once.\n`,
    )
    return EXIT.fine
  },
}
