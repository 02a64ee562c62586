import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readSource, readSources } from './read-imports.ts'
import { violationsOf } from './violations.ts'

const of = (path: string, text: string): readonly string[] => violationsOf(readSource(path, text))

describe('the house', () => {
  const files = readSources()

  it('is read at all, or everything below would hold of nothing', () => {
    expect(files.length).toBeGreaterThan(200)
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(500)
  })

  it('keeps its rules in every file', () => {
    expect(files.flatMap(violationsOf)).toEqual([])
  })
})

describe('the packages', () => {
  it('are each imported somewhere, because one that nothing uses is still to be kept safe', () => {
    const listed = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>
    }
    const used = new Set(readSources().flatMap(({ packages }) => packages))
    expect(Object.keys(listed.dependencies).filter((name) => !used.has(name))).toEqual([])
  })
})

describe('the folders', () => {
  it('hold no scratch file, because nobody later knows whether it still means something', () => {
    const root = new URL('../../', import.meta.url)
    const names = ['bench', 'src', 'test', 'tools'].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    expect(names.filter((name) => /(^|\/)(\.[^/]*|q|try[^/]*|scratch[^/]*)\.ts$/.test(name))).toEqual([])
  })
})

describe('the rules notice', () => {
  it.each([
    ['a domain that asks the store', 'domain/x.ts', "import { a } from '../store/a.ts'"],
    [
      'a type import across a border, since it binds the two just as well',
      'sync/x.ts',
      "import type { A } from '../worker/a.ts'",
    ],
    ['an import over several lines', 'store/x.ts', "import {\n  a,\n  b,\n} from '../commands/a.ts'"],
    ['a re-export', 'lib/x.ts', "export { a } from '../domain/a.ts'"],
    ['an import at run time', 'store/x.ts', "const a = await import('../api/a.ts')"],
    ['one connector in another', 'connectors/redmine/x.ts', "import { a } from '../rest/a.ts'"],
    ['a connector that reads the registry', 'connectors/redmine/x.ts', "import { a } from '../registry.ts'"],
    ['a screen that asks a tool', 'api/tickets/x.ts', "import { a } from '../../connectors/registry.ts'"],
    ['a worker that knows one tool', 'worker/x.ts', "import { a } from '../connectors/redmine/index.ts'"],
    [
      'a view of staff’s in the portal',
      'api/portal/x.ts',
      "import { a } from '../../store/views/ticket-view.ts'",
    ],
    ['a table of ours in the portal’s store', 'store/portal/x.ts', "import { a } from '../comments.ts'"],
    ['publishing from elsewhere', 'api/tickets/x.ts', "import { publish } from '../../domain/publish.ts'"],
    ['files in the core', 'sync/x.ts', "import { readFile } from 'node:fs/promises'"],
    ['the network in the core', 'domain/x.ts', "import { fetch } from 'undici'"],
    ['a clock in the core', 'sync/x.ts', 'const a = Date.now()'],
    ['chance in the core', 'domain/x.ts', 'const a = Math.random()'],
    ['the environment outside the rim', 'worker/x.ts', "const a = process.env['HOME']"],
    ['any', 'api/x.ts', 'const a = (b: any) => b'],
    ['a silenced compiler', 'api/x.ts', '// @ts-ignore\nconst a = 1'],
    ['a file that is two things', 'api/x.ts', 'const a = 1\n'.repeat(401)],
    [
      'a signature compared letter by letter',
      'api/x.ts',
      "import { createHmac } from 'node:crypto'\nconst a = signature === expected",
    ],
    [
      'a digest compared as bytes',
      'api/x.ts',
      "import { createHmac } from 'node:crypto'\nconst a = digest.equals(given)",
    ],
    [
      'a comparison in constant time that throws at another length',
      'api/x.ts',
      "import { timingSafeEqual } from 'node:crypto'\nconst a = timingSafeEqual(given, expected)",
    ],
    ['a folder nobody decided on', 'helpers/x.ts', 'export const a = 1'],
  ])('%s', (_, path, text) => {
    expect(of(path, text)).toHaveLength(1)
  })

  it.each([
    ['words about any in a comment', 'api/x.ts', '// one of them: any of them\nconst a = 1'],
    ['the word any in a text', 'api/x.ts', "const a = 'left out: any.'"],
    ['process.env named in a comment', 'worker/x.ts', '/** nobody reads `process.env` */\nconst a = 1'],
    [
      'signatures of one length compared in constant time, one that is missing, or a length',
      'api/x.ts',
      "import { timingSafeEqual } from 'node:crypto'\nconst a = signature === undefined || given.length === digest.length && timingSafeEqual(given, digest)",
    ],
    ['a file next door', 'domain/x.ts', "import { a } from './a.ts'"],
    [
      'a connector that uses what two of one vendor share',
      'connectors/jira/x.ts',
      "import { a } from '../atlassian/a.ts'",
    ],
    ['a connector that uses http', 'connectors/redmine/x.ts', "import { a } from '../http.ts'"],
    ['webhooks that ask the registry', 'api/hooks/x.ts', "import { a } from '../../connectors/registry.ts'"],
  ])('nothing wrong in %s', (_, path, text) => {
    expect(of(path, text)).toEqual([])
  })
})
