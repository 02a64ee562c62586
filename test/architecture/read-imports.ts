import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One source file: its path below src/ with `/`, its text and what it imports (paths below src/, or package names). */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
  readonly packages: readonly string[]
}

const src = fileURLToPath(new URL('../../src/', import.meta.url))

/** Import and export statements, side-effect imports and `import()`, each with a literal name. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]|(?:^|\n)\s*import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

export const namesImportedIn = (text: string): readonly string[] =>
  [...text.matchAll(IMPORT)].flatMap((found) => found[1] ?? found[2] ?? found[3] ?? [])

const packageOf = (name: string): string =>
  name.startsWith('node:')
    ? name
    : name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/')

export const readSource = (path: string, text: string): SourceFile => {
  const names = namesImportedIn(text)
  return {
    path,
    text,
    imports: names
      .filter((name) => name.startsWith('.'))
      .map((name) =>
        normalize(join(dirname(path), name))
          .split(sep)
          .join('/'),
      ),
    packages: names.filter((name) => !name.startsWith('.')).map(packageOf),
  }
}

/** Every TypeScript file of src/, tests included. */
export const readSources = (): readonly SourceFile[] =>
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !path.includes('/fixtures/'))
    .map((path) => readSource(path, readFileSync(join(src, path), 'utf8')))
