import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { MAX_LINES, WEB_RULES } from './rules.ts'

/** The browser's part keeps rules of its own: what it may know of the server, and where words and addresses stand. */
const root = fileURLToPath(new URL('../../', import.meta.url))

interface WebFile {
  /** Below the repository, with `/`. */
  readonly path: string
  readonly text: string
}

const files: readonly WebFile[] = readdirSync(join(root, 'web'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))

const IMPORT = /(?:^|\n)import\s+(type\s)?[^'";]*?from\s+'([^']+)'|\bimport\('([^']+)'\)/g

const importsOf = ({ path, text }: WebFile) =>
  [...text.matchAll(IMPORT)].map(([, type, from, lazy]) => {
    const name = from ?? lazy ?? ''
    const target = name.startsWith('.')
      ? normalize(join(dirname(path), name))
          .split(sep)
          .join('/')
      : name
    return { target, isType: type !== undefined }
  })

const problemsOf = (file: WebFile): readonly string[] => {
  const { path, text } = file
  const foreign = importsOf(file)
    .filter(({ target }) => target.startsWith('src/'))
    .filter(
      ({ target, isType }) =>
        !WEB_RULES.mayUse.some((folder) => target.startsWith(folder)) &&
        !(isType && WEB_RULES.mayUseTypesOf.some((pattern) => pattern.test(target))),
    )
    .map(({ target }) => `${path} imports ${target}: ${WEB_RULES.because}`)
  const machine = importsOf(file)
    .filter(({ target }) => target.startsWith('node:') && path !== 'web/vite.config.ts')
    .map(({ target }) => `${path} imports ${target}: a browser has no such thing.`)
  const said = WEB_RULES.onlyIn
    .filter(({ pattern, files: allowed }) => pattern.test(text) && !allowed.test(path))
    .map(({ because }) => `${path}: ${because}`)
  const { portal } = WEB_RULES
  const desk = portal.files.test(path)
    ? importsOf(file)
        .filter(({ target, isType }) => !isType && portal.never.test(target))
        .map(({ target }) => `${path} imports ${target}: ${portal.because}`)
    : []
  const long = text.split('\n').length > MAX_LINES ? [`${path} has more than ${MAX_LINES} lines.`] : []
  return [...foreign, ...machine, ...said, ...desk, ...long]
}

describe('the web app', () => {
  it('is read at all', () => {
    expect(files.length).toBeGreaterThan(60)
    expect(files.flatMap(importsOf).length).toBeGreaterThan(300)
  })

  it('keeps its rules in every file', () => {
    expect(files.flatMap(problemsOf)).toEqual([])
  })
})

describe('its rules notice', () => {
  it.each([
    ['the store', 'web/parts/x.tsx', "import type { A } from '../../src/store/a.ts'"],
    ['a schema that is run', 'web/api/x.ts', "import { A } from '../../src/api/tickets/schema.ts'"],
    ['files', 'web/parts/x.tsx', "import { readFile } from 'node:fs'"],
    ['HTML that is inserted', 'web/parts/x.tsx', '<div dangerouslySetInnerHTML={{ __html: text }} />'],
    ['a call beside the client', 'web/pages/x.tsx', "await fetch('/api/v1/self')"],
    ['words in a component', 'web/pages/x.tsx', '<Button aria-label="Close it" />'],
    ['the desk in the portal', 'web/portal/x.tsx', "import { ticketQuery } from '../api/tickets.ts'"],
    ['a written address', 'web/pages/x.tsx', "go('/tickets')"],
  ])('%s', (_name, path, text) => {
    expect(problemsOf({ path, text })).toHaveLength(1)
  })
})
